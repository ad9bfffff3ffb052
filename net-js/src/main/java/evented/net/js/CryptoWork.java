package evented.net.js;

import java.util.concurrent.Callable;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** Work that a script wants done at once, or on another thread. */
final class CryptoWork {
  private CryptoWork() {}

  /**
   * Does it.
   *
   * @param callback who gets the result later, as {@link Work} gives it; null to have it now
   * @return the result, if it is wanted now
   */
  static @Nullable Object run(
      Script script, Value callback, Callable<? extends @Nullable Object> task) throws Exception {
    if (!callback.isNull()) {
      Work.start(script, callback, task);
      return null;
    }
    Object result = task.call();
    return result instanceof byte[] bytes ? script.bytes().toScript(bytes) : result;
  }
}
