package evented.net;

import static java.nio.channels.SelectionKey.OP_ACCEPT;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listening TCP or UNIX socket of the JDK's. */
final class NioListener implements Listener, NioRegistration.Owner {
  private final ServerSocketChannel channel;

  /** What {@code accept} fails with though it is not the listener that has failed. */
  private static final Set<ErrorCode> OF_THE_CONNECTION =
      Set.of(
          ErrorCode.ECONNABORTED,
          ErrorCode.EPROTO,
          ErrorCode.ENETDOWN,
          ErrorCode.ENETUNREACH,
          ErrorCode.EHOSTDOWN,
          ErrorCode.EHOSTUNREACH);

  private final NioTransport transport;
  private final NioRegistration registration;
  private final int descriptor;
  private @Nullable Handler handler;

  NioListener(NioTransport transport, ServerSocketChannel channel, int descriptor) {
    this.transport = transport;
    this.channel = channel;
    this.registration = new NioRegistration(transport, channel, this);
    this.descriptor = descriptor;
  }

  @Override
  public void handler(Handler handler) {
    this.handler = handler;
  }

  @Override
  public void want(boolean accept) {
    registration.want(accept ? OP_ACCEPT : 0);
  }

  @Override
  public void ready(int operations) {
    if (handler != null) {
      handler.acceptable();
    }
  }

  @Override
  public @Nullable Socket accept() throws NetException {
    while (!registration.isClosed()) {
      SocketChannel accepted;
      try {
        accepted = transport.<@Nullable SocketChannel>withDescriptor(channel::accept);
      } catch (IOException e) {
        if (hasFailedBefore(ErrorCode.of(e))) {
          continue;
        }
        throw NetException.of("accept", null, e);
      }
      if (accepted == null) {
        return null;
      }
      try {
        accepted.configureBlocking(false);
        return NioSocket.connected(transport, accepted, NioDescriptors.UNKNOWN);
      } catch (IOException e) {
        NioChannels.closeQuietly(accepted);
      }
    }
    return null;
  }

  /**
   * Whether it is the waiting connection that has failed: Linux returns from {@code accept} what
   * has happened to it meanwhile, and has then taken it off the queue.
   */
  private static boolean hasFailedBefore(@Nullable ErrorCode code) {
    return code != null && OF_THE_CONNECTION.contains(code);
  }

  @Override
  public @Nullable SocketAddress localAddress() {
    try {
      return channel.getLocalAddress();
    } catch (IOException closed) {
      return null;
    }
  }

  @Override
  public int descriptor() {
    return descriptor;
  }

  @Override
  public void close() {
    if (!registration.isClosed()) {
      registration.close();
      // Until then it listens on, and its port is taken, even for the handler that closes it.
      transport.releaseClosed();
    }
  }
}
