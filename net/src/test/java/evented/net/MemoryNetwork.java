package evented.net;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Two sockets that are connected in memory, and the loop that tells them what they are ready for:
 * level-triggered, on the calling thread, the same way every time. A test says in how small pieces
 * the bytes travel, and so where each record is cut.
 */
final class MemoryNetwork implements Executor, AutoCloseable {
  /** More rounds than any test needs; whoever needs more spins. */
  private static final int MAX_ROUNDS = 200_000;

  final End left = new End();
  final End right = new End();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Runnable> atEnd = new ArrayList<>();
  private int maxRead = Integer.MAX_VALUE;
  private int capacity = Integer.MAX_VALUE;

  MemoryNetwork() {
    left.peer = right;
    right.peer = left;
  }

  /** One read gives no more than this many bytes. */
  MemoryNetwork maxRead(int bytes) {
    maxRead = bytes;
    return this;
  }

  /** The kernel holds no more than this many bytes for each direction. */
  MemoryNetwork capacity(int bytes) {
    capacity = bytes;
    return this;
  }

  /** What is to be done when the test is over. */
  void atEnd(Runnable task) {
    atEnd.add(task);
  }

  @Override
  public void close() {
    atEnd.forEach(Runnable::run);
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  /** Lets things happen until {@code condition} holds. */
  void until(String what, BooleanSupplier condition) {
    for (int round = 0; !condition.getAsBoolean(); round++) {
      if (!poll()) {
        throw new AssertionError("nothing moves any more, and not yet: " + what);
      }
      if (round > MAX_ROUNDS) {
        throw new AssertionError("spins, and not yet: " + what);
      }
    }
  }

  /** Lets things happen until nothing does any more. */
  void settle() {
    int rounds = 0;
    while (poll()) {
      if (rounds++ > MAX_ROUNDS) {
        throw new AssertionError("spins");
      }
    }
  }

  /** One round; says whether anything happened. */
  private boolean poll() {
    boolean moved = false;
    for (int due = tasks.size(); due > 0; due--) {
      tasks.remove().run();
      moved = true;
    }
    for (End end : List.of(left, right)) {
      moved |= end.announce();
    }
    return moved;
  }

  /** One of the two sockets. */
  final class End implements Socket {
    private final Deque<byte[]> arrived = new ArrayDeque<>();
    private int arrivedBytes;
    private int consumed; // of the first of them
    private End peer;
    private Handler handler;
    private boolean wantsRead;
    private boolean wantsWrite;
    private boolean finArrived;
    private boolean resetArrived;
    private boolean finSent;
    boolean closed;

    /** All that this end has ever sent. */
    final Deque<byte[]> sent = new ArrayDeque<>();

    private boolean announce() {
      boolean moved = false;
      if (!closed && wantsRead && (arrivedBytes > 0 || finArrived || resetArrived)) {
        handler.readable();
        moved = true;
      }
      if (!closed && wantsWrite && (peer.closed || peer.arrivedBytes < capacity)) {
        handler.writable();
        moved = true;
      }
      return moved;
    }

    /** Puts bytes where the peer's would be, as someone in between does. */
    void inject(byte[] bytes) {
      arrived.add(bytes.clone());
      arrivedBytes += bytes.length;
    }

    void injectFin() {
      finArrived = true;
    }

    boolean hasSentFin() {
      return finSent;
    }

    /** Tells of a hang-up that nobody asked for. */
    void hangUp(NetException cause) {
      handler.hungUp(cause);
    }

    @Override
    public void handler(Handler handler) {
      this.handler = handler;
    }

    @Override
    public int read(ByteBuffer into) throws NetException {
      int count = 0;
      while (count < maxRead && into.hasRemaining() && arrivedBytes > 0) {
        byte[] first = arrived.element();
        int piece = Math.min(Math.min(first.length - consumed, into.remaining()), maxRead - count);
        into.put(first, consumed, piece);
        consumed += piece;
        arrivedBytes -= piece;
        count += piece;
        if (consumed == first.length) {
          arrived.remove();
          consumed = 0;
        }
      }
      if (count > 0) {
        return count;
      } else if (resetArrived) {
        throw NetException.of("read", ErrorCode.ECONNRESET, null, null);
      }
      return finArrived ? -1 : 0;
    }

    @Override
    public int write(ByteBuffer bytes) throws NetException {
      if (peer.closed || finSent) {
        throw NetException.of("write", ErrorCode.EPIPE, null, null);
      }
      byte[] taken = new byte[Math.min(bytes.remaining(), capacity - peer.arrivedBytes)];
      bytes.get(taken);
      if (taken.length > 0) {
        sent.add(taken);
        peer.inject(taken);
      }
      return taken.length;
    }

    @Override
    public void want(boolean read, boolean write) {
      wantsRead = read;
      wantsWrite = write;
    }

    boolean wantsRead() {
      return wantsRead;
    }

    @Override
    public void finishConnect() {}

    @Override
    public void shutdownOutput() {
      finSent = true;
      peer.finArrived = true;
    }

    @Override
    public void close() {
      if (arrivedBytes > 0) {
        peer.resetArrived = true;
      }
      peer.finArrived = true;
      closed = true;
    }

    @Override
    public SocketAddress localAddress() {
      return null;
    }

    @Override
    public SocketAddress remoteAddress() {
      return null;
    }

    @Override
    public int descriptor() {
      return -1;
    }

    @Override
    public void setNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on, int idleSeconds) {}
  }
}
