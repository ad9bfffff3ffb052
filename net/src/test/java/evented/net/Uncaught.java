package evented.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What reaches the uncaught-exception handlers of a loop's threads, instead of standard error. */
final class Uncaught {
  private final List<Throwable> thrown = new CopyOnWriteArrayList<>();

  /** Installs itself on the loop's thread, for as long as that lives. */
  static Uncaught on(TestNet net) {
    Uncaught uncaught = new Uncaught();
    net.onLoop(
        () -> {
          uncaught.installOnThisThread();
          return true;
        });
    return uncaught;
  }

  void installOnThisThread() {
    Thread.currentThread().setUncaughtExceptionHandler((thread, e) -> thrown.add(e));
  }

  /** Waits until there are {@code count} and gives them. */
  List<Throwable> await(int count) {
    Await.until(count + " uncaught exceptions", () -> thrown.size() >= count);
    return List.copyOf(thrown);
  }
}
