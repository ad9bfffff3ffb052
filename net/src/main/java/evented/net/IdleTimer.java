package evented.net;

import org.jspecify.annotations.Nullable;

/**
 * Tells when nothing has moved on a stream for a while (semantics R5).
 *
 * <p>Activity only notes the time. One task per stream sleeps until the stream could be idle at the
 * earliest, looks at that note, and sleeps again for what is left; so neither traffic nor a hundred
 * thousand timeouts cost a scan. Only on the loop thread.
 */
final class IdleTimer {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LoopThread thread;
  private final Stream stream;

  private long timeoutMillis; // 0: off
  private boolean started; // the stream is opening or open
  private long lastActivity; // nanoseconds
  private long progress; // of the outbox, when it was looked at last
  private LegacyTransport.@Nullable Scheduled task;

  IdleTimer(LoopThread thread, Stream stream) {
    this.thread = thread;
    this.stream = stream;
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
      lastActivity = thread.transport.nanoTime();
      progress = stream.progress();
    }
  }

  private void arm() {
    touch();
    sleep(timeoutMillis);
  }

  private void sleep(long millis) {
    task = thread.transport.schedule(this::check, millis);
  }

  private void check() {
    task = null;
    long now = thread.transport.nanoTime();
    long progressNow = stream.progress();
    if (progressNow != progress) {
      // The kernel has taken bytes of a write that it had refused; when is not known: count from
      // now.
      progress = progressNow;
      lastActivity = now;
    }
    long left = timeoutMillis * NANOS_PER_MILLI - (now - lastActivity);
    if (left > 0) {
      sleep(left / NANOS_PER_MILLI + 1);
      return;
    }
    lastActivity = now;
    sleep(timeoutMillis);
    stream.emitTimeout();
  }

  private void cancel() {
    if (task != null) {
      task.cancel();
      task = null;
    }
  }
}
