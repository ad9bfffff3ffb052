package evented.net.js;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** The modules that an application gives its scripts, by name: objects of Java, and texts. */
final class ProvidedModules {
  /** A folder that no one has, in which the texts are files for {@code import}. */
  private static final Path MEMORY = Path.of("/evented:memory").toAbsolutePath();

  /** A bare name: neither a path, nor a URL, nor one of a package's own. */
  private static final Pattern NAME =
      Pattern.compile("(?![./#])(?:(?!\\.{1,2}(?:/|$))[^/\\\\\"\\p{Cntrl}:?%#]+(?:/|$))+(?<!/)");

  private final Map<String, Object> exports = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();

  ProvidedModules copy() {
    ProvidedModules copy = new ProvidedModules();
    copy.exports.putAll(exports);
    copy.sources.putAll(sources);
    return copy;
  }

  void add(String name, Object exported) {
    check(name);
    exports.put(
        name, exported instanceof Map<?, ?> map ? ProxyObject.fromMap(named(map)) : exported);
  }

  private static Map<String, Object> named(Map<?, ?> map) {
    Map<String, Object> named = new HashMap<>();
    map.forEach((name, value) -> named.put(String.valueOf(name), value));
    return named;
  }

  void addSource(String name, String source) {
    check(name);
    sources.put(name, source);
  }

  private void check(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a module: " + name);
    }
    if (has(name)) {
      throw new IllegalArgumentException("there is a module " + name + " already");
    }
  }

  boolean has(String name) {
    return exports.containsKey(name) || sources.containsKey(name);
  }

  @Nullable Object exportsOf(String name) {
    return exports.get(name);
  }

  @Nullable String sourceOf(String name) {
    return sources.get(name);
  }

  // As import sees them.

  static boolean isInMemory(@Nullable Path path) {
    return path != null && path.startsWith(MEMORY);
  }

  static Path pathOf(String name) {
    return MEMORY.resolve(name);
  }

  static String nameOf(Path path) {
    return MEMORY.relativize(path).toString().replace('\\', '/');
  }
}
