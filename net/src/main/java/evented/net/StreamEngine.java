package evented.net;

import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a {@link Stream}: what outlives a connection, which is the stream's settings, its
 * listeners' memory and its counts; and the present {@link Connection}.
 *
 * <p>Any thread may call it; what belongs to the loop thread is handed over to it.
 */
final class StreamEngine implements LoopEmitter.Owner {
  /** Whoever counts the connections that it has accepted. */
  interface Acceptor {
    void connectionClosed();

    /** What has happened to this acceptor's connections on a thread. */
    Counters counters(LoopThread thread);
  }

  // Only the loop thread counts, which saves the fence of a volatile write.
  private static final AtomicLongFieldUpdater<StreamEngine> BYTES_READ =
      AtomicLongFieldUpdater.newUpdater(StreamEngine.class, "bytesRead");
  private static final AtomicLongFieldUpdater<StreamEngine> BYTES_WRITTEN =
      AtomicLongFieldUpdater.newUpdater(StreamEngine.class, "bytesWritten");

  final LoopThread thread;
  final LoopEmitter emitter;
  final IdleTimer idleTimer;
  final SocketOptions options = new SocketOptions();
  final Liveness.Handle handle = new Liveness.Handle();

  /** The public object. */
  final EventEmitter<?> stream;

  /** Who has accepted the connection; null if it is the user who connects. */
  final @Nullable Acceptor acceptor;

  // Settings.
  volatile boolean allowHalfOpen;
  volatile boolean gathers = true;
  volatile @Nullable Encoding encoding;
  volatile long maxBufferSize;
  volatile long connectTimeoutMillis;
  volatile @Nullable SocketAddress localAddress; // to connect from
  volatile Predicate<InetAddress> acceptedAddresses = address -> true;

  /** The acceptor's, for this thread; null without an acceptor. */
  private final @Nullable Counters acceptorCounters;

  // Only on the loop thread.
  private boolean lastWasRead; // the last byte that moved came in
  private long readAtLook = -1; // by the last hasRested
  private long writtenAtLook;

  private volatile boolean claimed;
  private volatile boolean paused;
  private volatile @Nullable StreamPipe pipe; // the latest
  private volatile long bytesRead;
  private volatile long bytesWritten;

  /** The present life, or the latest. */
  private volatile Connection connection;

  /**
   * Where to connect to when the old life's {@code close} has been emitted; the monitor is held.
   */
  private @Nullable Endpoint next;

  StreamEngine(EventEmitter<?> stream, LoopThread thread, @Nullable Acceptor acceptor) {
    this.stream = stream;
    this.thread = thread;
    this.acceptor = acceptor;
    this.acceptorCounters = acceptor == null ? null : acceptor.counters(thread);
    this.claimed = acceptor != null;
    this.emitter = new LoopEmitter(thread, stream, this);
    this.idleTimer = new IdleTimer(thread, this::emitTimeout);
    this.connection = new Connection(this);
  }

  /** The present life, or the latest. */
  Connection connection() {
    return connection;
  }

  // Opening.

  /** Begins the first life over a connected descriptor. */
  void adopt(int descriptor) {
    Connection opening = connection;
    opening.begin();
    handle.activate();
    thread.run(() -> opening.adopt(descriptor));
  }

  void connect(Endpoint endpoint) {
    Connection opening;
    synchronized (this) {
      Connection before = connection;
      if (before.hasBegun() && !before.isOver()) {
        throw new IllegalStateException("Stream is already " + before.readyState());
      }
      boolean fresh = !before.hasBegun();
      boolean closing = !fresh && !emitter.hasClosed();
      opening = fresh ? before : new Connection(this);
      connection = opening;
      opening.begin();
      handle.activate();
      emitter.forget();
      if (closing) {
        next = endpoint; // the old life's close comes first, then connectionClosed goes on
        return;
      }
    }
    thread.run(() -> opening.connect(endpoint));
  }

  // Reading.

  boolean isClaimed() {
    return claimed;
  }

  boolean isPaused() {
    return paused;
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    claimed = true;
    flowChanged();
  }

  /** Someone consumes the data from now on. */
  void claim() {
    if (!claimed) {
      claimed = true;
      flowChanged();
    }
  }

  private void flowChanged() {
    ReadHalf readHalf = connection.readHalf;
    thread.run(readHalf::flowChanged);
  }

  void unshift(Buffer bytes) {
    Connection connection = this.connection;
    thread.run(
        () -> {
          if (!connection.isOver() && !connection.hasDeliveredEnd()) {
            connection.readHalf.unshift(bytes);
          }
        });
  }

  /** A pipe from this stream has begun. */
  void pipes(StreamPipe pipe) {
    this.pipe = pipe;
  }

  /** The pipe that is the only one to listen for data; null if there is none such. */
  @Nullable StreamPipe onlyPipe() {
    StreamPipe pipe = this.pipe;
    return pipe != null && pipe.isOnlyListener(stream.find("data")) ? pipe : null;
  }

  // Writing.

  /** Refuses a write after one's own end. */
  Connection checkNotEnded() {
    Connection connection = this.connection;
    if (connection.hasEnded()) {
      throw new IllegalStateException("write after end");
    }
    return connection;
  }

  boolean write(Buffer bytes) {
    Connection connection = checkNotEnded();
    if (connection.refusesWrites()) {
      return false;
    }
    return thread.inLoop()
        ? connection.writeHalf.write(bytes)
        : connection.writeHalf.writeFromOutside(bytes);
  }

