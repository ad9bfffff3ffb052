package evented.net;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the handshake of a secure stream has settled ({@link Stream#getSession}).
 *
 * @param protocol the version of TLS, {@code TLSv1.2} or {@code TLSv1.3}
 * @param cipherSuite its standard name, such as {@code TLS_AES_128_GCM_SHA256}
 * @param alpnProtocol the application protocol that both sides have agreed on; null if there is
 *     none
 * @param serverName the name that the client has sent (SNI); null if it has sent none
 * @param peerCertificates the peer's certificate, then those that it has sent along; empty if it
 *     has shown none
 * @param localCertificates the certificate that was shown to the peer, then those sent along; empty
 *     if there was none
 * @param resumed whether it goes on with an earlier session, whose certificates were not sent again
 */
public record SecureSession(
    String protocol,
    String cipherSuite,
    @Nullable String alpnProtocol,
    @Nullable String serverName,
    List<X509Certificate> peerCertificates,
    List<X509Certificate> localCertificates,
    boolean resumed) {
  /**
   * Copies the lists.
   *
   * @param protocol the version of TLS
   * @param cipherSuite its standard name
   * @param alpnProtocol the application protocol; null if there is none
   * @param serverName the name that the client has sent; null if it has sent none
   * @param peerCertificates the peer's certificate, then those that it has sent along
   * @param localCertificates the certificate that was shown to the peer, then those sent along
   * @param resumed whether it goes on with an earlier session
   */
  public SecureSession {
    peerCertificates = List.copyOf(peerCertificates);
    localCertificates = List.copyOf(localCertificates);
  }
}
