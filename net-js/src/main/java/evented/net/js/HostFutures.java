package evented.net.js;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/** The futures of a {@link Host} that wait for promises of its script. From any thread. */
final class HostFutures {
  private final Map<Object, CompletableFuture<Value>> waiting = new ConcurrentHashMap<>();

  CompletableFuture<Value> of(Host host, Value value) {
    CompletableFuture<Value> future = new CompletableFuture<>();
    Object key = new Object();
    waiting.put(key, future);
    var unused =
        host.run(
                () -> {
                  settle(host.current(), value, future);
                  return null;
                })
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    future.completeExceptionally(failure);
                  }
                });
    return future.whenComplete((result, failure) -> waiting.remove(key));
  }

  private static void settle(Script script, Value value, CompletableFuture<Value> future) {
    ProxyExecutable fulfilled = a -> future.complete(a[0]);
    ProxyExecutable rejected = a -> future.completeExceptionally(thrown(script, a[0]));
    script.inner("settle").executeVoid(value, fulfilled, rejected);
  }

  private static PolyglotException thrown(Script script, Value reason) {
    try {
      script.inner("rethrow").executeVoid(reason);
      throw new AssertionError("it throws");
    } catch (PolyglotException e) {
      return e;
    }
  }

  /** Nothing will settle any more. */
  void stop() {
    for (CompletableFuture<Value> future : List.copyOf(waiting.values())) {
      future.completeExceptionally(new IllegalStateException("the host has been stopped"));
    }
  }
}
