package evented.net;

import java.net.IDN;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Checks whom a certificate is for, by RFC 9525: only its subject alternative names count, never
 * the common name; an address is compared as an address; {@code *} stands for the whole first
 * label.
 *
 * <p>The JDK's own check, the endpoint identification of HTTPS, is no substitute: where there is no
 * alternative name it falls back to the common name, it takes {@code f*.example.org} for a pattern,
 * and it answers an engine in the midst of a handshake only, while {@code verifyPeer(host)} asks
 * afterwards and about any name. It does know more suffixes under which anyone may register, such
 * as {@code co.uk}, and refuses a pattern for all of such a one.
 */
final class TlsNames {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private TlsNames() {}

  static boolean match(X509Certificate certificate, String host) {
    Collection<List<?>> names;
    try {
      names = certificate.getSubjectAlternativeNames();
    } catch (CertificateParsingException e) {
      return false;
    }
    if (names == null) {
      return false;
    }
    byte[] address = IpAddress.parse(host);
    String wanted = address == null ? canonical(host) : "";
    for (List<?> name : names) {
      if (!(name.get(0) instanceof Integer type) || !(name.get(1) instanceof String value)) {
        continue;
      }
      if (address != null) {
        if (type == IP_ADDRESS && Arrays.equals(address, IpAddress.parse(value))) {
          return true;
        }
      } else if (type == DNS_NAME && matchesName(canonical(value), wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matchesName(String pattern, String host) {
    // A pattern is no name, also if it is the very one of the certificate.
    if (pattern.isEmpty() || host.isEmpty() || host.indexOf('*') >= 0) {
      return false;
    }
    if (!pattern.startsWith("*.")) {
      return pattern.equals(host);
    }
    String rest = pattern.substring(1); // with its leading dot
    int dot = host.indexOf('.');
    // One label exactly, and a rest of two labels at least: *.com is no one's.
    return dot > 0 && rest.indexOf('.', 1) > 0 && host.substring(dot).equals(rest);
  }

  /** In lower case, in ASCII, without the dot of the root. */
  private static String canonical(String name) {
    String ascii;
    try {
      ascii = name.startsWith("*.") ? "*." + IDN.toASCII(name.substring(2)) : IDN.toASCII(name);
    } catch (IllegalArgumentException e) {
      return "";
    }
    String lower = ascii.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
