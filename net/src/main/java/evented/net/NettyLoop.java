package evented.net;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDomainSocketChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A loop thread that Netty runs: chooses the kernel interface and makes its channels. */
final class NettyLoop implements LegacyTransport {
  /** How much one read may bring, in bytes. */
  static final int READ_SIZE = 256 * 1024;

  private static final int FIRST_GATHERING = 512;

  /** How long tasks run in a row before sockets and timers have their turn, in milliseconds. */
  private static final long TASKS_MILLIS = 10;

  private final TransportType type;
  private final EventLoop eventLoop;

  private final NettyRegion readRegion = new NettyRegion(READ_SIZE);
  private final NettyRegion writeRegion = new NettyRegion(Outbox.GATHERING);

  // What is being received at the moment.
  private @Nullable ByteBuf receiving;
  private byte @Nullable [] receivingCopy;

  private NettyLoop(TransportType type, EventLoop eventLoop) {
    this.type = type;
    this.eventLoop = eventLoop;
  }

  static Loop create(int threads, TransportType type) {
    String problem = whyUnavailable(type);
    if (problem != null) {
      throw new UnsupportedOperationException(
          "transport " + type + " is not available here: " + problem);
    }
    ThreadFactory threadFactory = new DefaultThreadFactory("evented-" + type, /* daemon= */ true);
    LegacyTransport[] transports = new LegacyTransport[threads];
    for (int i = 0; i < threads; i++) {
      // A group of its own for each thread, so that each can be stopped by itself.
      MultiThreadIoEventLoopGroup group = new Group(threadFactory, handler(type));
      transports[i] = new NettyLoop(type, group.next());
    }
    return new Loop(type, transports);
  }

  /** One thread that lets no tasks keep it from its sockets and timers for long. */
  private static final class Group extends MultiThreadIoEventLoopGroup {
    Group(ThreadFactory threadFactory, IoHandlerFactory handlerFactory) {
      super(1, threadFactory, handlerFactory);
    }

    @Override
    protected IoEventLoop newChild(
        Executor executor, IoHandlerFactory handlerFactory, Object... unused) {
      return new SingleThreadIoEventLoop(
          this,
          executor,
          handlerFactory,
          Integer.MAX_VALUE,
          RejectedExecutionHandlers.reject(),
          TASKS_MILLIS);
    }
  }

  /** With io_uring's multishot accept, Netty asks again and again when descriptors run out (S8). */
  private static final String MULTISHOT_ACCEPT = "io.netty.iouring.acceptMultiShotEnabled";

  static {
    if (System.getProperty(MULTISHOT_ACCEPT) == null) {
      System.setProperty(MULTISHOT_ACCEPT, "false"); // read once, when Netty's io_uring is loaded
    }
  }

  private static IoHandlerFactory handler(TransportType type) {
    return switch (type) {
      case EPOLL -> NettyEpollHandler.newFactory();
      case IO_URING -> IoUringIoHandler.newFactory();
      case KQUEUE -> KQueueIoHandler.newFactory();
      case NIO -> NioIoHandler.newFactory();
    };
  }

