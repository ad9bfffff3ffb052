package evented.net;

import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Whom the other end of one secure connection has shown itself to be, and whether the program has
 * asked for that (semantics T4 to T6). The chain is that of the session, so that it is there for a
 * resumed one too. Any thread, but for what is {@linkplain #ask asked}.
 */
final class PeerTrust {
  private static final X509Certificate[] NONE = {};

  private final Credentials credentials;
  private final SSLSession session;
  private final boolean peerIsServer;
  private final @Nullable String host;

  // Only on the loop thread.
  private boolean asked;
  private boolean judged;
  private @Nullable NetException unverified;

  /**
   * Makes what is known when the handshake is done.
   *
   * @param credentials those that the connection was made secure with
   * @param peerIsServer what the peer's certificate must be good for
   * @param host what the user has connected to; null if that has no name, such as a UNIX socket
   */
  PeerTrust(
      Credentials credentials, SSLSession session, boolean peerIsServer, @Nullable String host) {
    this.credentials = credentials;
    this.session = session;
    this.peerIsServer = peerIsServer;
    this.host = host;
  }

  /** The peer's certificate, then those that it has sent along; empty if it has sent none. */
  X509Certificate[] chain() {
    try {
      Certificate[] chain = session.getPeerCertificates();
      return Arrays.copyOf(chain, chain.length, X509Certificate[].class);
    } catch (SSLPeerUnverifiedException e) {
      return NONE;
    }
  }

  /** Whether the chain is good now, and for {@code wanted} if that is not null. */
  boolean verifies(@Nullable String wanted) {
    try {
      credentials.verifier().check(chain(), peerIsServer, wanted);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  /** The program looks at its peer itself. */
  void ask() {
    asked = true;
  }

  /**
   * Whether the connection may go on: the program has asked, or the peer is one that it may trust
   * unseen, or need not. The peer is looked at when that is first needed, and once.
   */
  boolean isSettled() {
    return asked || whyUnverified() == null;
  }

  /** What is wrong with a peer that was to be verified; null if nothing is. */
  @Nullable NetException whyUnverified() {
    if (!judged) {
      unverified = judge();
      judged = true;
    }
    return unverified;
  }

  private @Nullable NetException judge() {
    if (!credentials.failsUnasked(peerIsServer)) {
      return null;
    }
    try {
      credentials.verifier().check(chain(), peerIsServer, host);
      return null;
    } catch (CertificateException e) {
      return TlsErrors.unverified(e);
    }
  }
}
