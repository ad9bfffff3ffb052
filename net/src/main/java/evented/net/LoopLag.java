package evented.net;

import java.util.concurrent.TimeUnit;

/**
 * How long a loop thread is busy between two polls, while which its other sockets and timers wait.
 * Only that thread counts; any thread reads.
 */
final class LoopLag {
  /** From how many nanoseconds on the loop counts as stalled. */
  static final long STALLED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

  private volatile long max;
  private volatile long present; // of the present window
  private volatile long former; // of the one before
  private volatile long windowStart;

  LoopLag(long now) {
    windowStart = now;
  }

  /** The thread was busy for so long, until {@code now}. */
  void add(long nanos, long now) {
    if (now - windowStart >= WINDOW_NANOS) {
      former = now - windowStart < 2 * WINDOW_NANOS ? present : 0;
      present = 0;
      windowStart = now;
    }
    if (nanos > present) {
      present = nanos;
      if (nanos > max) {
        max = nanos;
      }
    }
  }

  long max() {
    return max;
  }

  /** The longest of the last one to two windows; 0 if nothing has happened for longer. */
  long recent(long now) {
    long age = now - windowStart;
    return age < WINDOW_NANOS ? Math.max(present, former) : age < 2 * WINDOW_NANOS ? present : 0;
  }
}
