package evented.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** What carries the bytes of a test: the same test runs over each of these. */
enum Wire {
  TCP,
  UNIX;

  /** Listens on a free place of this kind; {@code server.address()} tells which. */
  void listen(Server server, TestNet net) {
    if (this == TCP) {
      server.listen(0, "127.0.0.1");
    } else {
      server.listen(net.socketPath());
    }
  }

  /** Connects {@code stream} to where {@code server} listens. */
  static void connect(Stream stream, SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress unix) {
      stream.connect(unix.getPath().toString());
    } else {
      InetSocketAddress tcp = (InetSocketAddress) address;
      stream.connect(tcp.getPort(), tcp.getAddress().getHostAddress());
    }
  }

  /**
   * A blocking socket of the JDK's own, connected to {@code address}: a peer that we did not write.
   */
  static SocketChannel rawSocket(SocketAddress address) throws IOException {
    if (address instanceof UnixDomainSocketAddress) {
      SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.connect(address);
      return channel;
    }
    return SocketChannel.open(address);
  }
}
