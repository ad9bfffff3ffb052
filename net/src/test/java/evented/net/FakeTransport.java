package evented.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A transport without a kernel, a thread or a clock: the thread that makes it is its loop thread,
 * and instead of sleeping {@link #poll} returns. It also holds the engine to the contract of {@link
 * Transport}: a call that the contract forbids fails the test.
 */
final class FakeTransport implements Transport {
  /** Whether a hang-up is told of though nobody reads, as by epoll; else as by NIO. */
  boolean tellsHangUps = true;

  /** How long the engine wanted to sleep in the latest {@link #poll}. */
  long lastSleepNanos;

  /** How often {@link #wakeUp} was called. */
  volatile int wakeUps;

  final FakeNetwork network;

  private final Thread thread = Thread.currentThread();
  private final List<FakeSocket> sockets = new ArrayList<>();
  private final List<FakeListener> listeners = new ArrayList<>();
  private final Queue<ErrorCode> connectFailures = new ArrayDeque<>();
  private final Queue<ErrorCode> listenFailures = new ArrayDeque<>();
  private boolean polling;
  private boolean closed;

  FakeTransport() {
    this(new FakeNetwork());
  }

  /** One of several loop threads' that share a network; all of them are driven by the test. */
  FakeTransport(FakeNetwork network) {
    this.network = network;
  }

  // What the test calls.

  /** The sockets that are open, in the order in which they came. */
  List<FakeSocket> sockets() {
    return List.copyOf(sockets);
  }

  /** Whether {@link #poll} would call a handler. */
  boolean isReady() {
    return sockets.stream().anyMatch(FakeSocket::isReady)
        || listeners.stream().anyMatch(FakeListener::isReady);
  }

  /** Has the next call of {@code connect} fail at once, as for want of a descriptor. */
  void failConnect(ErrorCode code) {
    connectFailures.add(code);
  }

  /** Has the next call of {@code listen} fail. */
  void failListen(ErrorCode code) {
    listenFailures.add(code);
  }

  boolean isClosed() {
    return closed;
  }

  // What its sockets and listeners call.

  void checkInLoop() {
    if (Thread.currentThread() != thread) {
      throw new AssertionError("not on the loop thread");
    }
    if (closed) {
      throw new AssertionError("the transport is closed");
    }
  }

  void remove(FakeSocket socket) {
    sockets.remove(socket);
  }

  void remove(FakeListener listener) {
    listeners.remove(listener);
  }

  // What the engine calls.

  @Override
  public Socket connect(SocketAddress remote) throws NetException {
    checkInLoop();
    ErrorCode failure = connectFailures.poll();
    if (failure != null) {
      throw NetException.of("connect", failure, remote, null);
    }
    FakeSocket socket = FakeSocket.connecting(this, network.newLocalAddress(), remote);
    sockets.add(socket);
    return socket;
  }

  @Override
  public Listener listen(SocketAddress local, int backlog, boolean reusePort) throws NetException {
    checkInLoop();
    ErrorCode failure = listenFailures.poll();
    FakeListener listener = new FakeListener(this, backlog);
    if (failure == null && !listener.bind(local)) {
      failure = ErrorCode.EADDRINUSE;
    }
    if (failure != null) {
      throw NetException.of("listen", failure, local, null);
    }
    listeners.add(listener);
    return listener;
  }

  @Override
  public Socket adopt(int descriptor) throws NetException {
    checkInLoop();
    throw NetException.of("adopt", ErrorCode.EBADF, (@Nullable SocketAddress) null, null);
  }

  @Override
  public Listener adoptListener(int descriptor) throws NetException {
    checkInLoop();
    throw NetException.of("listenFD", ErrorCode.EBADF, (@Nullable SocketAddress) null, null);
  }

  @Override
  public void register(Socket accepted) {
    checkInLoop();
    FakeSocket socket = (FakeSocket) accepted;
    socket.register(this);
    sockets.add(socket);
  }

  @Override
  public ByteBuffer allocate(int capacity) {
    return ByteBuffer.allocate(capacity);
  }

  @Override
  public void poll(long nanos) {
    checkInLoop();
    if (polling) {
      throw new AssertionError("poll within poll");
    }
    lastSleepNanos = nanos;
    List<Runnable> ready = new ArrayList<>(); // all that are, before any handler changes that
    for (FakeSocket socket : sockets) {
      if (socket.isReady()) {
        ready.add(socket.serving());
      }
    }
    for (FakeListener listener : listeners) {
      if (listener.isReady()) {
        ready.add(listener::serve);
      }
    }
    polling = true;
    try {
      ready.forEach(Runnable::run);
    } finally {
      polling = false;
    }
  }

  @Override
  public synchronized void wakeUp() {
    wakeUps++;
  }

  @Override
  public void close() {
    checkInLoop();
    if (!sockets.isEmpty() || !listeners.isEmpty()) {
      throw new AssertionError("closed with open sockets: " + sockets + listeners);
    }
    closed = true;
  }
}
