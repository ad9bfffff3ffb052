package evented.net;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings connections to their end without hurry: idle ones are ended, busy ones are waited for, and
 * what is left after a while is destroyed.
 *
 * <p>Each thread looks over its connections again and again. That costs nothing until it begins,
 * and a connection that has moved no byte from one look to the next is known to be quiet.
 */
final class Shutdown {
  private static final long LOOK_MILLIS = 50;

  /**
   * How long a connection that is never quiet is looked at before it is ended between two bytes.
   */
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int NOT_LOOKED = -1;

  private final List<LoopThread> threads;
  private final Predicate<Connection> mine;
  private final BooleanSupplier nothingComes;
  private final long patienceMillis;
  private final AtomicIntegerArray left;
  private final CompletableFuture<Boolean> result = new CompletableFuture<>();
  private volatile boolean destroyed;

  /**
   * Makes one.
   *
   * @param mine which connections are to end
   * @param nothingComes whether no connection can be added any more
   */
  Shutdown(
      List<LoopThread> threads,
      Predicate<Connection> mine,
      BooleanSupplier nothingComes,
      long patienceMillis) {
    this.threads = threads;
    this.mine = mine;
    this.nothingComes = nothingComes;
    this.patienceMillis = patienceMillis;
    this.left = new AtomicIntegerArray(threads.size());
  }

  /** The milliseconds of a patience. */
  static long millis(Duration patience) {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience must be 0 or more, was " + patience);
    }
    try {
      return patience.toMillis();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE; // as good as for ever
    }
  }

  /** Begins; the result is true if nothing had to be destroyed. */
  CompletableFuture<Boolean> start() {
    for (int i = 0; i < threads.size(); i++) {
      left.set(i, NOT_LOOKED);
    }
    for (int i = 0; i < threads.size(); i++) {
      Watch watch = new Watch(threads.get(i), i);
      if (!threads.get(i).later(watch::begin)) { // its loop is closed, and all connections with it
        left.set(i, 0);
        completeIfDone();
      }
    }
    return result;
  }

  private void completeIfDone() {
    if (!nothingComes.getAsBoolean()) {
      return;
    }
    for (int i = 0; i < left.length(); i++) {
      if (left.get(i) != 0) {
        return;
      }
    }
    result.complete(!destroyed);
  }

  /** What is done on one thread. Should its loop be closed meanwhile, that hastens the end. */
  private final class Watch extends LoopThread.Member {
    private final LoopThread thread;
    private final int index;
    private long begin;
    private long patience;
    private TimerQueue.@Nullable Entry next;

    Watch(LoopThread thread, int index) {
      this.thread = thread;
      this.index = index;
    }

    void begin() {
      begin = thread.nanoTime();
      patience = Math.min(TimeUnit.MILLISECONDS.toNanos(patienceMillis), Long.MAX_VALUE / 2);
      thread.join(this);
      look();
    }

    @Override
    void loopCloses() {
      patience = 0;
      if (next != null) {
        thread.timers().cancel(next);
      }
      look();
    }

    private void look() {
      next = null;
      long waited = thread.nanoTime() - begin;
      boolean destroying = waited >= patience;
      boolean evenIfNeverQuiet = waited >= Math.min(QUIET_NANOS, patience / 2);
      int count = 0;
      for (Connection connection : thread.members(Connection.class)) {
        if (!mine.test(connection)) {
          continue;
        }
        count++;
        if (!destroying) {
          connection.endIfIdle(evenIfNeverQuiet);
        } else if (!connection.isOver()) {
          destroyed = true;
          connection.destroy(null);
        }
      }
      left.set(index, count);
      completeIfDone();
      if (result.isDone()) {
        thread.leave(this);
      } else {
        next = thread.schedule(this::look, LOOK_MILLIS);
      }
    }
  }
}
