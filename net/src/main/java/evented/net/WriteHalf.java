package evented.net;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The write half of one {@link Connection}.
 *
 * <p>What is written waits in a {@link WriteQueue} until the listener returns; then it is handed to
 * the socket, small writes together. What the kernel refuses stays in the queue until the socket is
 * writable again. From {@code setSecure} to {@code secure}, writes wait in a queue of their own,
 * behind the plain bytes:
 *
 * <pre>
 *   write ──► queue ──── flush ────► Socket.write ──► kernel
 *     └─────► secret ───► queue                              (once the handshake is done)
 * </pre>
 *
 * <p>Until it is known that the peer may have them, they are held there.
 *
 * <p>Only on the loop thread, except where a method says otherwise.
 */
final class WriteHalf {
  /** How much is handed over in a row before other sockets have their turn, in bytes. */
  private static final long BURST = 4L * 1024 * 1024;

  private static final AtomicLongFieldUpdater<WriteHalf> PUBLISHED =
      AtomicLongFieldUpdater.newUpdater(WriteHalf.class, "published");

  /** What is to follow the last byte. */
  private enum End {
    NONE,
    FIN_WANTED,
    FIN_SENT,
    CLOSED
  }

  private final Connection connection;
  private final StreamEngine stream;
  private final LoopThread thread;
  private final WriteQueue queue = new WriteQueue();

  /** Bytes written by other threads whose turn on the loop has not come; any thread. */
  private final AtomicLong onTheWay = new AtomicLong();

  /** What {@link #waiting} was when it last changed; read by other threads. */
  private volatile long published;

  /** Whether {@code write} would say false; read by other threads. */
  private volatile boolean holdBack = true;

  private @Nullable WriteQueue secret;
  private boolean opened; // there is a socket
  private boolean securing; // from setSecure to `secure`
  private boolean tlsStarted;
  private boolean held; // from `secure` until the peer is settled
  private boolean blocked; // the kernel is full; writable() will come
  private boolean listed; // the loop thread will call flush()
  private boolean wantsDrain; // write said false
  private boolean drainScheduled;
  private End end = End.NONE;

  WriteHalf(Connection connection) {
    this.connection = connection;
    this.stream = connection.stream;
    this.thread = connection.thread;
  }

  /** The connection is established: what was written before leaves now. */
  void open() {
    opened = true;
    pump();
  }

  // Writing.

  /** Writes on the loop thread; returns what {@code write} returns. */
  boolean write(Buffer bytes) {
    return write(bytes, isSecuring());
  }

  private boolean write(Buffer bytes, boolean secretly) {
    if (end == End.CLOSED) {
      return false;
    }
    stream.countWritten(bytes.length());
    if (secretly) {
      secretQueue().add(bytes);
    } else if (opened && !blocked) {
      queue.link(bytes); // it leaves soon
      if (held && (!stream.gathers || queue.size() > LoopThread.GATHERING)) {
        connection.settlePeerEarly();
      }
      if (!stream.gathers || queue.size() > LoopThread.GATHERING) {
        send();
      }
      list();
    } else {
      queue.add(bytes);
    }
    if (end == End.CLOSED || overruns()) {
      return false;
    }
    publish();
    return promise();
  }

  /** Writes from another thread. */
  boolean writeFromOutside(Buffer bytes) {
    int length = bytes.length();
    long ahead = onTheWay.addAndGet(length);
    boolean calm = !holdBack && published + ahead <= LoopThread.GATHERING;
    thread.later(
        () -> {
          if (end != End.CLOSED) { // counted here before it is not counted there any more
            PUBLISHED.set(this, published + length);
          }
          onTheWay.addAndGet(-length);
          write(bytes, securing); // and not what setSecure, called since, is about to begin
          if (!calm && end != End.CLOSED) {
            wantsDrain = true;
            list(); // to come to the drain, should nothing wait by then
          }
        });
    return calm;
  }

  /** What {@code write} returns; after false, drain is owed. */
  private boolean promise() {
    if (holdBack) {
      wantsDrain = true;
    }
    return !holdBack;
  }

  /** Whether bytes may be written past the queue. */
  boolean isDirect() {
    return opened && end == End.NONE && !blocked && !isSecuring() && !held && queue.isEmpty();
  }

  /**
   * Writes bytes that are only lent, and copies what the kernel refuses; only if {@link #isDirect}.
   *
   * @return what {@code write} would have returned
   */
  boolean writeDirect(ByteBuffer bytes) {
    stream.countWritten(bytes.remaining());
    Socket socket = connection.openSocket();
    if (socket == null) {
      return false;
    }
    try {
      socket.write(bytes);
      blocked = bytes.hasRemaining() || !socket.flush();
    } catch (NetException e) {
      connection.fail(e);
      return false;
    }
    stream.idleTimer.touch();
    if (bytes.hasRemaining()) {
      queue.add(Buffer.of(bytes));
    }
    if (blocked) {
      connection.updateInterest();
    }
    publish();
    return promise();
  }

  private WriteQueue secretQueue() {
    WriteQueue queue = secret;
    if (queue == null) {
      queue = new WriteQueue();
      secret = queue;
    }
    return queue;
  }

