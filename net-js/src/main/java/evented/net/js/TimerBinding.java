package evented.net.js;

import evented.net.Loop;
import evented.net.Timer;
import org.graalvm.polyglot.Value;

/** What timers.js asks for: the timers of the loop. */
final class TimerBinding {
  private final Script script;
  private final Loop loop;

  TimerBinding(Script script, Loop loop) {
    this.script = script;
    this.loop = loop;
  }

  void addTo(Binding binding) {
    binding.add(
        "startTimer", a -> new TimerHandle(script, loop, a[0].asLong(), a[1].asBoolean(), a[2]));
    binding.addVoid("stopTimer", a -> timer(a).release());
    binding.addVoid("referenceTimer", a -> timer(a).reference(a[1].asBoolean()));
    binding.addVoid("holdImmediate", a -> script.countActive(a[0].asBoolean() ? +1 : -1));
    binding.addVoid(
        "wakeImmediates",
        a -> {
          Value run = a[0];
          loop.execute(() -> script.call(run));
        });
  }

  private static TimerHandle timer(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  /** A running timer. */
  private static final class TimerHandle extends Handle {
    private final Timer timer;

    TimerHandle(Script script, Loop loop, long millis, boolean repeats, Value listener) {
      super(script);
      Runnable fire =
          () -> {
            if (!repeats) {
              deactivate();
            }
            script.call(listener);
          };
      timer = repeats ? loop.setInterval(millis, fire) : loop.setTimeout(millis, fire);
      activate();
    }

    @Override
    void reference(boolean on) {
      super.reference(on);
      if (on) {
        timer.ref();
      } else {
        timer.unref();
      }
    }

    @Override
    void release() {
      timer.cancel();
      deactivate();
    }
  }
}
