package evented.net;

import static java.nio.channels.SelectionKey.OP_CONNECT;
import static java.nio.channels.SelectionKey.OP_READ;
import static java.nio.channels.SelectionKey.OP_WRITE;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A TCP or UNIX socket of the JDK's. */
final class NioSocket implements Socket, NioRegistration.Owner {
  /** What a channel reads from behind the peer's FIN. */
  private static final int END = -1;

  private final SocketChannel channel;
  private final NioRegistration registration;
  private final int descriptor;
  private @Nullable Handler handler;
  private boolean connecting;
  private boolean wantsRead;
  private boolean wantsWrite;

  private NioSocket(NioTransport transport, SocketChannel channel, int descriptor) {
    this.channel = channel;
    this.registration = new NioRegistration(transport, channel, this);
    this.descriptor = descriptor;
  }

  /** One on whose channel {@code connect} was called, whatever that has returned. */
  static NioSocket connecting(NioTransport transport, SocketChannel channel) {
    NioSocket socket = new NioSocket(transport, channel, NioDescriptors.UNKNOWN);
    socket.connecting = true;
    socket.updateInterest();
    return socket;
  }

  static NioSocket connected(NioTransport transport, SocketChannel channel, int descriptor) {
    return new NioSocket(transport, channel, descriptor);
  }

  void moveTo(NioTransport transport) {
    registration.moveTo(transport);
  }

  // Readiness.

  @Override
  public void handler(Handler handler) {
    this.handler = handler;
  }

  @Override
  public void want(boolean read, boolean write) {
    wantsRead = read;
    wantsWrite = write;
    updateInterest();
  }

  private void updateInterest() {
    if (connecting) {
      // A connection that was established at once never becomes ready to be finished.
      registration.want(channel.isConnected() ? OP_WRITE : OP_CONNECT);
    } else {
      registration.want((wantsRead ? OP_READ : 0) | (wantsWrite ? OP_WRITE : 0));
    }
  }

  @Override
  public void ready(int operations) {
    Handler handler = this.handler;
    if (handler == null) {
      return;
    }
    if (connecting) {
      handler.writable();
      return;
    }
    if ((operations & OP_READ) != 0) {
      handler.readable();
    }
    if ((operations & OP_WRITE) != 0 && wantsWrite && !registration.isClosed()) {
      handler.writable();
    }
  }

  @Override
  public void finishConnect() throws NetException {
    SocketAddress remote = remoteAddress();
    try {
      if (!channel.finishConnect()) {
        throw NetException.of("connect", ErrorCode.EALREADY, remote, null);
      }
    } catch (NetException e) {
      throw e;
    } catch (IOException e) {
      throw NetException.of("connect", remote, e);
    }
    connecting = false;
    updateInterest();
  }

  // Bytes.

  @Override
  public int read(ByteBuffer into) throws NetException {
    if (registration.isClosed()) {
      return 0;
    }
    try {
      if (into.isDirect()) {
        return unlessInterrupted(channel.read(into));
      }
      ByteBuffer region = registration.transport().copyRegion();
      region.limit(Math.min(region.capacity(), into.remaining()));
      int count = unlessInterrupted(channel.read(region));
      into.put(region.flip());
      return count;
    } catch (IOException e) {
      throw NetException.of("read", null, e);
    }
  }

  @Override
  public int write(ByteBuffer bytes) throws NetException {
    if (registration.isClosed()) {
      return 0;
    }
    try {
      return bytes.isDirect() ? unlessInterrupted(channel.write(bytes)) : writeCopies(bytes);
    } catch (IOException e) {
      throw NetException.of("write", null, e);
    }
  }

  /**
   * What a call has transferred; 0 if a signal has interrupted it, which the channel gives as a
   * number below that of the end. It is told again that the socket is ready.
   */
  private static int unlessInterrupted(int count) {
    return count < END ? 0 : count;
  }

  private int writeCopies(ByteBuffer bytes) throws IOException {
    int start = bytes.position();
    ByteBuffer region = registration.transport().copyRegion();
    while (bytes.hasRemaining()) {
      int from = bytes.position();
      int length = Math.min(region.capacity(), bytes.remaining());
      region.clear().put(0, bytes, from, length).limit(length);
      int count = unlessInterrupted(channel.write(region));
      bytes.position(from + count);
      if (count < length) {
        break;
      }
    }
    return bytes.position() - start;
  }

  @Override
  public void shutdownOutput() throws NetException {
    if (registration.isClosed()) {
      return;
    }
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      throw NetException.of("shutdown", null, e);
    }
  }

  @Override
  public void resetOnClose() {
    NioOptions.setNoLinger(channel);
  }

  @Override
  public void close() {
    registration.close();
  }

  // What is known of it.

  @Override
  public @Nullable SocketAddress localAddress() {
    try {
      return channel.getLocalAddress();
    } catch (IOException closed) {
      return null;
    }
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    try {
      return channel.getRemoteAddress();
    } catch (IOException closed) {
      return null;
    }
  }

  @Override
  public int descriptor() {
    return descriptor;
  }

  @Override
  public void setNoDelay(boolean on) {
    NioOptions.setNoDelay(channel, on);
  }

  @Override
  public void setKeepAlive(boolean on, int idleSeconds) {
    NioOptions.setKeepAlive(channel, on, idleSeconds);
  }
}
