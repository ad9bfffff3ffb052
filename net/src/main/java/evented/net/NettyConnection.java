package evented.net;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.UncheckedBooleanSupplier;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/**
 * The one handler of a socket: a thin adapter between Netty's channel and the engine, which decides
 * nothing. All of it runs on the loop thread.
 */
final class NettyConnection extends ChannelInboundHandlerAdapter
    implements LegacyTransport.Connection {
  /** A full record of TLS with what surrounds it, in bytes. */
  private static final int TLS_READ_SIZE = 17 * 1024;

  /** How long closing waits for a peer that does not read to make room for our close_notify. */
  private static final long CLOSE_NOTIFY_MILLIS = 2000;

  private final NettyLoop loop;
  private final Channel channel;
  private final LegacyTransport.ConnectionEvents events;

  private @Nullable ChannelHandlerContext context;
  private @Nullable ByteBuf gathering;
  private long handedOver; // bytes given to Netty
  private long taken; // of those, bytes that are in the kernel
  private int outstanding; // promises that tell when bytes are in the kernel
  private boolean flushing;
  private boolean refused;
  private boolean connected;
  private boolean closeRequested;
  private boolean finSent;
  private boolean receivedSinceFin;
  private @Nullable ChannelFuture closeNotify; // ours, on its way to the kernel
  private @Nullable SslHandler tls;
  private boolean handshakeDone;
  private boolean closeNotified; // the peer has closed TLS

  /**
   * Whether Netty knows of half-closed sockets here. Those of the UNIX family it closes on the
   * peer's FIN, except with epoll and kqueue; so the FIN is kept from it.
   */
  private final boolean halfCloses;

  private boolean finHidden;

  NettyConnection(NettyLoop loop, Channel channel, LegacyTransport.ConnectionEvents events) {
    this.loop = loop;
    this.channel = channel;
    this.events = events;
    this.halfCloses = loop.halfCloses(channel);
    NettyLoop.configure(channel.config());
    channel.config().setRecvByteBufAllocator(new Reader());
  }

  // Opening.

  void connect(EventLoop eventLoop, SocketAddress remote, SocketAddress asSaid) {
    channel.pipeline().addLast(this);
    eventLoop.register(channel);
    channel
        .connect(remote)
        .addListener(
            (ChannelFuture attempt) -> {
              refused = !attempt.isSuccess();
              // A refusal may be known within the call; it is told after it all the same.
              eventLoop.execute(() -> connectDone(attempt, asSaid));
            });
  }

  private void connectDone(ChannelFuture attempt, SocketAddress asSaid) {
    if (closeRequested) {
      return; // closed() tells
    }
    if (attempt.isSuccess()) {
      opened();
      events.connected();
    } else {
      channel.close();
      events.connectFailed(NettyErrors.toNetException("connect", asSaid, attempt.cause()));
    }
  }

  /** Registers an accepted channel with its loop thread, which may be another one. */
  void register(LegacyTransport.Accepted accepted) {
    channel.pipeline().addLast(this);
    loop.register(channel)
        .addListener(
            registered -> {
              if (registered.isSuccess()) {
                opened();
                accepted.opened(this);
              } else {
                channel.unsafe().closeForcibly(); // its loop has been closed meanwhile
              }
            });
  }

  /** Registers a channel over a descriptor that was handed down. */
  void adopt(EventLoop eventLoop) throws NetException {
    try {
      NettyDescriptor.boundTransfer((Socket) ((UnixChannel) channel).fd());
    } catch (IOException e) {
      throw NettyErrors.toNetException("adopt", null, e);
    }
    channel.pipeline().addLast(this);
    Throwable failure = eventLoop.register(channel).cause();
    if (failure != null) {
      throw NettyErrors.toNetException("adopt", null, failure);
    }
    opened();
  }

  private void opened() {
    connected = true;
    channel.closeFuture().addListener(closed -> events.closed());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
  }

  // Reading.

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf buffer = (ByteBuf) message;
    if (events.passesThrough() instanceof NettyConnection destination) {
      int count = buffer.readableBytes();
      destination.flush(); // what was gathered there goes first
      destination.handOver(buffer);
      events.passedThrough(count, destination.isCalm());
      return;
    }
    try {
      byte[] bytes = new byte[buffer.readableBytes()];
      buffer.getBytes(buffer.readerIndex(), bytes);
      receivedSinceFin = finSent;
      loop.receiving(buffer, bytes);
      events.received(bytes);
    } finally {
      loop.received();
      buffer.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (finHidden) {
      finHidden = false;
      ((DuplexChannel) channel).shutdownInput();
      inputShutDown();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputShutDown();
    } else if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        handshakeDone = true;
        events.secured();
      } else if (handshakeDone) { // Netty tells of a bad record in this way too
        events.readFailed(NettyTls.toNetException(handshake.cause()));
      } else {
        context.flush(); // the alert, which Netty would send only after this
        events.secureFailed(NettyTls.toNetException(handshake.cause()));
      }
    } else if (event == SslCloseCompletionEvent.SUCCESS && handshakeDone) {
      closeNotified = true;
      if (!mayHalfClose()) {
        events.outputClosed();
      }
      events.ended();
    }
  }

  private void inputShutDown() {
    if (refused) {
      return; // epoll tells of the end of a connection that never was
    }
    if (tls == null || (finSent && !receivedSinceFin)) {
      // With TLS, a peer that has our close_notify may well hang up without one of its own. Not so
      // if it has gone on sending: then its data may be cut.
      events.ended();
    } else if (!handshakeDone) {
      events.secureFailed(
          NetException.of("handshake", ErrorCode.ECONNRESET, null, /* cause= */ null));
    } else if (!closeNotified) {
      events.readFailed(
          new NetException(
              "read ECONNRESET: the peer hung up without close_notify, so data may be missing",
              "ECONNRESET",
              "read",
              /* cause= */ null));
    }
  }

  /** Whether this side may go on writing when the peer has closed TLS. */
  private boolean mayHalfClose() {
    SSLSession session = tlsSession();
    return session != null
        && session.getProtocol().equals("TLSv1.3") // before, RFC 5246 wants both sides closed
        && tls != null
        && !(tls.engine() instanceof ReferenceCountedOpenSslEngine); // which closes both always
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Netty shuts the output down when a write has failed, before it says so.
    boolean writing = !finSent && ((DuplexChannel) channel).isOutputShutdown();
    if (writing) {
      failedToWrite(cause);
    } else if (tls != null && cause instanceof DecoderException) {
      NetException failure = NettyTls.toNetException(cause);
      if (handshakeDone) {
        events.readFailed(failure);
      } else {
        events.secureFailed(failure);
      }
    } else {
      events.readFailed(NettyErrors.toNetException("read", null, cause));
    }
  }

  /** The kernel says that the socket has failed, which shows by reading only until the FIN. */
  void failed(FileDescriptor descriptor) {
    if (!connected || !((DuplexChannel) channel).isInputShutdown() || !channel.isOpen()) {
      return;
    }
    try {
      if (new Socket(descriptor.intValue()).getSoError() != 0) {
        events.writeFailed(
            NetException.of("read", ErrorCode.ECONNRESET, remoteAddress(), /* cause= */ null));
      }
    } catch (IOException e) {
      events.writeFailed(NettyErrors.toNetException("read", remoteAddress(), e));
    }
  }

  private void failedToWrite(Throwable cause) {
    if (!closeRequested) {
      events.writeFailed(NettyErrors.toNetException("write", null, cause));
    }
  }

  @Override
  public void setReading(boolean on) {
    channel.config().setAutoRead(on);
  }

  // Writing.

  @Override
  public int write(byte[] bytes, int from, int to) {
    ByteBuf gathering = this.gathering;
    int count = to - from;
    if (gathering == null) {
      count = Math.min(count, Outbox.GATHERING);
      gathering = newGathering(count);
    } else {
      count = Math.min(count, Outbox.GATHERING - gathering.readableBytes());
    }
    gathering.writeBytes(bytes, from, count);
    return count;
  }

  @Override
  public void write(WriteQueue queue) {
    ByteBuf gathering = this.gathering;
    if (gathering == null) {
      gathering = newGathering((int) Math.min(queue.size(), Outbox.GATHERING));
    }
    int room = (int) Math.min(queue.size(), Outbox.GATHERING - gathering.readableBytes());
    gathering.ensureWritable(room);
    ByteBuffer target = gathering.internalNioBuffer(gathering.writerIndex(), room);
    gathering.writerIndex(gathering.writerIndex() + queue.drainTo(target));
  }

  @Override
  public boolean forward(byte[] bytes, int from, int to) {
    ByteBuf original = loop.originalOf(bytes);
    if (original == null) {
      return false;
    }
    flush();
    handOver(original.retainedSlice(original.readerIndex() + from, to - from));
    return true;
  }

  private ByteBuf newGathering(int count) {
    ByteBuf fresh =
        isAsynchronous()
            ? channel.alloc().directBuffer(count, Outbox.GATHERING)
            : loop.writeBuffer(channel.alloc(), count);
    gathering = fresh;
    return fresh;
  }

  @Override
  public boolean flush() {
    ByteBuf bytes = gathering;
    if (bytes != null) {
      gathering = null;
      handOver(bytes);
    }
    return isCalm();
  }

  /** Gives {@code bytes} to Netty, which gives them to the kernel, at once where it can. */
  private void handOver(ByteBuf bytes) {
    ChannelHandlerContext context = requireNonNull(this.context); // set before anyone can write
    int count = bytes.readableBytes();
    handedOver += count;
    flushing = true;
    if (isAsynchronous()) {
      outstanding++;
      context.writeAndFlush(bytes).addListener((ChannelFuture done) -> written(done, count));
    } else {
      context.write(bytes, channel.voidPromise());
      context.flush();
      if (pendingInNetty() == 0) {
        taken = handedOver;
      } else {
        loop.keptBack(bytes);
        if (outstanding == 0) {
          // The kernel is full. An empty message behind the bytes tells when they are through.
          outstanding++;
          context
              .writeAndFlush(Unpooled.EMPTY_BUFFER)
              .addListener((ChannelFuture done) -> written(done, 0));
        }
      }
    }
    flushing = false;
  }

  /** Whether more may be handed over now. */
  private boolean isCalm() {
    return isAsynchronous() ? handedOver - taken <= Outbox.GATHERING : taken == handedOver;
  }

  /** Whether bytes may be in the kernel only some time after they were flushed. */
  private boolean isAsynchronous() {
    return tls != null || loop.isAsynchronous();
  }

  private long pendingInNetty() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  private void written(ChannelFuture done, int count) {
    outstanding--;
    if (!done.isSuccess()) {
      if (count > 0) { // the empty message fails together with the bytes, which tell themselves
        failedToWrite(done.cause());
      }
      return;
    }
    taken = outstanding == 0 ? handedOver : taken + count;
    if (outstanding == 0 && !flushing) {
      events.writable();
    }
  }

  @Override
  public long waiting() {
    return handedOver - taken + (gathering == null ? 0 : gathering.readableBytes());
  }

  @Override
  public long progress() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return taken + (buffer == null ? 0 : buffer.currentProgress());
  }

  @Override
  public void shutdownOutput() {
    finSent = true;
    DuplexChannel duplex = (DuplexChannel) channel;
    if (tls == null) {
      duplex.shutdownOutput();
    } else {
      closeNotify = tls.closeOutbound().addListener(sent -> duplex.shutdownOutput());
    }
  }

  // TLS.

  @Override
  public void startTls(
      Credentials credentials, boolean client, @Nullable String host, List<Buffer> first) {
    int port = channel.remoteAddress() instanceof InetSocketAddress peer ? peer.getPort() : -1;
    SslHandler handler = credentials.tls().newHandler(channel.alloc(), client, host, port);
    tls = handler;
    channel.pipeline().addFirst(handler); // a client's handshake begins here
    for (Buffer bytes : first) {
      channel
          .pipeline()
          .fireChannelRead(Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length()));
    }
    if (!first.isEmpty()) {
      channel.pipeline().fireChannelReadComplete();
    }
  }

  @Override
  public @Nullable SSLSession tlsSession() {
    return tls == null || !handshakeDone ? null : tls.engine().getSession();
  }

  @Override
  public @Nullable String alpnProtocol() {
    return tls == null ? null : tls.applicationProtocol();
  }

  // Closing.

  @Override
  public void close() {
    closeRequested = true;
    if (gathering != null) {
      gathering.release();
      gathering = null;
    }
    if (!connected) {
      // Not among those whose end the engine hears of yet.
      connected = true;
      channel.closeFuture().addListener(closed -> events.closed());
    }
    if (tls == null) {
      channel.close();
      return;
    }
    if (closeNotified && closeNotify == null) {
      closeNotify = tls.closeOutbound(); // the answer that the peer may wait for
    }
    if (closeNotify == null || closeNotify.isDone()) {
      closePastTls();
    } else { // the kernel is full
      closeNotify.addListener(sent -> closePastTls());
      channel.eventLoop().schedule(this::closePastTls, CLOSE_NOTIFY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Past the TLS handler, which would send a close_notify: after destroy() that would pass what was
   * cut off for the whole.
   */
  private void closePastTls() {
    channel.pipeline().firstContext().close();
  }

  // Addresses and options.

  @Override
  public @Nullable SocketAddress localAddress() {
    return NettyLoop.fromNetty(channel.localAddress());
  }

  @Override
  public @Nullable SocketAddress remoteAddress() {
    return NettyLoop.fromNetty(channel.remoteAddress());
  }

  @Override
  public int descriptor() {
    return descriptorOf(channel);
  }

  static int descriptorOf(Channel channel) {
    return channel instanceof UnixChannel unix ? unix.fd().intValue() : -1;
  }

  @Override
  public void setNoDelay(boolean on) {
    setOption(ChannelOption.TCP_NODELAY, on);
  }

  @Override
  public void setKeepAlive(boolean on, long initialDelayMillis) {
    setOption(ChannelOption.SO_KEEPALIVE, on);
    if (on && initialDelayMillis > 0) {
      int seconds = (int) Math.min(Integer.MAX_VALUE, (initialDelayMillis + 999) / 1000);
      ChannelOption<Integer> idle = keepIdle();
      if (idle != null) {
        setOption(idle, seconds);
      }
    }
  }

  private @Nullable ChannelOption<Integer> keepIdle() {
    if (channel instanceof EpollSocketChannel) {
      return EpollChannelOption.TCP_KEEPIDLE;
    } else if (channel instanceof IoUringSocketChannel) {
      return IoUringChannelOption.TCP_KEEPIDLE;
    } else if (channel instanceof NioSocketChannel) {
      return NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE);
    } else if (channel instanceof KQueueSocketChannel) {
      int ipprotoTcp = 6;
      int tcpKeepalive = 0x10; // what macOS calls the idle time
      return new IntegerUnixChannelOption("TCP_KEEPALIVE", ipprotoTcp, tcpKeepalive);
    }
    return null; // a UNIX socket (W7)
  }

  private <T> void setOption(ChannelOption<T> option, T value) {
    if (!(channel instanceof SocketChannel)) {
      return; // a UNIX socket (W7)
    }
    try {
      channel.config().setOption(option, value);
    } catch (RuntimeException e) {
      // The peer has reset the connection; reading tells.
    }
  }

  /**
   * Says where the next read goes and when to stop reading. Epoll, kqueue and NIO ask for one
   * buffer at a time, of this thread's hot region.
   */
  private final class Reader implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
    /** How often one channel may read before the others get their turn. */
    private static final int READS_IN_A_ROW = 16;

    private static final int SMALLEST_ASYNC_READ = 2 * 1024;

    /** More would have to wait for the kernel whenever it is passed on. */
    private static final int LARGEST_ASYNC_READ = Outbox.GATHERING;

    private @Nullable ChannelConfig config;
    private int reads;
    private int attempted;
    private int last;

    /**
     * With io_uring many reads are under way at once, each with a buffer of its own, so small ones
     * keep the caches warm; this grows while reads fill it.
     */
    private int asyncSize = SMALLEST_ASYNC_READ;

    /** The kernel tells of a hang-up though nobody reads: what is left is read to its end (C12). */
    private boolean hangUp;

    @Override
    @SuppressWarnings("deprecation") // Netty's own interface asks for it
    public Handle newHandle() {
      return this;
    }

    @Override
    public void reset(ChannelConfig config) {
      this.config = config;
      reads = 0;
      attempted = 0;
      last = 0;
      hangUp = !config.isAutoRead() && tls == null; // the TLS handler asks for reads itself
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      if (tls != null) {
        // Of its own size and its own, since the TLS handler keeps an incomplete record.
        return allocator.directBuffer(TLS_READ_SIZE, TLS_READ_SIZE);
      }
      int budget =
          hangUp ? NettyLoop.READ_SIZE : Math.min(NettyLoop.READ_SIZE, events.readBudget());
      if (loop.isAsynchronous()) {
        // After a hang-up Netty reads to the end, wanted or not: not a byte at a time, then.
        int size = channel.config().isAutoRead() ? Math.min(budget, asyncSize) : asyncSize;
        return allocator.directBuffer(size, size);
      }
      return loop.readBuffer(allocator, budget);
    }

    @Override
    public int guess() {
      return NettyLoop.READ_SIZE;
    }

    @Override
    public void incMessagesRead(int count) {
      reads += count;
    }

    @Override
    public void lastBytesRead(int bytes) {
      last = bytes;
      if (bytes == asyncSize) {
        asyncSize = Math.min(LARGEST_ASYNC_READ, asyncSize * 4);
      } else if (bytes >= 0 && bytes < asyncSize / 8) {
        asyncSize = Math.max(SMALLEST_ASYNC_READ, asyncSize / 2);
      }
      if (bytes < 0 && !halfCloses) {
        finHidden = true; // channelReadComplete comes next
        last = 0;
      }
    }

    @Override
    public int lastBytesRead() {
      return last;
    }

    @Override
    public void attemptedBytesRead(int bytes) {
      attempted = bytes;
    }

    @Override
    public int attemptedBytesRead() {
      return attempted;
    }

    @Override
    public boolean continueReading() {
      return continueReading(() -> attempted == last);
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
      ChannelConfig config = this.config;
      boolean wanted = hangUp || (config != null && config.isAutoRead() && reads < READS_IN_A_ROW);
      return wanted && last > 0 && maybeMore.get();
    }

    @Override
    public void readComplete() {}
  }
}
