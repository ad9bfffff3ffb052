package evented.net;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what an engine throws into {@link NetException}s, in the same words for each engine. */
final class TlsErrors {
  /** How the JDK says that the peer has sent an alert. */
  private static final Pattern JDK_ALERT = Pattern.compile("Received fatal alert: (\\w+)");

  /** How BoringSSL does: reasons from 1000 (hexadecimal 3e8) on are alerts of the peer's. */
  private static final Pattern BORING_SSL_ALERT =
      Pattern.compile(
          "error:1[0-9a-f]{4}(3e[89a-f]|3f[0-9a-f]|4[0-9a-f]{2}):.*"
              + ":(?:SSLV3_|TLSV1_)?(?:ALERT_)?(\\w+)");

  private static final int MAX_CAUSES = 16;

  private TlsErrors() {}

  /**
   * Says why a handshake or a secure connection has failed.
   *
   * @param syscall {@code handshake}, {@code read} or {@code write}
   */
  static NetException toNetException(String syscall, Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      if (cause instanceof CertificateException) {
        String code = codeOf(cause);
        return new NetException(
            syscall + " " + code + ": " + cause.getMessage(), code, syscall, thrown);
      }
      cause = cause.getCause();
    }
    String alert = alertIn(thrown.getMessage());
    String reason = alert == null ? thrown.getMessage() : "the peer sent the alert " + alert;
    return new NetException(syscall + " EPROTO: " + reason, "EPROTO", syscall, thrown);
  }

  /** Says why a peer that no one has asked about is not to be trusted, and how to ask. */
  static NetException unverified(CertificateException reason) {
    return new NetException(
        "handshake CERT_UNVERIFIED: "
            + reason.getMessage()
            + " ("
            + codeOf(reason)
            + "). To decide on the peer yourself, call verifyPeer() or getPeerCertificate() in a"
            + " listener for 'secure', or say rejectUnauthorized(false) in the credentials",
        "CERT_UNVERIFIED",
        "handshake",
        reason);
  }

  private static String codeOf(Throwable cause) {
    if (cause instanceof CertificateExpiredException) {
      return "CERT_HAS_EXPIRED";
    } else if (cause instanceof CertificateNotYetValidException) {
      return "CERT_NOT_YET_VALID";
    } else if (cause instanceof TlsWrongNameException) {
      return "ERR_TLS_CERT_ALTNAME_INVALID";
    }
    return "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
  }

  /** The name that RFC 8446 gives to the peer's alert, such as {@code bad_certificate}. */
  private static @Nullable String alertIn(@Nullable String message) {
    if (message == null) {
      return null;
    }
    Matcher jdk = JDK_ALERT.matcher(message);
    if (jdk.find()) {
      return jdk.group(1);
    }
    Matcher boringSsl = BORING_SSL_ALERT.matcher(message);
    return boringSsl.find() ? boringSsl.group(2).toLowerCase(Locale.ROOT) : null;
  }
}
