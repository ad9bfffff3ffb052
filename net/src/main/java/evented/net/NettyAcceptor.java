package evented.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.unix.ServerDomainSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One listening socket. */
final class NettyAcceptor extends ChannelInboundHandlerAdapter implements LegacyTransport.Acceptor {
  /** How long no connection is accepted after descriptors have run out, in milliseconds (S8). */
  private static final long PAUSE_MILLIS = 100;

  /** How often running out of descriptors is warned of at the most, in nanoseconds (S8). */
  private static final long WARNING_NANOS = TimeUnit.SECONDS.toNanos(5);

  static {
    // Classes that are only needed when descriptors have run out are loaded while there are some:
    // from a folder, loading one takes a descriptor.
    boolean known = NettyErrors.isOutOfDescriptors(new IOException("Too many open files"));
    assert known;
    Reports.prepare();
  }

  private final Channel channel;
  private final LegacyTransport.AcceptorEvents events;
  private long lastWarning;
  private boolean hasWarned;
  private boolean accepting = true; // as the engine wants it
  private boolean lookingAway; // because descriptors have run out

  NettyAcceptor(Channel channel, LegacyTransport.AcceptorEvents events) {
    this.channel = channel;
    this.events = events;
  }

  /** Binds and listens. On the loop thread all of it happens within this call. */
  void bind(EventLoop eventLoop, SocketAddress local, SocketAddress asSaid) throws NetException {
    prepare(eventLoop);
    ChannelFuture bound = channel.bind(local);
    Throwable failure = bound.cause();
    if (failure != null) {
      channel.close();
      throw NettyErrors.toNetException("listen", asSaid, failure);
    }
    channel.closeFuture().addListener(closed -> events.closed());
  }

  /** Accepts on a descriptor that listens already. */
  void adopt(EventLoop eventLoop) throws NetException {
    channel.config().setRecvByteBufAllocator(new NettyOneAtATime());
    try {
      NettyDescriptor.boundAccept((Socket) ((UnixChannel) channel).fd());
    } catch (IOException e) {
      throw NettyErrors.toNetException("listenFD", null, e);
    }
    start(eventLoop);
  }

  /** Accepts on a socket that listens already and does not block. */
  void start(EventLoop eventLoop) throws NetException {
    prepare(eventLoop);
    channel.closeFuture().addListener(closed -> events.closed());
  }

  private void prepare(EventLoop eventLoop) throws NetException {
    channel.pipeline().addLast(this);
    ChannelFuture registered = eventLoop.register(channel);
    Throwable failure = registered.cause();
    if (failure != null) {
      throw NettyErrors.toNetException("listen", null, failure);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    Channel child = (Channel) message;
    LegacyTransport.Accepted accepted =
        events.accepted(
            NettyLoop.fromNetty(child.localAddress()), NettyLoop.fromNetty(child.remoteAddress()));
    if (accepted == null) {
      child.unsafe().closeForcibly();
      return;
    }
    NettyLoop home = (NettyLoop) accepted.transport();
    NettyConnection connection = new NettyConnection(home, child, accepted.events());
    connection.register(accepted);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!NettyErrors.isOutOfDescriptors(cause)) {
      return; // a peer that hung up before it was accepted, and the like: the next one is served
    }
    long now = System.nanoTime();
    if (!hasWarned || now - lastWarning >= WARNING_NANOS) {
      hasWarned = true;
      lastWarning = now;
      Reports.warn(
          "Out of descriptors: connections to "
              + localAddress()
              + " wait until one is free ("
              + cause.getMessage()
              + ")");
    }
    // The kernel would announce the waiting connection again and again; look away for a moment.
    lookingAway = true;
    applyAccepting();
    context.executor().schedule(this::acceptAgain, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void acceptAgain() {
    lookingAway = false;
    applyAccepting();
  }

  @Override
  public void setAccepting(boolean on) {
    accepting = on;
    applyAccepting();
  }

  private void applyAccepting() {
    if (channel.isOpen()) {
      channel.config().setAutoRead(accepting && !lookingAway);
    }
  }

  @Override
  public @Nullable SocketAddress localAddress() {
    SocketAddress address = channel.localAddress();
    if (address == null && channel instanceof ServerDomainSocketChannel && channel.isOpen()) {
      // Netty knows the path of a socket that it has bound itself, not that of an adopted one.
      address = ((Socket) ((UnixChannel) channel).fd()).localDomainSocketAddress();
    }
    return NettyLoop.fromNetty(address);
  }

  @Override
  public int descriptor() {
    return NettyConnection.descriptorOf(channel);
  }

  @Override
  public void close() {
    channel.close();
  }
}
