package evented.net.js;

import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** A function that Java lends to the JavaScript of this module. */
@FunctionalInterface
interface Function {
  /** Does what it is for; null becomes JavaScript's null. */
  @Nullable Object call(Value[] arguments) throws Exception;
}
