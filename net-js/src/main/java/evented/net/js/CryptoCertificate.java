package evented.net.js;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.graalvm.polyglot.proxy.Proxy;
import org.graalvm.polyglot.proxy.ProxyObject;

/** A certificate, told of in Node's words. A proxy without members. */
final class CryptoCertificate implements Proxy {
  private final X509Certificate certificate;

  private CryptoCertificate(X509Certificate certificate) {
    this.certificate = certificate;
  }

  /** Reads PEM or DER. */
  static CryptoCertificate read(byte[] data) throws CodedException {
    try {
      String text = new String(data, StandardCharsets.ISO_8859_1);
      int from = text.indexOf("-----BEGIN ");
      byte[] given = from < 0 ? data : text.substring(from).getBytes(StandardCharsets.ISO_8859_1);
      return new CryptoCertificate(TrustedRoots.read(given));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw CodedException.openSsl("0480006C", "PEM routines", "ERR_OSSL_PEM_", "no start line");
    }
  }

  byte[] raw() throws CertificateEncodingException {
    return certificate.getEncoded();
  }

  CryptoKey publicKey() throws CodedException {
    return CryptoKey.ofPublic(
        SubjectPublicKeyInfo.getInstance(certificate.getPublicKey().getEncoded()));
  }

  /** What {@link CertificateFacts} tells of it. */
  ProxyObject facts(Bytes bytes) {
    return CertificateFacts.of(certificate, bytes);
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
