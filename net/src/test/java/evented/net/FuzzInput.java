package evented.net;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes that a fuzzer gives, taken one part after another; zeros follow the last. */
final class FuzzInput {
  private final byte[] bytes;
  private int at;

  FuzzInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** From 0 to {@code count - 1}. */
  int choice(int count) {
    return at < bytes.length ? (bytes[at++] & 0xff) % count : 0;
  }

  byte[] rest() {
    byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
    at = bytes.length;
    return rest;
  }

  /** Any string at all, half a surrogate pair too: two bytes a character, or one. */
  String restAsText() {
    boolean wide = choice(2) == 1;
    return new String(rest(), wide ? StandardCharsets.UTF_16BE : StandardCharsets.ISO_8859_1);
  }
}
