package evented.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the kernel of a {@link FakeNetwork} holds of one direction of a connection. */
final class FakePipe {
  private byte[] bytes = new byte[64];
  private int from;
  private int to;

  /** How many bytes it holds before it refuses more. */
  int capacity = Integer.MAX_VALUE;

  /** How many bytes one write puts of those that it could; fewer are a short write. */
  IntUnaryOperator grantWrite = IntUnaryOperator.identity();

  /** How many bytes one read takes of those that it could; none are a wake-up in vain. */
  IntUnaryOperator grantRead = IntUnaryOperator.identity();

  /** The writer has sent FIN behind its bytes. */
  boolean fin;

  /** What reading fails with, once, after the bytes; null if it does not fail. */
  @Nullable ErrorCode readFailure;

  /** What writing fails with, from now on; null if it does not fail. */
  @Nullable ErrorCode writeFailure;

  int size() {
    return to - from;
  }

  private int room() {
    return Math.max(capacity - size(), 0);
  }

  boolean isReadable() {
    return size() > 0 || fin || readFailure != null;
  }

  boolean isWritable() {
    return room() > 0 || writeFailure != null;
  }

  /** Takes as many bytes as there is room for and says how many those were. */
  int put(ByteBuffer source) {
    int count = grantWrite.applyAsInt(Math.min(source.remaining(), room()));
    makeSpace(count);
    source.get(bytes, to, count);
    to += count;
    return count;
  }

  private void makeSpace(int count) {
    if (to + count > bytes.length) {
      byte[] larger = new byte[2 * (size() + count)];
      System.arraycopy(bytes, from, larger, 0, size());
      to -= from;
      from = 0;
      bytes = larger;
    }
  }

  /** Moves as many bytes as {@code target} has room for and says how many those were. */
  int take(ByteBuffer target) {
    int count = grantRead.applyAsInt(Math.min(target.remaining(), size()));
    target.put(bytes, from, count);
    from += count;
    return count;
  }

  /** Removes all bytes. */
  byte[] takeAll() {
    byte[] all = Arrays.copyOfRange(bytes, from, to);
    from = to;
    return all;
  }
}
