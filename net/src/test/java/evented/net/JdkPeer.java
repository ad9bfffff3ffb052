package evented.net;

import evented.net.TestCertificates.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** The JDK's own blocking sockets with TLS: a peer that we did not write. */
final class JdkPeer implements AutoCloseable {
  /** What a server does with one connection, on a thread of its own. */
  interface Conversation<T> {
    T with(SSLSocket socket) throws Exception;
  }

  private static final int TIMEOUT_MILLIS = 20_000;

  private final SSLContext context;
  private final String protocol;
  private final SSLServerSocket listening;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  private JdkPeer(Identity identity, String protocol, boolean server) throws Exception {
    this.context = context(identity);
    this.protocol = protocol;
    this.listening =
        server
            ? (SSLServerSocket)
                context
                    .getServerSocketFactory()
                    .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))
            : null;
    if (listening != null) {
      listening.setEnabledProtocols(new String[] {protocol});
    }
  }

  static JdkPeer server(String protocol) throws Exception {
    return new JdkPeer(TestCertificates.SERVER, protocol, true);
  }

  static JdkPeer client(String protocol) throws Exception {
    return new JdkPeer(TestCertificates.CLIENT, protocol, false);
  }

  private static SSLContext context(Identity identity) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "key", identity.key(), new char[0], identity.chain().toArray(new Certificate[0]));
    store.setCertificateEntry("ca", TestCertificates.CA.certificate());
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[0]);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  int port() {
    return listening.getLocalPort();
  }

  <T> Future<T> accept(Conversation<T> conversation) {
    return thread.submit(
        () -> {
          try (SSLSocket socket = (SSLSocket) listening.accept()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return conversation.with(socket);
          }
        });
  }

  SSLSocket connect(SocketAddress address) throws Exception {
    int port = ((InetSocketAddress) address).getPort();
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
    socket.setEnabledProtocols(new String[] {protocol});
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  @Override
  public void close() throws Exception {
    if (listening != null) {
      listening.close();
    }
    thread.shutdownNow();
  }
}
