package evented.net;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A peer's certificate in the words of the specification: what {@link Stream#getPeerCertificate}
 * returns.
 *
 * @param subject whose it is, as OpenSSL writes it on one line: {@code
 *     /C=UK/O=Example/CN=localhost}
 * @param issuer who signed it, in the same form
 * @param validFrom since when it is valid, such as {@code Nov 11 09:52:22 2009 GMT}
 * @param validTo until when it is valid, in the same form
 * @param fingerprint the SHA-1 digest of the certificate, in hex with colons
 * @param certificate the certificate itself
 */
public record PeerCertificate(
    String subject,
    String issuer,
    String validFrom,
    String validTo,
    String fingerprint,
    X509Certificate certificate) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  static PeerCertificate of(X509Certificate certificate) {
    return new PeerCertificate(
        DistinguishedName.oneLine(certificate.getSubjectX500Principal()),
        DistinguishedName.oneLine(certificate.getIssuerX500Principal()),
        formatDate(certificate.getNotBefore()),
        formatDate(certificate.getNotAfter()),
        fingerprint(certificate),
        certificate);
  }

  static String formatDate(Date date) {
    return DATE.format(date.toInstant());
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("every JDK has SHA-1 and re-encodes what it has read", e);
    }
  }
}
