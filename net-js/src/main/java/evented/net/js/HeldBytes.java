package evented.net.js;

import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.Proxy;

/** Bytes of a script as it hands them on to Java, copied once: without members. */
final class HeldBytes implements Proxy {
  private final byte[] bytes;

  /** Holds an array, which is given away. */
  HeldBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What was held before, or the UTF-8 of a text. */
  static byte[] of(Value value) {
    if (value.isString()) {
      return value.asString().getBytes(StandardCharsets.UTF_8);
    }
    return value.<HeldBytes>asProxyObject().bytes;
  }

  /** What JavaScript's own messages call it. */
  @Override
  public String toString() {
    return "[bytes]";
  }
}
