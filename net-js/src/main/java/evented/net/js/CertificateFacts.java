package evented.net.js;

import evented.net.PeerCertificate;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** Tells of a certificate what {@code getPeerCertificate} in JavaScript has of it. */
final class CertificateFacts {
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String AUTHORITY_INFO = "1.3.6.1.5.5.7.1.1";

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  /** What OpenSSL calls the parts of a name. */
  private static final Map<String, String> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("2.5.4.3", "CN"),
          Map.entry("2.5.4.4", "SN"),
          Map.entry("2.5.4.5", "serialNumber"),
          Map.entry("2.5.4.6", "C"),
          Map.entry("2.5.4.7", "L"),
          Map.entry("2.5.4.8", "ST"),
          Map.entry("2.5.4.9", "street"),
          Map.entry("2.5.4.10", "O"),
          Map.entry("2.5.4.11", "OU"),
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

  /** Elliptic curves: OpenSSL's name, and that of NIST. */
  private static final Map<String, List<String>> CURVES =
      Map.of(
          "1.2.840.10045.3.1.7", List.of("prime256v1", "P-256"),
          "1.3.132.0.34", List.of("secp384r1", "P-384"),
          "1.3.132.0.35", List.of("secp521r1", "P-521"),
          "1.3.132.0.10", List.of("secp256k1", ""));

  private CertificateFacts() {}

  /** The facts of one certificate. What may be absent is null. */
  static ProxyObject of(X509Certificate certificate, Bytes bytes) {
    try {
      byte[] raw = certificate.getEncoded();
      PeerCertificate words = PeerCertificate.of(certificate);
      Map<String, @Nullable Object> facts = new HashMap<>();
      facts.put("subject", name(certificate.getSubjectX500Principal()));
      facts.put("issuer", name(certificate.getIssuerX500Principal()));
      facts.put("alternativeNames", alternativeNames(certificate));
      facts.put("infoAccess", infoAccess(certificate));
      facts.put("ca", certificate.getBasicConstraints() >= 0);
      addKey(facts, certificate, bytes);
      facts.put("validFrom", words.validFrom());
      facts.put("validTo", words.validTo());
      facts.put("fingerprint", fingerprint("SHA-1", raw));
      facts.put("fingerprint256", fingerprint("SHA-256", raw));
      facts.put("fingerprint512", fingerprint("SHA-512", raw));
      List<String> usages = certificate.getExtendedKeyUsage();
      facts.put("usages", usages == null ? null : ProxyArray.fromArray(usages.toArray()));
      facts.put("serialNumber", hex(certificate.getSerialNumber()));
      facts.put("raw", bytes.toScript(raw));
      return ProxyObject.fromMap(facts);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK tells of each certificate that it has read", e);
    }
  }

  private static String fingerprint(String algorithm, byte[] raw) throws GeneralSecurityException {
    return COLONS.formatHex(MessageDigest.getInstance(algorithm).digest(raw));
  }

  private static String hex(BigInteger number) {
    String digits = number.toString(16).toUpperCase(Locale.ROOT);
    return digits.length() % 2 == 0 ? digits : "0" + digits;
  }

  /** The parts of a name, each before its value. */
  private static ProxyArray name(X500Principal name) {
    List<Object> parts = new ArrayList<>();
    for (Der set : Der.of(name.getEncoded()).children()) {
      for (Der pair : set.children()) {
        List<Der> typeAndValue = pair.children();
        String type = typeAndValue.get(0).oid();
        parts.add(ATTRIBUTES.getOrDefault(type, type));
        parts.add(typeAndValue.get(1).text());
      }
    }
    return ProxyArray.fromList(parts);
  }

