package evented.net.js;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.jspecify.annotations.Nullable;

/**
 * The way of a {@link Host} to its end: stopping has begun, the context is closed, the loop has let
 * go of all handles. From any thread.
 */
final class HostEnding {
  private static final long LIMIT_SECONDS = 5;

  private final @Nullable Context context;
  private final AtomicBoolean begun = new AtomicBoolean();
  private final CompletableFuture<Void> loopLeft = new CompletableFuture<>();

  /**
   * Makes one.
   *
   * @param context what to close; null if it is not the host's own
   */
  HostEnding(@Nullable Context context) {
    this.context = context;
  }

  /** Marks the host as stopped; true for the first who does. */
  boolean begin() {
    return begun.compareAndSet(false, true);
  }

  boolean hasBegun() {
    return begun.get();
  }

  void checkRunning() {
    if (hasBegun()) {
      throw new IllegalStateException("the host has been stopped");
    }
  }

  /**
   * Closes the context, on a thread of its own: closing waits for what runs in the context, and
   * some of it cannot be interrupted.
   */
  void closeContext() {
    Context closing = context;
    if (closing != null) {
      Thread closer = new Thread(() -> close(closing), "evented-js-closer");
      closer.setDaemon(true);
      closer.start();
    }
  }

  private static void close(Context context) {
    try {
      context.close(true);
    } catch (PolyglotException | IllegalStateException e) {
      // The loop's own attempt, which follows, settles it.
    }
  }

  /** Closes the context on the loop, whose script may still be active. */
  void closeOnLoop() {
    Context closing = context;
    if (closing != null) {
      closing.close(true);
    }
  }

  /** The loop holds nothing of the script any more. */
  void loopLeft() {
    loopLeft.complete(null);
  }

  /** Waits until the loop has left the script. */
  void await() {
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    try {
      while (true) {
        try {
          loopLeft.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
          return;
        } catch (InterruptedException e) {
          interrupted = true; // told to the caller when the script has ended
        } catch (TimeoutException e) {
          throw new IllegalStateException(
              LIMIT_SECONDS
                  + " seconds after the script was to stop, the loop is still held up by an operation"
                  + " that cannot be interrupted; the script ends when that returns",
              e);
        } catch (ExecutionException e) {
          throw new AssertionError(e); // it is never completed with a failure
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
