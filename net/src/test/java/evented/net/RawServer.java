package evented.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A listening socket of the JDK's own: the other side of a client of ours, which we did not write.
 */
final class RawServer implements AutoCloseable {
  private final ServerSocketChannel channel;
  private final SocketAddress address;

  RawServer(Wire wire, TestNet net) {
    this(wire, net, 0);
  }

  /** With a backlog; 0 for the system's default. */
  RawServer(Wire wire, TestNet net, int backlog) {
    try {
      if (wire == Wire.TCP) {
        channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress("127.0.0.1", 0), backlog);
      } else {
        channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(net.socketPath()), backlog);
      }
      address = channel.getLocalAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SocketAddress address() {
    return address;
  }

  /** Waits for a client. */
  SocketChannel accept() throws IOException {
    return channel.accept();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
