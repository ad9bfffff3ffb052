package evented.net;

import java.util.Arrays;

/** What the kernel holds of one direction of a {@link FakeTransport}'s connection. */
final class FakePipe {
  private byte[] bytes = new byte[64];
  private int from;
  private int to;

  /** How many bytes it holds before it refuses more. */
  int capacity = Integer.MAX_VALUE;

  /** The writer has sent FIN behind its bytes. */
  boolean fin;

  /** The connection was reset, or its reader has gone. */
  boolean reset;

  int size() {
    return to - from;
  }

  /** Takes as many bytes as there is room for and says how many those were. */
  int put(byte[] source, int start, int end) {
    int count = Math.min(end - start, capacity - size());
    if (count <= 0) {
      return 0;
    }
    if (to + count > bytes.length) {
      byte[] room = new byte[2 * (size() + count)];
      System.arraycopy(bytes, from, room, 0, size());
      to -= from;
      from = 0;
      bytes = room;
    }
    System.arraycopy(source, start, bytes, to, count);
    to += count;
    return count;
  }

  /** Removes up to {@code limit} bytes from the front. */
  byte[] take(int limit) {
    int count = Math.min(limit, size());
    byte[] taken = Arrays.copyOfRange(bytes, from, from + count);
    from += count;
    return taken;
  }
}
