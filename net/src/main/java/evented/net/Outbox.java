package evented.net;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The writing half of one {@link Session}.
 *
 * <p>A byte is gathered in the connection, leaves with the next flush, and is in the kernel after
 * it. What the kernel refuses stays in the connection, at most one gathering; what is written
 * meanwhile, or before there is a connection, waits in a {@link WriteQueue} on the heap:
 *
 * <pre>
 *   write ──► connection.write ──► flush ──► kernel          (all is well: W2)
 *     └─────► queue ───────────────▲                         (connecting, or the kernel is full)
 * </pre>
 *
 * <p>Only on the loop thread, except where a method says otherwise.
 */
final class Outbox {
  /**
   * How many bytes are gathered, or wait while {@code write} still says true (semantics W2, W3).
   */
  static final int GATHERING = 64 * 1024;

  private static final AtomicLongFieldUpdater<Outbox> PUBLISHED =
      AtomicLongFieldUpdater.newUpdater(Outbox.class, "published");

  private final Session session;
  private final LoopThread thread;

  /** Bytes written by other threads whose turn on the loop has not come; any thread. */
  private final AtomicLong onTheWay = new AtomicLong();

  /** What {@link #waiting} was when it last changed; read by other threads. */
  private volatile long published;

  /** Whether {@code write} would say false to another thread; read by other threads. */
  private volatile boolean holdBack = true;

  private LegacyTransport.@Nullable Connection connection;
  private @Nullable WriteQueue queue;
  private @Nullable WriteQueue secret; // written after setSecure, to be sent after `secure`
  private @Nullable Runnable startTls; // to be run when all plain bytes are handed over
  private boolean securing; // from setSecure to `secure`
  private boolean blocked; // the kernel is full; writable() will come
  private boolean listed; // the loop thread will call flush()
  private boolean wantsDrain; // write said false
  private boolean drainScheduled;
  private boolean ending; // FIN follows the last byte
  private boolean done; // it was sent, or nothing can be sent any more

  Outbox(Session session, LoopThread thread) {
    this.session = session;
    this.thread = thread;
  }

  /** The connection is established: what was written before leaves now. */
  void open(LegacyTransport.Connection connection) {
    this.connection = connection;
    if (!done && (ending || securing || waiting() > 0)) {
      pump();
    }
    publish();
  }

  /**
   * Writes bytes on the loop thread.
   *
   * @param shared the Buffer that the bytes belong to, if it may be kept instead of copied
   * @return what {@link Stream#write} returns
   */
  boolean write(byte[] bytes, int from, int to, @Nullable Buffer shared) {
    if (done) {
      return false;
    }
    session.stream.countWritten(to - from);
    LegacyTransport.Connection connection = this.connection;
    int next = from;
    if (connection != null && !blocked && !securing && queueIsEmpty()) {
      next = hand(connection, bytes, from, to);
      if (done) {
        return false; // it has failed
      }
    }
    if (next < to) {
      enqueue(bytes, next, to, next == from ? shared : null);
    }
    if (connection != null) {
      if (!session.stream.gathers() && !blocked && !securing) {
        blocked = !connection.flush();
      }
      list();
    }
    if (overruns()) {
      return false;
    }
    publish();
    if (holdBack) {
      wantsDrain = true;
    }
    return !holdBack;
  }

  /** Gives the connection what it can take now, and says where the rest begins. */
  private int hand(LegacyTransport.Connection connection, byte[] bytes, int from, int to) {
    if (to - from >= GATHERING && connection.forward(bytes, from, to)) {
      blocked = !connection.flush();
      return to;
    }
    int next = from + connection.write(bytes, from, to);
    while (next < to && !blocked) {
      blocked = !connection.flush();
      if (!blocked) {
        next += connection.write(bytes, next, to);
      }
    }
    return next;
  }

  /** The connection, if bytes may go to it past this queue; else null. */
  LegacyTransport.@Nullable Connection direct() {
    return done || ending || blocked || securing || !queueIsEmpty() ? null : connection;
  }

  /** Bytes went to {@link #direct}, as if written; says what {@code write} would have said. */
  boolean passed(int count, boolean calm) {
    session.stream.countWritten(count);
    session.stream.idleTimer().touch();
    blocked = !calm;
    publish();
    if (holdBack) {
      wantsDrain = true;
    }
    return !holdBack;
  }

  private void enqueue(byte[] bytes, int from, int to, @Nullable Buffer shared) {
    WriteQueue queue = securing ? secret : this.queue;
    if (queue == null) {
      queue = new WriteQueue();
      if (securing) {
        secret = queue;
      } else {
        this.queue = queue;
      }
    }
    if (shared != null) {
      queue.add(shared);
    } else {
      queue.add(bytes, from, to);
    }
  }

