package evented.net;

/** Bytes that are numbered through, so that a count says which they are. */
final class NumberedBytes {
  private NumberedBytes() {}

  static byte[] of(long from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }

  /** Fails unless {@code bytes} are those from {@code from} on. */
  static void check(byte[] bytes, int length, long from) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] != (byte) (from + i)) {
        throw new AssertionError("byte " + (from + i) + " is out of place");
      }
    }
  }
}
