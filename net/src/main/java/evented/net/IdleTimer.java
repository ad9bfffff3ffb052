package evented.net;

import org.jspecify.annotations.Nullable;

/**
 * Tells when nothing has moved on a stream for a while.
 *
 * <p>Activity only notes the time. One entry of the timers per stream waits until the stream could
 * be idle at the earliest, looks at that note, and waits again for what is left; so neither traffic
 * nor a hundred thousand timeouts cost a scan. Only on the loop thread.
 */
final class IdleTimer {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LoopThread thread;
  private final Runnable onTimeout;

  private long timeoutMillis; // 0: off
  private boolean started; // the stream is opening or open
  private long lastActivity; // nanoseconds
  private TimerQueue.@Nullable Entry entry;

  IdleTimer(LoopThread thread, Runnable onTimeout) {
    this.thread = thread;
    this.onTimeout = onTimeout;
  }

  /** Sets the timeout; it counts from now. */
  void set(long millis) {
    timeoutMillis = millis;
    cancel();
    if (started && millis > 0) {
      arm();
    }
  }

  /** The stream begins to open. */
  void start() {
    if (!started) {
      started = true;
      if (timeoutMillis > 0) {
        arm();
      }
    }
  }

  /** The stream has closed. */
  void stop() {
    started = false;
    cancel();
  }

  /** Something moved. */
  void touch() {
    if (timeoutMillis > 0) {
      lastActivity = thread.nanoTime();
    }
  }

  private void arm() {
    touch();
    await(timeoutMillis);
  }

  private void await(long millis) {
    entry = thread.schedule(this::check, millis);
  }

  private void check() {
    entry = null;
    // Not the present time: what has arrived since then has not been read yet.
    long judgedAt = thread.timers().judgedAt();
    long left = timeoutMillis * NANOS_PER_MILLI - (judgedAt - lastActivity);
    if (left > 0) {
      await(left / NANOS_PER_MILLI + 1);
      return;
    }
    arm();
    onTimeout.run();
  }

  private void cancel() {
    if (entry != null) {
      thread.timers().cancel(entry);
      entry = null;
    }
  }
}