  /** Writes from another thread; {@code bytes} belongs to this call. */
  boolean writeFromOutside(Buffer bytes) {
    int length = bytes.length();
    long ahead = onTheWay.addAndGet(length);
    boolean calm = !holdBack && published + ahead <= GATHERING;
    thread.later(
        () -> {
          onTheWay.addAndGet(-length);
          int from = bytes.offset();
          write(bytes.array(), from, from + length, bytes);
          if (!calm && !done) {
            wantsDrain = true;
          }
        });
    return calm;
  }

  /** Turns an overrun of the user's limit into an error (semantics W8). */
  private boolean overruns() {
    long limit = session.stream.maxBufferSize();
    if (limit <= 0 || cost() <= limit) {
      return false;
    }
    LegacyTransport.Connection connection = this.connection;
    if (connection != null && !blocked) {
      blocked = !connection.flush();
      if (cost() <= limit) {
        return false;
      }
    }
    session.destroy(
        NetException.of("write", ErrorCode.ENOBUFS, session.remoteAddress(), /* cause= */ null));
    return true;
  }

  private long cost() {
    return (queue == null ? 0 : queue.cost())
        + (secret == null ? 0 : secret.cost())
        + (connection == null ? 0 : connection.waiting());
  }

  /** FIN is to follow what has been written. */
  void end() {
    ending = true;
    if (connection != null && !done) {
      list();
    }
  }

  /**
   * All that is written from now on is to be encrypted: it waits for {@link #secured}. What was
   * written before leaves first, as it is; then {@code startTls} is run (semantics T2).
   */
  void secure(Runnable startTls) {
    this.startTls = startTls;
    securing = true;
    if (connection != null) {
      pump();
    }
    publish();
  }

  /** The handshake is done: what waits for it leaves. */
  void secured() {
    securing = false;
    queue = secret;
    secret = null;
    if (!done) {
      pump();
    }
  }

  /** Hands what is gathered to the kernel; says whether nothing waits any more. */
  boolean flush() {
    listed = false;
    LegacyTransport.Connection connection = this.connection;
    if (connection == null || done) {
      return waiting() == 0;
    }
    if (!blocked) {
      blocked = !connection.flush();
      session.stream.idleTimer().touch();
    }
    settle();
    return waiting() == 0;
  }

  /** The kernel has taken all that it was given. */
  void writable() {
    blocked = false;
    if (!done) {
      pump();
    }
  }

  private void pump() {
    LegacyTransport.Connection connection = this.connection;
    WriteQueue queue = this.queue;
    if (connection != null && queue != null) {
      while (!blocked && !done && !queue.isEmpty()) {
        connection.write(queue);
        blocked = !connection.flush();
      }
    }
    if (startTls != null && connection != null && queueIsEmpty()) {
      if (!blocked) {
        blocked = !connection.flush();
      }
      Runnable start = startTls;
      startTls = null;
      start.run();
    }
    settle();
  }

  /** Draws the consequences when nothing waits any more: drain, and FIN. */
  private void settle() {
    publish();
    if (waiting() > 0 || securing) {
      return;
    }
    if (wantsDrain && !drainScheduled) {
      drainScheduled = true;
      thread.later(this::drain);
    }
    if (ending && !done) {
      done = true;
      session.outputFinished();
    }
  }

  private void drain() {
    drainScheduled = false;
    if (wantsDrain && waiting() == 0) {
      wantsDrain = false;
      publish();
      session.emitDrain();
    }
  }

  /** Nothing can be sent any more; what waits is given up. */
  void abandon() {
    done = true;
    wantsDrain = false;
    blocked = false;
    connection = null;
    queue = null;
    secret = null;
    startTls = null;
    publish();
  }

  private void list() {
    if (!listed) {
      listed = true;
      thread.unflushed(this);
    }
  }

  private boolean queueIsEmpty() {
    return queue == null || queue.isEmpty();
  }

  /** Bytes that were written and are not in the kernel. */
  private long waiting() {
    return (queue == null ? 0 : queue.size())
        + (secret == null ? 0 : secret.size())
        + (connection == null ? 0 : connection.waiting());
  }

  private void publish() {
    long waiting = waiting();
    PUBLISHED.lazySet(this, waiting);
    boolean holds =
        connection == null
            || blocked
            || securing
            || waiting > GATHERING
            || (waiting > 0 && !session.stream.gathers());
    if (holds != holdBack) {
      holdBack = holds;
    }
  }

  /** Bytes that wait in user memory (semantics W6); any thread. */
  long bufferSize() {
    return published + onTheWay.get();
  }

  /** Whether {@code drain} will be emitted. */
  boolean willDrain() {
    return wantsDrain;
  }

  /** A count that grows with every byte that the kernel takes. */
  long progress() {
    return connection == null ? 0 : connection.progress();
  }

  void setGather(boolean on) {
    if (connection != null && !done && !on) {
      flush();
    }
  }
}
