package evented.net.js;

import evented.net.Loop;
import evented.net.Timer;
import java.util.Objects;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** What timers.js asks for: one timer of the loop, which wakes all of the script's. */
final class TimerBinding {
  private final Script script;
  private final Loop loop;
  private @Nullable Value nextTimer;
  private @Nullable Value nextImmediate;

  TimerBinding(Script script, Loop loop) {
    this.script = script;
    this.loop = loop;
  }

  void addTo(Binding binding) {
    WakeUp wakeUp = new WakeUp();
    binding.addVoid(
        "timersLoaded",
        a -> {
          nextTimer = a[0];
          nextImmediate = a[1];
        });
    binding.addVoid("wakeTimers", a -> wakeUp.set(a[0].asLong()));
    binding.addVoid("wakeImmediates", a -> loop.execute(() -> callAll(nextImmediate)));
    binding.addVoid("hold", a -> script.countActive(a[0].asBoolean() ? +1 : -1));
  }

  /** Each of those that are due, by a call of its own, after which promises run. */
  private void callAll(@Nullable Value next) {
    boolean more = true;
    while (more) {
      more = script.callNext(Objects.requireNonNull(next));
    }
  }

  /** The timer of the loop: what it wakes keeps the script going, or does not. */
  private final class WakeUp extends Handle {
    private @Nullable Timer timer;

    WakeUp() {
      super(script);
      reference(false);
    }

    void set(long millis) {
      if (timer != null) {
        timer.cancel();
      }
      activate();
      timer = loop.setTimeout(millis, () -> callAll(nextTimer)).unref();
    }

    @Override
    void release() {
      if (timer != null) {
        timer.cancel();
      }
      deactivate();
    }
  }
}
