package evented.net.js;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/**
 * Work off the loop whose result a callback gets: callback(error, result). Bytes are handed over as
 * {@link Bytes#toScript} does it.
 */
final class Work extends Handle {
  private static final ExecutorService HELPERS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "evented-js-helper");
            thread.setDaemon(true);
            return thread;
          });

  private final Value callback;
  private final @Nullable Value context;

  private Work(Script script, Value callback) {
    super(script);
    this.callback = callback;
    this.context = script.captureContext();
  }

  static void start(Script script, Value callback, Callable<? extends @Nullable Object> task) {
    Work work = new Work(script, callback);
    work.activate();
    HELPERS.execute(() -> work.run(task));
  }

  private void run(Callable<? extends @Nullable Object> task) {
    try {
      Object result = task.call();
      script().loop().execute(() -> finish(null, result));
    } catch (Exception failure) {
      script().loop().execute(() -> finish(failure, null));
    }
  }

  private void finish(@Nullable Exception failure, @Nullable Object result) {
    deactivate();
    if (!script().isStopped()) {
      Object given = result instanceof byte[] bytes ? script().bytes().toScript(bytes) : result;
      script().callIn(context, callback, failure == null ? null : script().error(failure), given);
    }
  }

  @Override
  String kind() {
    return "FSReqCallback";
  }

  @Override
  void release() {
    deactivate();
  }
}