  private static void addKey(
      Map<String, @Nullable Object> facts, X509Certificate certificate, Bytes bytes) {
    byte[] encoded = certificate.getPublicKey().getEncoded();
    if (certificate.getPublicKey() instanceof RSAPublicKey key) {
      facts.put("modulus", hex(key.getModulus()));
      facts.put("bits", key.getModulus().bitLength());
      facts.put("exponent", "0x" + key.getPublicExponent().toString(16));
      facts.put("publicKey", bytes.toScript(encoded));
    } else if (certificate.getPublicKey() instanceof ECPublicKey key) {
      List<Der> parts = Der.of(encoded).children();
      byte[] point = parts.get(1).content();
      facts.put("bits", key.getParams().getOrder().bitLength());
      facts.put("publicKey", bytes.toScript(Arrays.copyOfRange(point, 1, point.length)));
      List<Der> algorithm = parts.get(0).children();
      List<String> curve = CURVES.get(algorithm.get(algorithm.size() - 1).oid());
      if (curve != null) {
        facts.put("curve", curve.get(0));
        facts.put("nistCurve", curve.get(1).isEmpty() ? null : curve.get(1));
      }
    }
  }

  private static @Nullable Der extension(X509Certificate certificate, String oid) {
    byte[] extension = certificate.getExtensionValue(oid);
    return extension == null ? null : Der.of(Der.of(extension).content());
  }

  private static @Nullable String alternativeNames(X509Certificate certificate) {
    Der names = extension(certificate, ALTERNATIVE_NAMES);
    return names == null
        ? null
        : names.children().stream()
            .map(CertificateFacts::generalName)
            .collect(Collectors.joining(", "));
  }

  /** The kinds of access that the extension names, each before its place. */
  private static @Nullable ProxyArray infoAccess(X509Certificate certificate) {
    Der access = extension(certificate, AUTHORITY_INFO);
    if (access == null) {
      return null;
    }
    List<Object> parts = new ArrayList<>();
    for (Der description : access.children()) {
      List<Der> methodAndPlace = description.children();
      String method = methodAndPlace.get(0).oid();
      String place = generalName(methodAndPlace.get(1));
      int colon = place.indexOf(':');
      String kind =
          switch (method) {
            case "1.3.6.1.5.5.7.48.1" -> "OCSP";
            case "1.3.6.1.5.5.7.48.2" -> "CA Issuers";
            default -> method;
          };
      parts.add(kind + " - " + place.substring(0, colon));
      parts.add(place.substring(colon + 1));
    }
    return ProxyArray.fromList(parts);
  }

  private static String generalName(Der name) {
    return switch (name.tag & 0x1f) {
      case 0 -> "othername:<unsupported>";
      case 1 -> "email:" + quoted(name.text(), false);
      case 2 -> "DNS:" + quoted(name.text(), false);
      case 3 -> "X400Name:<unsupported>";
      case 4 -> "DirName:" + quoted(directoryName(name), true);
      case 5 -> "EdiPartyName:<unsupported>";
      case 6 -> "URI:" + quoted(name.text(), false);
      case 7 -> "IP Address:" + address(name.content());
      case 8 -> "Registered ID:" + name.oid();
      default -> "<unsupported>";
    };
  }

  /** On one line by RFC 2253, the last part first. */
  private static String directoryName(Der name) {
    byte[] encoded = name.children().get(0).encoded();
    return new X500Principal(encoded).getName(X500Principal.RFC2253, ATTRIBUTES);
  }

  /**
   * As JSON if it holds what could be taken for the next name; a comma too is escaped there.
   *
   * @param any whether it may hold characters beyond ASCII as they are
   */
  private static String quoted(String text, boolean any) {
    boolean plain =
        text.chars()
            .allMatch(
                c ->
                    c >= ' '
                        && (c <= '~' || any)
                        && c != '"'
                        && c != '\\'
                        && c != ','
                        && c != '\'');
    if (plain) {
      return text;
    }
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c == ',' || (c > '~' && !any)) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String address(byte[] address) {
    if (address.length == 16) {
      List<String> groups = new ArrayList<>();
      for (int i = 0; i < 16; i += 2) {
        groups.add(
            Integer.toHexString(((address[i] & 0xff) << 8) | (address[i + 1] & 0xff))
                .toUpperCase(Locale.ROOT));
      }
      return String.join(":", groups);
    }
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      return "<invalid>";
    }
  }
}
