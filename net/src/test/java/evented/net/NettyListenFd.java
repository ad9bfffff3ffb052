package evented.net;

import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/**
 * A socket as another process would hand it down: made with system calls, known by its descriptor.
 */
final class NettyListenFd implements AutoCloseable {
  private final LinuxSocket socket;

  private NettyListenFd(LinuxSocket socket) {
    this.socket = socket;
  }

  static NettyListenFd bound(SocketAddress address) throws IOException {
    LinuxSocket socket;
    if (address instanceof UnixDomainSocketAddress unix) {
      socket = LinuxSocket.newSocketDomain();
      socket.bind(new DomainSocketAddress(unix.getPath().toString()));
    } else {
      socket = LinuxSocket.newSocketStream(/* ipv6= */ false);
      socket.bind(address);
    }
    return new NettyListenFd(socket);
  }

  static NettyListenFd listening(SocketAddress address) throws IOException {
    NettyListenFd bound = bound(address);
    bound.listen();
    return bound;
  }

  static NettyListenFd datagram() throws IOException {
    LinuxSocket socket = LinuxSocket.newSocketDgram();
    socket.bind(new InetSocketAddress("127.0.0.1", 0));
    return new NettyListenFd(socket);
  }

  void listen() throws IOException {
    socket.listen(16);
  }

  int number() {
    return socket.intValue();
  }

  SocketAddress address() {
    return socket.localAddress();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
