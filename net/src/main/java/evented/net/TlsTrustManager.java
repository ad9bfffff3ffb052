package evented.net;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides on peers during the handshake, for both engines: accepts every one, unless the
 * credentials refuse those that do not verify.
 */
final class TlsTrustManager extends X509ExtendedTrustManager {
  /**
   * How long the names of the authorities may be together, in bytes. A server sends them in one
   * message, which then fits into one record; the JDK's clients take no message above 32 KiB, and
   * TLS itself knows no longer list than 64 KiB.
   */
  private static final int MAX_NAMES_LENGTH = 15_000;

  private final @Nullable TlsVerifier verifier;
  private final X509Certificate[] named;

  TlsTrustManager(TlsSettings settings) {
    this.verifier = settings.rejectsUnauthorized() ? settings.verifier() : null;
    List<X509Certificate> authorities = settings.authorities();
    // A part of the list would keep the clients of the other authorities from showing what they
    // have; none at all asks for any certificate (RFC 8446, 4.3.2; RFC 5246, 7.4.4).
    this.named = fit(authorities) ? authorities.toArray(new X509Certificate[0]) : NONE;
  }

  private static final X509Certificate[] NONE = {};

  private static boolean fit(List<X509Certificate> authorities) {
    int length = 0;
    for (X509Certificate authority : authorities) {
      length += 2 + authority.getSubjectX500Principal().getEncoded().length;
    }
    return length <= MAX_NAMES_LENGTH;
  }

  private void check(X509Certificate[] chain, boolean peerIsServer, @Nullable String host)
      throws CertificateException {
    if (verifier != null) {
      verifier.check(chain, peerIsServer, host);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, /* peerIsServer= */ false, null);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, /* peerIsServer= */ false, null);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, /* peerIsServer= */ false, null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain, /* peerIsServer= */ true, null);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain, /* peerIsServer= */ true, engine.getPeerHost());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain, /* peerIsServer= */ true, null);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return named.clone();
  }
}
