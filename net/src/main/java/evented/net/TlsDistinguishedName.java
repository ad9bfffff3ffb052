package evented.net;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/**
 * Writes a name as OpenSSL does on one line: {@code /C=UK/O=Example/CN=localhost} (semantics T6).
 */
final class TlsDistinguishedName {
  /** The short names of OpenSSL for what the JDK would write as a number. */
  private static final Map<String, String> SHORT_NAMES =
      Map.ofEntries(
          Map.entry("2.5.4.4", "SN"),
          Map.entry("2.5.4.5", "serialNumber"),
          Map.entry("2.5.4.9", "street"),
          Map.entry("2.5.4.12", "title"),
          Map.entry("2.5.4.13", "description"),
          Map.entry("2.5.4.15", "businessCategory"),
          Map.entry("2.5.4.17", "postalCode"),
          Map.entry("2.5.4.41", "name"),
          Map.entry("2.5.4.42", "GN"),
          Map.entry("2.5.4.43", "initials"),
          Map.entry("2.5.4.44", "generationQualifier"),
          Map.entry("2.5.4.46", "dnQualifier"),
          Map.entry("2.5.4.65", "pseudonym"),
          Map.entry("2.5.4.97", "organizationIdentifier"),
          Map.entry("0.9.2342.19200300.100.1.1", "UID"),
          Map.entry("0.9.2342.19200300.100.1.25", "DC"),
          Map.entry("1.2.840.113549.1.9.1", "emailAddress"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST"),
          Map.entry("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC"));

  private TlsDistinguishedName() {}

  static String oneLine(X500Principal name) {
    String rfc2253 = name.getName(X500Principal.RFC2253, SHORT_NAMES);
    StringBuilder line = new StringBuilder();
    try {
      List<String> parts = split(rfc2253, ',');
      for (int i = parts.size() - 1; i >= 0; i--) { // in the order of the certificate
        char before = '/';
        for (String pair : split(parts.get(i), '+')) {
          append(line.append(before), new Rdn(pair));
          before = '+';
        }
      }
    } catch (InvalidNameException e) {
      return rfc2253; // the JDK reads what it has written, but a strange name is better than none
    }
    return line.toString();
  }

  /** Cuts at each {@code separator} that has no backslash before it. */
  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == separator) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    if (!text.isEmpty()) {
      parts.add(text.substring(start));
    }
    return parts;
  }

  private static void append(StringBuilder line, Rdn pair) {
    line.append(pair.getType()).append('=');
    Object value = pair.getValue();
    if (value instanceof byte[] bytes) {
      line.append('#').append(HexFormat.of().formatHex(bytes));
    } else {
      appendEscaped(line, String.valueOf(value));
    }
  }

  /**
   * Bytes that are no printable ASCII are written as {@code \xC3}, and what separates the parts has
   * a backslash before it, as in OpenSSL 3.
   */
  private static void appendEscaped(StringBuilder line, String value) {
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      if (b == '/' || b == '+') {
        line.append('\\').append((char) b);
      } else if (b >= ' ' && b <= '~') {
        line.append((char) b);
      } else {
        line.append(String.format(Locale.ROOT, "\\x%02X", b));
      }
    }
  }
}