  /** Turns an overrun of the user's limit into an error. */
  private boolean overruns() {
    long limit = stream.maxBufferSize;
    if (limit <= 0 || cost() <= limit) {
      return false;
    }
    if (opened && !blocked && !securing) {
      send();
      if (end == End.CLOSED || cost() <= limit) {
        return end == End.CLOSED;
      }
    }
    connection.destroy(
        NetException.of("write", ErrorCode.ENOBUFS, connection.remoteAddress(), /* cause= */ null));
    return true;
  }

  /** What waits costs so many bytes of memory. */
  long cost() {
    return queue.cost() + (secret == null ? 0 : secret.cost());
  }

  // Handing over.

  private void list() {
    if (!listed) {
      listed = true;
      thread.unflushed(this);
    }
  }

  /** Hands what is gathered to the kernel; says whether nothing waits any more. */
  boolean flush() {
    listed = false;
    if (held) {
      connection.settlePeerEarly();
    }
    if (opened && end != End.CLOSED) {
      if (!blocked) {
        send();
      }
      settle();
    }
    return waiting() == 0;
  }

  /** The kernel takes bytes again. */
  void writable() {
    blocked = false;
    pump();
  }

  private void pump() {
    if (end != End.CLOSED) {
      send();
      settle();
    }
  }

  /** Hands bytes over until the kernel is full, or nothing waits. */
  private void send() {
    Socket socket = connection.openSocket();
    if (socket == null || end == End.CLOSED || held || (tlsStarted && securing)) {
      return;
    }
    long before = queue.size();
    try {
      while (!blocked && !queue.isEmpty()) {
        ByteBuffer bytes = queue.front(thread.writeRegion());
        int offered = bytes.remaining();
        int taken = socket.write(bytes);
        queue.remove(taken);
        blocked = taken < offered || before - queue.size() >= BURST;
      }
      if (!blocked) {
        blocked = !socket.flush();
      }
    } catch (NetException e) {
      connection.fail(e);
      return;
    }
    if (queue.size() < before) {
      stream.idleTimer.touch();
    }
    if (blocked) {
      connection.updateInterest();
    }
  }

  /** Draws the consequences when nothing waits any more: TLS, drain, and FIN. */
  private void settle() {
    publish();
    if (blocked || held || !queue.isEmpty() || end == End.CLOSED) {
      return;
    }
    if (isSecuring()) {
      if (securing && !tlsStarted) {
        tlsStarted = true;
        connection.startTls();
      }
      return;
    }
    if (wantsDrain && !drainScheduled) {
      drainScheduled = true;
      thread.later(this::drain);
    }
    if (end == End.FIN_WANTED) {
      sendFin();
    } else if (end == End.FIN_SENT) {
      finished();
    }
  }

  private void drain() {
    drainScheduled = false;
    if (wantsDrain && !holdBack && waiting() == 0) {
      wantsDrain = false;
      connection.emitDrain();
    }
  }

  // Ending.

  /** FIN is to follow what has been written. */
  void end() {
    if (end == End.NONE) {
      end = End.FIN_WANTED;
      if (opened) {
        list();
      }
    }
  }

  private void sendFin() {
    end = End.FIN_SENT;
    try {
      if (connection.sendFin()) {
        finished();
      } else {
        blocked = true;
        connection.updateInterest();
      }
    } catch (NetException e) {
      connection.fail(e);
    }
  }

  private void finished() {
    end = End.CLOSED;
    connection.outputFinished();
  }

  /** Nothing can be sent any more; what waits is given up. */
  void close() {
    end = End.CLOSED;
    wantsDrain = false;
    blocked = false;
    securing = false;
    held = false;
    queue.clear();
    secret = null;
    publish();
  }

  // TLS.

  /** Whether what a listener writes is to be encrypted, or held for the handshake. */
  private boolean isSecuring() {
    return securing || connection.isTlsDue();
  }

  /**
   * All that is written from now on is to be encrypted: it waits for {@link #secured}. What was
   * written before leaves first, as it is; then the handshake begins.
   */
  void secure() {
    securing = true;
    if (opened) {
      pump();
    }
    publish();
  }

  /** The handshake is done: what waits for it leaves as soon as the peer is {@link #settled}. */
  void secured() {
    securing = false;
    held = true;
    WriteQueue waiting = secret;
    secret = null;
    if (waiting != null) {
      queue.takeOver(waiting);
    }
    publish();
  }

  /** The peer may have what is held. */
  void settled() {
    held = false;
    pump();
  }

  // What others ask.

  boolean isBlocked() {
    return blocked;
  }

  boolean isEmpty() {
    return waiting() == 0;
  }

  /** Bytes that were written and are not in the kernel. */
  private long waiting() {
    return queue.size() + (secret == null ? 0 : secret.size());
  }

  private void publish() {
    long waiting = waiting();
    PUBLISHED.lazySet(this, waiting);
    boolean holds =
        !opened
            || blocked
            || isSecuring()
            || waiting > LoopThread.GATHERING
            || (waiting > 0 && !stream.gathers);
    if (holds != holdBack) {
      holdBack = holds;
    }
  }

  /** Bytes that wait in user memory; any thread. */
  long bufferSize() {
    long ahead = onTheWay.get(); // first, so that bytes that arrive now count twice, not never
    return ahead + published;
  }

  /** Whether {@code drain} will be emitted. */
  boolean willDrain() {
    return wantsDrain;
  }

  /** What {@code setGather(false)} does to what is gathered already. */
  void setGather(boolean on) {
    if (!on && opened && end != End.CLOSED) {
      flush();
    }
  }
}
