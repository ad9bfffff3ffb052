package evented.net.js;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/**
 * The functions that Java lends to the JavaScript of this module, and to no one else.
 *
 * <p>They are proxies, which work whatever access to Java the context allows, so no reflection is
 * ever open to a script. What one throws becomes an Error in JavaScript.
 */
final class Binding {
  private final Value object;
  private final Errors errors;

  Binding(Context context, Errors errors) {
    this.object = context.eval("js", "({ __proto__: null })");
    this.errors = errors;
  }

  Value object() {
    return object;
  }

  void add(String name, Function function) {
    ProxyExecutable proxy =
        arguments -> {
          try {
            return function.call(arguments);
          } catch (PolyglotException e) {
            throw e; // of JavaScript that this function has called
          } catch (Exception e) {
            throw errors.raise(e);
          } catch (OutOfMemoryError e) {
            // As much as the script has asked for at once: nothing of it was made.
            throw errors.raise(new IllegalStateException("there is not enough memory for that", e));
          }
        };
    object.putMember(name, proxy);
  }

  void addVoid(String name, VoidFunction function) {
    add(
        name,
        arguments -> {
          function.call(arguments);
          return null;
        });
  }

  /** A function that gives nothing back. */
  @FunctionalInterface
  interface VoidFunction {
    void call(Value[] arguments) throws Exception;
  }

  /** How Java's exceptions become JavaScript's. */
  @FunctionalInterface
  interface Errors {
    /** Throws the Error for {@code exception} in JavaScript. */
    RuntimeException raise(Exception exception);
  }
}