  boolean flush() {
    WriteHalf writeHalf = connection.writeHalf;
    if (thread.inLoop()) {
      return writeHalf.flush();
    }
    thread.later(writeHalf::flush);
    return writeHalf.bufferSize() == 0;
  }

  void setGather(boolean on) {
    gathers = on;
    WriteHalf writeHalf = connection.writeHalf;
    thread.run(() -> writeHalf.setGather(on));
  }

  /** Resumes {@code source}, which feeds this stream, unless a drain will do so. Loop thread. */
  void resumeUnlessWaiting(StreamEngine source) {
    if (!connection.writeHalf.willDrain()) {
      source.resume();
    }
  }

  // Ending.

  void end() {
    Connection connection = this.connection;
    if (connection.markEnded()) {
      thread.run(connection.writeHalf::end);
    }
  }

  void destroy(@Nullable NetException cause) {
    Connection connection = this.connection;
    connection.markDestroyed(); // at once also for other threads
    thread.run(() -> connection.destroy(cause));
  }

  void reset() {
    Connection connection = this.connection;
    connection.markDestroyed();
    thread.run(connection::reset);
  }

  /** Destroys the stream because a listener of its server threw, which has been reported. */
  void connectionListenerThrew(Throwable thrown) {
    Connection connection = this.connection;
    connection.markDestroyed();
    thread.run(() -> connection.destroyReported(asNetException(thrown)));
  }

  static NetException asNetException(Throwable cause) {
    return cause instanceof NetException exception ? exception : NetException.of(cause);
  }

  /**
   * A life has come to its end, and said so to the listeners.
   *
   * @param unhandled its error, if no one listened for that
   */
  void connectionClosed(Connection closed, @Nullable NetException unhandled) {
    Endpoint endpoint;
    Connection current;
    synchronized (this) {
      endpoint = next;
      next = null;
      current = connection;
    }
    // Of a stream that the user made, a listener may still be on its way.
    boolean late = acceptor == null;
    if (unhandled != null && !late) {
      Reports.unhandled(stream, unhandled);
    }
    if (current != closed) {
      if (endpoint != null) {
        current.connect(endpoint);
      }
    } else if (unhandled != null && late) {
      thread.schedule(() -> reportUnlessHandled(closed, unhandled), Reports.PATIENCE_MILLIS);
    } else {
      deactivateIfStill(closed);
    }
  }

  private void reportUnlessHandled(Connection closed, NetException unhandled) {
    if (stream.listenerCount("error") == 0) {
      Reports.unhandled(stream, unhandled);
    }
    deactivateIfStill(closed);
  }

  private synchronized void deactivateIfStill(Connection closed) {
    if (connection == closed) {
      handle.deactivate();
    }
  }

  // TLS.

  void setSecure(Credentials credentials, SecureOptions options) {
    Connection connection = this.connection;
    connection.markSecure(credentials, options);
    thread.run(connection::secure);
  }

  void rejectUnverified() {
    thread.run(connection::rejectUnverified);
  }

  // Options.

  void setTimeout(long millis) {
    thread.run(() -> idleTimer.set(millis));
  }

  void applyOptions() {
    thread.run(connection::applyOptions);
  }

  // Events and counts.

  @Override
  public boolean isCurrent(LoopEmitter.Life life) {
    return life == connection;
  }

  @Override
  public void listenerThrew(@Nullable Object argument, Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      connection.outOfMemory();
      thread.relieveMemory();
    } else {
      connection.destroyReported(asNetException(thrown));
    }
  }

  private void emitTimeout() {
    Connection connection = this.connection;
    if (!connection.isOver()) {
      emitter.emit("timeout", null, connection);
    }
  }

  void countRead(int bytes) {
    lastWasRead = true;
    BYTES_READ.lazySet(this, bytesRead + bytes);
    thread.counters.read(bytes);
    if (acceptorCounters != null) {
      acceptorCounters.read(bytes);
    }
  }

  void countWritten(int bytes) {
    lastWasRead = false;
    BYTES_WRITTEN.lazySet(this, bytesWritten + bytes);
    thread.counters.written(bytes);
    if (acceptorCounters != null) {
      acceptorCounters.written(bytes);
    }
  }

  void countOpened() {
    thread.counters.opened();
    if (acceptorCounters != null) {
      acceptorCounters.opened();
    }
  }

  void countClosed() {
    thread.counters.closed();
    if (acceptorCounters != null) {
      acceptorCounters.closed();
    }
  }

  void countFailed(NetException failure) {
    thread.counters.failed(failure);
    if (acceptorCounters != null) {
      acceptorCounters.failed(failure);
    }
  }

  /** Whether no byte has moved since this was asked before. Loop thread. */
  boolean hasRested() {
    boolean same = readAtLook == bytesRead && writtenAtLook == bytesWritten;
    readAtLook = bytesRead;
    writtenAtLook = bytesWritten;
    return same;
  }

  /**
   * Whether a server's last word was its reply, and a client's last question was answered; or
   * neither has said anything. Loop thread.
   */
  boolean owesNothing() {
    boolean none = bytesRead == 0 && bytesWritten == 0;
    return none || lastWasRead == (acceptor == null);
  }

  long bytesRead() {
    return bytesRead;
  }

  long bytesWritten() {
    return bytesWritten;
  }
}
