package evented.net.js;

import evented.net.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/** Carries bytes between Java and JavaScript, with one copy each way. */
final class Bytes {
  private static final String PROBE =
      "(function (bytes) { try { return new ArrayBuffer(bytes).byteLength === 1 } catch (e) {"
          + " return false } })";

  private final Value newArrayBuffer;

  /** Whether JavaScript may see a ByteBuffer; a context that is not ours may forbid it. */
  private final boolean shared;

  Bytes(Context context) {
    boolean shared;
    try {
      shared = context.eval("js", PROBE).execute(ByteBuffer.wrap(new byte[1])).asBoolean();
    } catch (PolyglotException e) {
      shared = false;
    }
    this.shared = shared;
    newArrayBuffer = context.eval("js", "(function (size) { return new ArrayBuffer(size) })");
  }

  /** Whether {@link #toScript} gives a ByteBuffer, and else an ArrayBuffer. */
  boolean areShared() {
    return shared;
  }

  /** What {@code new ArrayBuffer(…)} takes, or an ArrayBuffer. */
  Object toScript(Buffer bytes) {
    return toScript(bytes.toByteArray());
  }

  /** As {@link #toScript(Buffer)}; the array is given away. */
  Object toScript(byte[] bytes) {
    return shared ? ByteBuffer.wrap(bytes) : copied(bytes);
  }

  private Value copied(byte[] bytes) {
    Value buffer = newArrayBuffer.execute(bytes.length);
    ByteBuffer source = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      buffer.writeBufferLong(ByteOrder.LITTLE_ENDIAN, at, source.getLong(at));
    }
    for (; at < bytes.length; at++) {
      buffer.writeBufferByte(at, bytes[at]);
    }
    return buffer;
  }

  /** Copies the bytes of a view on an ArrayBuffer: its buffer, its offset, its length. */
  static byte[] fromScript(Value[] arguments, int at) {
    checkView(arguments, at);
    Value buffer = arguments[at];
    int offset = arguments[at + 1].asInt();
    byte[] bytes = new byte[arguments[at + 2].asInt()];
    if (bytes.length > 0) {
      buffer.readBuffer(offset, bytes, 0, bytes.length);
    }
    return bytes;
  }

  /**
   * Checks that a view lies within its buffer. A script can say otherwise, since it may redefine
   * {@code byteLength}, and memory is not to be taken on its word.
   */
  static void checkView(Value[] arguments, int at) {
    Objects.checkFromIndexSize(
        arguments[at + 1].asLong(), arguments[at + 2].asLong(), arguments[at].getBufferSize());
  }
}
