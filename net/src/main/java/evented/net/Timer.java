package evented.net;

import org.jspecify.annotations.Nullable;

/**
 * A timer of a {@link Loop}. While it runs it keeps the program alive, unless {@link #unref} says
 * otherwise. All methods may be called from any thread.
 */
public final class Timer {
  private final LoopThread thread;
  private final long millis;
  private final boolean repeats;
  private final Runnable listener;
  private final Liveness.Handle handle = new Liveness.Handle();

  private final LoopThread.Member member =
      new LoopThread.Member() {
        @Override
        void loopCloses() {
          cancel();
        }
      };
  private volatile boolean cancelled;
  private TimerQueue.@Nullable Entry entry; // loop thread

  Timer(LoopThread thread, long millis, boolean repeats, Runnable listener) {
    this.thread = thread;
    this.millis = millis;
    this.repeats = repeats;
    this.listener = listener;
  }

  Timer start() {
    handle.activate();
    thread.run(
        () -> {
          thread.join(member);
          schedule();
        });
    return this;
  }

  private void schedule() {
    if (!cancelled) {
      entry = thread.schedule(this::fire, millis);
    }
  }

  private void fire() {
    entry = null;
    if (cancelled) {
      return;
    }
    if (repeats) {
      schedule();
    }
    thread.call(listener);
    if (!repeats) {
      stop();
    }
  }

  private void stop() {
    handle.deactivate();
    if (entry != null) {
      thread.timers().cancel(entry);
      entry = null;
    }
    thread.leave(member);
  }

  /**
   * Stops the timer: called on the loop, its listener does not run again. Harmless when repeated.
   */
  public void cancel() {
    cancelled = true;
    handle.deactivate();
    thread.run(this::stop);
  }

  /**
   * Lets the running timer keep the program alive, as it does at first.
   *
   * @return this
   */
  public Timer ref() {
    handle.reference(true);
    return this;
  }

  /**
   * Lets the program end although this timer runs.
   *
   * @return this
   */
  public Timer unref() {
    handle.reference(false);
    return this;
  }
}
