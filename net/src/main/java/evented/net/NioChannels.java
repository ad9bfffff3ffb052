package evented.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Opens channels for a {@link NioTransport}, or says in its words why that fails. */
final class NioChannels {
  private NioChannels() {}

  /**
   * Begins to connect.
   *
   * @throws NetException a failure that is known at once; the channel is closed then
   */
  static SocketChannel connect(
      NioTransport transport, SocketAddress remote, @Nullable SocketAddress local)
      throws NetException {
    SocketChannel channel = null;
    try {
      ProtocolFamily family = family("connect", remote);
      channel = transport.withDescriptor(() -> SocketChannel.open(family));
      channel.configureBlocking(false);
      if (local != null) {
        bind(channel, local);
      }
      // The JDK takes a full backlog of a UNIX socket for a connection under way, which it is not.
      if (!channel.connect(remote) && family == StandardProtocolFamily.UNIX) {
        throw NetException.of("connect", ErrorCode.EAGAIN, remote, null);
      }
      return channel;
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      closeQuietly(channel);
      throw failure("connect", remote, e);
    }
  }

  private static void bind(SocketChannel channel, SocketAddress local) throws NetException {
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(local);
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      throw failure("bind", local, e);
    }
  }

  /**
   * Binds and listens.
   *
   * @throws NetException what the system said; the channel is closed then
   */
  static ServerSocketChannel listen(
      NioTransport transport, SocketAddress local, int backlog, boolean reusePort, boolean ipv6Only)
      throws NetException {
    ServerSocketChannel channel = null;
    try {
      ProtocolFamily family = family("listen", local);
      channel = transport.withDescriptor(() -> ServerSocketChannel.open(family));
      channel.configureBlocking(false);
      if (family != StandardProtocolFamily.UNIX) {
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        if (reusePort) {
          channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        }
      }
      if (ipv6Only) {
        NioIpv6.only(channel, local);
      }
      return channel.bind(local, backlog);
    } catch (IOException | IllegalArgumentException | UnsupportedOperationException e) {
      closeQuietly(channel);
      throw failure("listen", local, e);
    }
  }

  /** The family of exactly this address, so that 0.0.0.0 does not become [::]. */
  private static ProtocolFamily family(String syscall, SocketAddress address) throws NetException {
    if (address instanceof UnixDomainSocketAddress unix) {
      if (unix.getPath().toString().isEmpty()) { // of which Linux makes a name of its own
        throw NetException.ofPath(syscall, ErrorCode.ENOENT, "");
      }
      return StandardProtocolFamily.UNIX;
    }
    return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet6Address
        ? StandardProtocolFamily.INET6
        : StandardProtocolFamily.INET;
  }

  private static NetException failure(String syscall, SocketAddress address, Exception cause) {
    if (cause instanceof NetException named) {
      return named;
    }
    // What this JVM or system does not support at all: IPv6 where it is switched off, for one.
    return cause instanceof UnsupportedOperationException
        ? NetException.of(syscall, ErrorCode.EAFNOSUPPORT, address, cause)
        : NetException.of(syscall, address, cause);
  }

  static void closeQuietly(@Nullable Channel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException ignored) {
        // its descriptor is gone all the same, and no one can do better
      }
    }
  }
}