  /** Why this machine does not offer {@code type}; null if it does. */
  static @Nullable String whyUnavailable(TransportType type) {
    Throwable cause =
        switch (type) {
          case EPOLL -> Epoll.unavailabilityCause();
          case IO_URING -> IoUring.unavailabilityCause();
          case KQUEUE -> KQueue.unavailabilityCause();
          case NIO -> null;
        };
    if (cause == null) {
      return null;
    }
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  // The thread.

  @Override
  public boolean inLoop() {
    return eventLoop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    eventLoop.execute(task);
  }

  @Override
  public Scheduled schedule(Runnable task, long millis) {
    Future<?> future = eventLoop.schedule(task, millis, TimeUnit.MILLISECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    eventLoop.execute(this::freeRegions);
    eventLoop.parent().shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private void freeRegions() {
    readRegion.free();
    writeRegion.free();
  }

  // The channels.

  ChannelFuture register(Channel channel) {
    return eventLoop.register(channel);
  }

  @Override
  public Connection connect(SocketAddress remote, ConnectionEvents events) {
    NettyConnection connection = new NettyConnection(this, newChannel(remote), events);
    connection.connect(eventLoop, toNetty(remote), remote);
    return connection;
  }

  @Override
  public Acceptor listen(SocketAddress local, int backlog, AcceptorEvents events)
      throws NetException {
    if (type == TransportType.EPOLL && local instanceof UnixDomainSocketAddress) {
      return listenOnPath(local, backlog, events);
    }
    Channel channel;
    try {
      channel = newServerChannel(local);
    } catch (RuntimeException e) {
      throw NettyErrors.toNetException("listen", local, e);
    }
    channel.config().setOption(ChannelOption.SO_BACKLOG, backlog);
    if (local instanceof InetSocketAddress) {
      channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
    }
    NettyAcceptor acceptor = new NettyAcceptor(channel, events);
    acceptor.bind(eventLoop, toNetty(local), local);
    return acceptor;
  }

  /**
   * Binds with our own hands: a channel that knows its path deletes whatever file is there when it
   * closes, be it another server's (semantics S2).
   */
  private Acceptor listenOnPath(SocketAddress local, int backlog, AcceptorEvents events)
      throws NetException {
    LinuxSocket socket = LinuxSocket.newSocketDomain();
    try {
      socket.bind(toNetty(local));
      socket.listen(backlog);
    } catch (IOException e) {
      closeQuietly(socket);
      throw NettyErrors.toNetException("listen", local, e);
    }
    NettyAcceptor acceptor =
        new NettyAcceptor(
            new EpollServerDomainSocketChannel(socket.intValue(), /* active= */ true), events);
    acceptor.start(eventLoop);
    return acceptor;
  }

  private static void closeQuietly(LinuxSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Why it could not be bound is what counts.
    }
  }

  @Override
  public Acceptor adopt(int descriptor, AcceptorEvents events) throws NetException {
    checkAdopts("listenFD");
    boolean unix = NettyDescriptor.checkListens(descriptor);
    ServerChannel channel =
        unix
            ? new EpollServerDomainSocketChannel(descriptor, /* active= */ true)
            : new EpollServerSocketChannel(descriptor);
    NettyAcceptor acceptor = new NettyAcceptor(channel, events);
    acceptor.adopt(eventLoop);
    return acceptor;
  }

  @Override
  public Connection adoptConnection(int descriptor, ConnectionEvents events) throws NetException {
    checkAdopts("adopt");
    boolean unix = NettyDescriptor.checkConnected(descriptor);
    Channel channel =
        unix ? new EpollDomainSocketChannel(descriptor) : new EpollSocketChannel(descriptor);
    NettyConnection connection = new NettyConnection(this, channel, events);
    connection.adopt(eventLoop);
    return connection;
  }

  private void checkAdopts(String call) throws NetException {
    if (type != TransportType.EPOLL) {
      throw new NetException(
          call
              + ": the transport "
              + type
              + " cannot adopt a descriptor; use epoll (-Devented.transport=epoll, on Linux)",
          ErrorCode.EOPNOTSUPP.name());
    }
  }

  private Channel newChannel(SocketAddress remote) {
    boolean unix = remote instanceof UnixDomainSocketAddress;
    return switch (type) {
      case EPOLL -> unix ? new EpollDomainSocketChannel() : new EpollSocketChannel(family(remote));
      case IO_URING -> unix ? new IoUringDomainSocketChannel() : new IoUringSocketChannel();
      case KQUEUE ->
          unix ? new KQueueDomainSocketChannel() : new KQueueSocketChannel(family(remote));
      case NIO ->
          unix
              ? new NioDomainSocketChannel()
              : new NioSocketChannel(SelectorProvider.provider(), family(remote));
    };
  }

  private Channel newServerChannel(SocketAddress local) {
    boolean unix = local instanceof UnixDomainSocketAddress;
    return switch (type) {
      case EPOLL ->
          unix ? new EpollServerDomainSocketChannel() : new EpollServerSocketChannel(family(local));
      case IO_URING ->
          unix ? new IoUringServerDomainSocketChannel() : new IoUringServerSocketChannel();
      case KQUEUE -> unix ? new KQueueServerDomainSocketChannel() : new KQueueServerSocketChannel();
      case NIO ->
          unix
              ? new NioServerDomainSocketChannel()
              : new NioServerSocketChannel(SelectorProvider.provider(), family(local));
    };
  }

  /** The family of the address itself, so that an IPv4 address is served where there is no IPv6. */
  private static SocketProtocolFamily family(SocketAddress address) {
    return ((InetSocketAddress) address).getAddress() instanceof Inet6Address
        ? SocketProtocolFamily.INET6
        : SocketProtocolFamily.INET;
  }

  /** Sets what all our connections have in common. */
  static void configure(ChannelConfig config) {
    config.setAutoRead(false); // the session says when
    config.setAutoClose(false); // a failed write must not cost us what has arrived (C12)
    config.setConnectTimeoutMillis(0); // the system's own, as in Node; the user has setTimeout
    config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    config.setOption(ChannelOption.TCP_NODELAY, false); // Netty's default is not net.md's
  }

  /** Whether a flush is only carried out after the present events, as with io_uring. */
  boolean isAsynchronous() {
    return type == TransportType.IO_URING;
  }

  /** Whether Netty leaves {@code channel} open when the peer ends, where it is asked to. */
  boolean halfCloses(Channel channel) {
    return channel instanceof SocketChannel
        || type == TransportType.EPOLL
        || type == TransportType.KQUEUE;
  }

  /** Where to read up to {@code budget} bytes into. */
  ByteBuf readBuffer(ByteBufAllocator allocator, int budget) {
    if (budget < READ_SIZE) {
      return allocator.directBuffer(budget, budget);
    }
    ByteBuf region = readRegion.take(allocator);
    if (region == null) {
      readRegion.free(); // a kernel that is full keeps it back
      region = requireNonNull(readRegion.take(allocator));
    }
    return region;
  }

  /** {@code copy} is what a listener gets of {@code original}, until {@link #received}. */
  void receiving(ByteBuf original, byte[] copy) {
    receiving = original;
    receivingCopy = copy;
  }

  void received() {
    receiving = null;
    receivingCopy = null;
  }

  /** Where {@code copy} was copied from, if that is being received at the moment. */
  @SuppressWarnings("ReferenceEquality") // this very array, whatever is in it
  @Nullable ByteBuf originalOf(byte[] copy) {
    return copy == receivingCopy ? receiving : null;
  }

  /** Where to gather {@code size} bytes, and up to {@link Outbox#GATHERING}. */
  ByteBuf writeBuffer(ByteBufAllocator allocator, int size) {
    ByteBuf region = writeRegion.take(allocator);
    return region != null
        ? region
        : allocator.directBuffer(Math.max(size, FIRST_GATHERING), Outbox.GATHERING);
  }

  /** The kernel has not taken all of {@code buffer} yet. */
  void keptBack(ByteBuf buffer) {
    writeRegion.leaveTo(buffer);
  }

  private SocketAddress toNetty(SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress unix && type != TransportType.NIO) {
      return new DomainSocketAddress(unix.getPath().toString());
    }
    return address;
  }

  static @Nullable SocketAddress fromNetty(@Nullable SocketAddress address) {
    if (address instanceof DomainSocketAddress unix) {
      return UnixDomainSocketAddress.of(unix.path());
    }
    return address;
  }
}
