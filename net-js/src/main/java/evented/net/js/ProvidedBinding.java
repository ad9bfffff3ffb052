package evented.net.js;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.Proxy;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.jspecify.annotations.Nullable;

/** What provided.js asks for: the application's modules, and what becomes of Java's futures. */
final class ProvidedBinding {
  private final Script script;
  private final ProvidedModules provided;
  private final ModuleBinding modules;

  ProvidedBinding(Script script, ProvidedModules provided, ModuleBinding modules) {
    this.script = script;
    this.provided = provided;
    this.modules = modules;
  }

  void addTo(Binding binding) {
    binding.add("isProvided", a -> provided.has(a[0].asString()));
    binding.add("isProvidedSource", a -> provided.sourceOf(a[0].asString()) != null);
    binding.add("providedExports", a -> provided.exportsOf(a[0].asString()));
    binding.add("importProvided", a -> modules.importNow(a[0].asString()));
    binding.add("memoryName", a -> memoryName(a[0].asString()));
    binding.add("isForeign", a -> a[0].isHostObject() || a[0].isProxyObject());
    binding.add("memberNames", a -> ProxyArray.fromArray(a[0].getMemberKeys().toArray()));
    binding.add("isFuture", a -> future(a[0]) != null);
    binding.addVoid("whenComplete", a -> whenComplete(future(a[0]), a[1], a[2]));
  }

  /** The name of the module in memory that has a URL; null for that of a file. */
  private static @Nullable String memoryName(String url) {
    if (!url.startsWith("file:")) {
      return null;
    }
    Path path = Path.of(URI.create(url));
    return ProvidedModules.isInMemory(path) ? ProvidedModules.nameOf(path) : null;
  }

  private static @Nullable CompletionStage<?> future(Value value) {
    if (value.isProxyObject() && value.asProxyObject() instanceof Future given) {
      return given.stage();
    }
    return value.isHostObject() && value.asHostObject() instanceof CompletionStage<?> stage
        ? stage
        : null;
  }

  private void whenComplete(@Nullable CompletionStage<?> stage, Value resolve, Value reject) {
    if (stage == null) {
      throw new IllegalArgumentException("no future of Java's");
    }
    stage.whenComplete(
        (value, failure) -> {
          try {
            script.loop().execute(() -> settle(resolve, reject, value, failure));
          } catch (IllegalStateException closedLoop) {
            // Nobody waits any more.
          }
        });
  }

  private void settle(
      Value resolve, Value reject, @Nullable Object value, @Nullable Throwable failure) {
    if (script.isStopped()) {
      return;
    }
    if (failure == null) {
      script.call(resolve, value);
    } else {
      script.call(reject, thrown(failure));
    }
  }

  /** What a script is to catch for the failure of a future. */
  private Value thrown(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof PolyglotException thrown) {
      return script.thrownValue(thrown);
    }
    return script.error(
        cause instanceof Exception exception ? exception : new IllegalStateException(cause));
  }

  /** A future on its way into JavaScript, where no one can use it otherwise. */
  record Future(CompletionStage<?> stage) implements Proxy {}
}
