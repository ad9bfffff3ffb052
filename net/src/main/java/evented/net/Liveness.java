package evented.net;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive while handles are open (semantics O7).
 *
 * <p>The loop threads are daemons. While at least one handle is active and referenced, a thread
 * that is none sleeps; when the last handle is gone that thread ends, and with it the program, if
 * the application has no other thread.
 */
final class Liveness {
  private static final Object LOCK = new Object();
  private static int open;
  private static @Nullable Thread keeper;

  private Liveness() {}

  private static void change(int by) {
    synchronized (LOCK) {
      open += by;
      if (open > 0 && keeper == null) {
        Thread thread = new Thread(Liveness::keep, "evented-keep-alive");
        thread.setDaemon(false); // also when a daemon thread opens the first handle
        keeper = thread;
        thread.start();
      } else if (open == 0) {
        LOCK.notifyAll();
      }
    }
  }

  private static void keep() {
    synchronized (LOCK) {
      while (open > 0) {
        try {
          LOCK.wait();
        } catch (InterruptedException ignored) {
          // Nobody has a reason to interrupt this thread; the count decides.
        }
      }
      keeper = null;
    }
  }

  /** One server's, stream's or timer's part in the count; any thread. */
  static final class Handle {
    private boolean active;
    private boolean referenced = true;

    /** The server listens, the stream opens, the timer runs. */
    synchronized void activate() {
      if (!active) {
        active = true;
        if (referenced) {
          change(+1);
        }
      }
    }

    /** It has closed. */
    synchronized void deactivate() {
      if (active) {
        active = false;
        if (referenced) {
          change(-1);
        }
      }
    }

    /** What {@code ref} and {@code unref} do. */
    synchronized void reference(boolean on) {
      if (referenced != on) {
        referenced = on;
        if (active) {
          change(on ? +1 : -1);
        }
      }
    }
  }
}
