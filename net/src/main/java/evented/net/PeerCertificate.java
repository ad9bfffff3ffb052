package evented.net;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * A peer's certificate in the words of the specification ({@code stream.getPeerCertificate()},
 * semantics T6).
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
  /**
   * Reads what the record tells from a certificate.
   *
   * @param certificate the certificate
   * @return what it says
   */
  public static PeerCertificate of(X509Certificate certificate) {
    return new PeerCertificate(
        TlsDistinguishedName.oneLine(certificate.getSubjectX500Principal()),
        TlsDistinguishedName.oneLine(certificate.getIssuerX500Principal()),
        TlsDates.format(certificate.getNotBefore()),
        TlsDates.format(certificate.getNotAfter()),
        fingerprint(certificate),
        certificate);
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
