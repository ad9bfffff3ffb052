package evented.net.js;

import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** A function that Java lends to the JavaScript of this module. */
@FunctionalInterface
interface Function {
  /** What an argument that was not given reads as. */
  @Nullable Object call(Value[] arguments) throws Exception;
}
