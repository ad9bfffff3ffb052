package evented.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A client of the JDK's that asks for a server by a name, and trusts whoever answers. */
final class NamedClient {
  private NamedClient() {}

  /** The certificate that the server shows to a client that sends {@code name}; null for none. */
  static X509Certificate shown(SocketAddress address, SecureWire wire, String name)
      throws IOException, GeneralSecurityException {
    InetSocketAddress tcp = (InetSocketAddress) address;
    try (Socket plain = new Socket(tcp.getAddress(), tcp.getPort());
        SSLSocket socket =
            (SSLSocket)
                context()
                    .getSocketFactory()
                    .createSocket(plain, null, tcp.getPort(), /* autoClose= */ true)) {
      plain.setSoTimeout((int) Await.DEADLINE.toMillis());
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {wire.protocol()});
      parameters.setServerNames(names(name));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  /** What such a client says first. */
  static byte[] hello(String name) throws IOException, GeneralSecurityException {
    SSLEngine engine = context().createSSLEngine();
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(names(name));
    engine.setSSLParameters(parameters);
    java.nio.ByteBuffer hello = java.nio.ByteBuffer.allocate(1 << 15);
    engine.wrap(java.nio.ByteBuffer.allocate(0), hello);
    byte[] bytes = new byte[hello.position()];
    hello.flip().get(bytes);
    return bytes;
  }

  private static List<SNIServerName> names(String name) {
    return name == null ? List.of() : List.of(new SNIHostName(name));
  }

  private static SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
    return context;
  }

  private static final class TrustsAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
