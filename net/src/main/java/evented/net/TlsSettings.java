package evented.net;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the engines of one set of credentials are made of.
 *
 * @param key the private key; null to show no certificate
 * @param chain the certificate of the key, then those that lead to an authority
 * @param others further keys, of other kinds
 * @param authorities whom to trust; none for the platform's list
 * @param sslContext the user's own context, which takes the place of all of those; null for none
 * @param unauthorized what becomes of a peer that does not verify
 * @param protocols the versions of TLS
 * @param ciphers the cipher suites; null for the engine's own list
 * @param alpnProtocols application protocols, best first
 * @param requestsCert whether a server asks its clients for a certificate
 * @param requiresCert whether the handshake fails with one that has none
 * @param engine {@code jdk}, {@code openssl}, or empty for the best that there is
 * @param verifier decides on peers, in the handshake and after it
 */
record TlsSettings(
    @Nullable PrivateKey key,
    List<X509Certificate> chain,
    List<TlsIdentity> others,
    List<X509Certificate> authorities,
    @Nullable SSLContext sslContext,
    Unauthorized unauthorized,
    List<String> protocols,
    @Nullable List<String> ciphers,
    List<String> alpnProtocols,
    boolean requestsCert,
    boolean requiresCert,
    String engine,
    TlsVerifier verifier) {

  /** What becomes of a peer that does not verify. */
  enum Unauthorized {
    /** The handshake fails. */
    REJECTED,

    /** The connection fails unless the program asks about the peer as soon as it can. */
    REJECTED_UNASKED,

    /** It is as good as any. */
    ACCEPTED
  }

  /** Whether the handshake fails if the peer does not verify. */
  boolean rejectsUnauthorized() {
    return unauthorized == Unauthorized.REJECTED;
  }

  /** Whether a server can be run with these. */
  boolean canServe() {
    return key != null || sslContext != null;
  }
}
