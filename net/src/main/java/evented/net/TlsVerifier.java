package evented.net;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a peer's certificates are good (semantics T4, T5): the same decision whichever
 * engine has shaken hands, and whether it is asked for during the handshake or later. Any thread.
 */
final class TlsVerifier {
  private final List<X509Certificate> authorities;
  private final boolean decidedElsewhere;

  /** Made when it is first asked for, since the platform's list takes long to read. */
  private volatile @Nullable X509TrustManager trustManager;

  /**
   * Trusts {@code authorities}, or the platform's list if there are none.
   *
   * @param decidedElsewhere whether an {@code SSLContext} of the user's decides in the handshake
   */
  TlsVerifier(List<X509Certificate> authorities, boolean decidedElsewhere) {
    this.authorities = authorities;
    this.decidedElsewhere = decidedElsewhere && authorities.isEmpty();
  }

  private X509TrustManager trustManager() throws CertificateException {
    X509TrustManager manager = trustManager;
    if (manager == null) {
      try {
        manager = newTrustManager(authorities);
      } catch (GeneralSecurityException e) {
        throw new CertificateException("the list of trusted authorities cannot be read", e);
      }
      trustManager = manager;
    }
    return manager;
  }

  private static X509TrustManager newTrustManager(List<X509Certificate> authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities.isEmpty() ? null : keyStoreOf(authorities));
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("the JDK offers no trust manager for X.509");
  }

  private static KeyStore keyStoreOf(List<X509Certificate> certificates)
      throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("ca" + i, certificates.get(i));
    }
    return store;
  }

  /**
   * Checks a chain: dates, signatures, constraints, authority.
   *
   * @param chain the peer's own certificate first
   * @param peerIsServer what the peer's certificate must be good for
   * @param host the name or address that it must be for; null for any
   * @throws CertificateException what is wrong
   */
  void check(X509Certificate[] chain, boolean peerIsServer, @Nullable String host)
      throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("the peer has no certificate");
    }
    for (X509Certificate certificate : chain) {
      certificate.checkValidity(); // the JDK does not look at the dates of one that it trusts
    }
    if (!decidedElsewhere) {
      if (peerIsServer) {
        trustManager().checkServerTrusted(chain, "UNKNOWN");
      } else {
        trustManager().checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
      }
      checkAuthorityDates(chain);
    }
    if (host != null && !TlsNames.match(chain[0], host)) {
      throw new TlsWrongNameException(host);
    }
  }

  /** An authority that was valid when the credentials were made may have expired since. */
  private void checkAuthorityDates(X509Certificate[] chain) throws CertificateException {
    CertificateException expired = null;
    for (X509Certificate authority : authorities) {
      if (signs(authority, chain)) {
        try {
          authority.checkValidity();
          return;
        } catch (CertificateException e) {
          expired = e;
        }
      }
    }
    if (expired != null) {
      throw expired;
    }
  }

  private static boolean signs(X509Certificate authority, X509Certificate[] chain) {
    for (X509Certificate certificate : chain) {
      if (certificate.equals(authority)
          || certificate.getIssuerX500Principal().equals(authority.getSubjectX500Principal())) {
        return true;
      }
    }
    return false;
  }
}
