package evented.net.js;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.graalvm.polyglot.proxy.Proxy;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.jspecify.annotations.Nullable;

/** A certificate, told of in Node's words. A proxy without members. */
final class CryptoCertificate implements Proxy {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** OpenSSL's short names for parts of a name, where BouncyCastle has others. */
  private static final Map<String, String> SHORT_NAMES =
      Map.of(
          "E", "emailAddress",
          "SERIALNUMBER", "serialNumber",
          "SURNAME", "SN",
          "GIVENNAME", "GN",
          "T", "title",
          "INITIALS", "initials",
          "STREET", "street",
          "Description", "description");

  private final X509Certificate certificate;
  private final Certificate structure;

  private CryptoCertificate(X509Certificate certificate) throws GeneralSecurityException {
    this.certificate = certificate;
    this.structure = Certificate.getInstance(certificate.getEncoded());
  }

  /** Reads PEM or DER. */
  static CryptoCertificate read(byte[] data) throws CodedException {
    try {
      String text = new String(data, StandardCharsets.ISO_8859_1);
      int from = text.indexOf("-----BEGIN ");
      byte[] given = from < 0 ? data : text.substring(from).getBytes(StandardCharsets.ISO_8859_1);
      return new CryptoCertificate(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(given)));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw CodedException.openSsl("0480006C", "PEM routines", "ERR_OSSL_PEM_", "no start line");
    }
  }

  byte[] raw() throws CertificateException {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new CertificateException(e);
    }
  }

  CryptoKey publicKey() throws CodedException {
    return CryptoKey.ofPublic(
        SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded()));
  }

  /**
   * Subject and issuer as pairs of name and value, one after the other; from and to when it is
   * valid; serial number; fingerprints by SHA-1, SHA-256 and SHA-512; alternative names; where more
   * is told; whether it is of a CA; what its key may be used for.
   */
  ProxyArray facts() throws Exception {
    List<Object> usages = new ArrayList<>();
    if (certificate.getExtendedKeyUsage() != null) {
      usages.addAll(certificate.getExtendedKeyUsage());
    }
    byte[] raw = raw();
    return ProxyArray.fromArray(
        ProxyArray.fromList(parts(structure.getSubject())),
        ProxyArray.fromList(parts(structure.getIssuer())),
        DATE.format(certificate.getNotBefore().toInstant()),
        DATE.format(certificate.getNotAfter().toInstant()),
        serial(certificate.getSerialNumber()),
        fingerprint("SHA-1", raw),
        fingerprint("SHA-256", raw),
        fingerprint("SHA-512", raw),
        alternativeNames(),
        informationAccess(),
        certificate.getBasicConstraints() >= 0,
        ProxyArray.fromList(usages));
  }

  private static String serial(BigInteger number) {
    String hex = number.toString(16).toUpperCase(Locale.ROOT);
    return hex.length() % 2 == 0 ? hex : "0" + hex;
  }

  private static String fingerprint(String algorithm, byte[] raw) throws GeneralSecurityException {
    return HexFormat.ofDelimiter(":")
        .withUpperCase()
        .formatHex(MessageDigest.getInstance(algorithm).digest(raw));
  }

  private static List<Object> parts(X500Name name) {
    List<Object> parts = new ArrayList<>();
    for (RDN group : name.getRDNs()) {
      for (AttributeTypeAndValue part : group.getTypesAndValues()) {
        parts.add(label(part.getType()));
        parts.add(IETFUtils.valueToString(part.getValue()).replace("\\", ""));
      }
    }
    return parts;
  }

  private static String label(ASN1ObjectIdentifier type) {
    String name = BCStyle.INSTANCE.oidToDisplayName(type);
    return name == null ? type.getId() : SHORT_NAMES.getOrDefault(name, name);
  }

  private @Nullable ASN1Encodable extension(ASN1ObjectIdentifier id) {
    return structure.getTBSCertificate().getExtensions() == null
        ? null
        : structure.getTBSCertificate().getExtensions().getExtensionParsedValue(id);
  }

  private @Nullable String alternativeNames() throws IOException {
    ASN1Encodable names = extension(Extension.subjectAlternativeName);
    if (names == null) {
      return null;
    }
    List<String> all = new ArrayList<>();
    for (GeneralName name : GeneralNames.getInstance(names).getNames()) {
      all.add(text(name));
    }
    return String.join(", ", all);
  }

  private static String text(GeneralName name) throws IOException {
    return switch (name.getTagNo()) {
      case GeneralName.dNSName -> "DNS:" + quoted(name.getName());
      case GeneralName.rfc822Name -> "email:" + quoted(name.getName());
      case GeneralName.uniformResourceIdentifier -> "URI:" + quoted(name.getName());
      case GeneralName.iPAddress ->
          "IP Address:" + address(ASN1OctetString.getInstance(name.getName()).getOctets());
      case GeneralName.registeredID -> "Registered ID:" + name.getName();
      case GeneralName.directoryName ->
          "DirName:" + directory(X500Name.getInstance(name.getName()));
      default -> "othername:<unsupported>";
    };
  }

  private static String directory(X500Name name) {
    List<Object> parts = parts(name);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < parts.size(); i += 2) {
      text.append(i == 0 ? "" : ",").append(parts.get(i)).append('=').append(parts.get(i + 1));
    }
    return quoted(text);
  }

  /** A comma within a name would else look like the end of it. */
  private static String quoted(Object name) {
    String text = name.toString();
    return text.matches("[^\",\\\\'\\p{Cntrl}]*")
        ? text
        : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String address(byte[] bytes) throws IOException {
    if (bytes.length == 4) {
      return InetAddress.getByAddress(bytes).getHostAddress();
    }
    List<String> groups = new ArrayList<>();
    for (int i = 0; i + 1 < bytes.length; i += 2) {
      groups.add(
          Integer.toHexString((bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff))
              .toUpperCase(Locale.ROOT));
    }
    return String.join(":", groups);
  }

  private @Nullable String informationAccess() throws IOException {
    ASN1Encodable access = extension(Extension.authorityInfoAccess);
    if (access == null) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (AccessDescription entry :
        AuthorityInformationAccess.getInstance(access).getAccessDescriptions()) {
      String method =
          entry.getAccessMethod().equals(AccessDescription.id_ad_ocsp)
              ? "OCSP"
              : entry.getAccessMethod().equals(AccessDescription.id_ad_caIssuers)
                  ? "CA Issuers"
                  : entry.getAccessMethod().getId();
      text.append(method).append(" - ").append(text(entry.getAccessLocation())).append('\n');
    }
    return text.toString();
  }

  boolean isIssuedBy(CryptoCertificate issuer) {
    return certificate
        .getIssuerX500Principal()
        .equals(issuer.certificate.getSubjectX500Principal());
  }

  /** Whether a public key belongs to the one who signed it. */
  boolean isSignedBy(CryptoKey key) throws Exception {
    try {
      certificate.verify(key.publicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "[certificate]";
  }
}
