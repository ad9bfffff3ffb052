package evented.net;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable run of bytes: what {@code data} listeners receive and what streams write.
 *
 * <p>A {@code Buffer} owns its bytes. It may be kept for ever, shared between threads, and used as
 * a key; it never changes under its holder. Every factory that takes an array or a {@link
 * ByteBuffer} copies it, so the caller may reuse it at once.
 *
 * <p>{@link #slice(int, int) Slices} share the bytes of their parent and so keep all of them in
 * memory. To keep ten bytes of a large chunk for long, copy them: {@code Buffer.of(chunk.slice(0,
 * 10).toByteArray())}.
 */
public final class Buffer {
  private static final Buffer EMPTY = new Buffer(new byte[0], 0, 0);

  private final byte[] array;
  private final int offset;
  private final int length;

  private Buffer(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /**
   * Returns a buffer with a copy of an array.
   *
   * @param bytes what to copy
   * @return the buffer
   */
  public static Buffer of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /**
   * Returns a buffer with a copy of {@code bytes[from]} up to, but not including, {@code
   * bytes[to]}.
   *
   * @param bytes what to copy from
   * @param from the index of the first byte
   * @param to the index after the last byte
   * @return the buffer
   * @throws IndexOutOfBoundsException if the range does not lie within the array
   */
  public static Buffer of(byte[] bytes, int from, int to) {
    checkRange(from, to, bytes.length);
    return from == to ? EMPTY : owning(Arrays.copyOfRange(bytes, from, to));
  }

  /**
   * Returns a buffer with a copy of the remaining bytes of {@code bytes}, whose position and limit
   * stay as they are.
   *
   * @param bytes what to copy
   * @return the buffer
   */
  public static Buffer of(ByteBuffer bytes) {
    var copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return owning(copy);
  }

  /**
   * Returns the bytes that {@code write(text)} sends when no encoding is named: ASCII text as it
   * is, any other text as UTF-8.
   *
   * @param text the text
   * @return its bytes
   */
  public static Buffer of(String text) {
    return owning(Encoding.encodeDefault(text));
  }

  /**
   * Returns the bytes of a text in an encoding.
   *
   * @param text the text
   * @param encoding how it becomes bytes
   * @return its bytes
   * @throws IllegalArgumentException if {@code text} is not valid {@link Encoding#HEX} or {@link
   *     Encoding#BASE64}
   */
  public static Buffer of(String text, Encoding encoding) {
    return owning(encoding.encode(text));
  }

  /** Wraps {@code bytes} without a copy; the caller gives the array away for good. */
  static Buffer owning(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Buffer(bytes, 0, bytes.length);
  }

  /** Wraps a part of {@code bytes} without a copy; the caller never writes to that part again. */
  static Buffer owning(byte[] bytes, int from, int to) {
    checkRange(from, to, bytes.length);
    return from == to ? EMPTY : new Buffer(bytes, from, to - from);
  }

  /**
   * Returns a buffer with the bytes of all {@code parts}, one after another.
   *
   * @param parts what to join, none included
   * @return the buffer
   * @throws IllegalArgumentException if they are more than an array can hold (2 GiB)
   */
  public static Buffer concat(Buffer... parts) {
    return concat(List.of(parts));
  }

  /**
   * Returns a buffer with the bytes of all {@code parts}, one after another.
   *
   * @param parts what to join, none included
   * @return the buffer
   * @throws IllegalArgumentException if they are more than an array can hold (2 GiB)
   */
  public static Buffer concat(List<Buffer> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    long total = 0;
    for (Buffer part : parts) {
      total += part.length;
    }
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(total + " bytes are too many for one Buffer");
    }
    var joined = new byte[(int) total];
    int at = 0;
    for (Buffer part : parts) {
      System.arraycopy(part.array, part.offset, joined, at, part.length);
      at += part.length;
    }
    return owning(joined);
  }

  /**
   * Returns how long the buffer is.
   *
   * @return the number of bytes
   */
  public int length() {
    return length;
  }

  /**
   * Says whether there is no byte at all.
   *
   * @return whether {@link #length()} is 0
   */
  public boolean isEmpty() {
    return length == 0;
  }

  /**
   * Returns one byte.
   *
   * @param index which one, counted from 0
   * @return the byte, from -128 to 127
   * @throws IndexOutOfBoundsException if {@code index} is negative or not below {@link #length()}
   */
  public byte get(int index) {
    if (index < 0 || index >= length) {
      throw new IndexOutOfBoundsException("index " + index + " of a Buffer of " + bytes(length));
    }
    return array[offset + index];
  }

  /**
   * Returns the bytes from {@code from} up to, but not including, {@code to}. Nothing is copied.
   *
   * @param from the index of the first byte
   * @param to the index after the last byte
   * @return the part
   * @throws IndexOutOfBoundsException if the range does not lie within this buffer
   */
  public Buffer slice(int from, int to) {
    checkRange(from, to, length);
    return to - from == length ? this : owning(array, offset + from, offset + to);
  }

  /**
   * Returns the bytes from {@code from} to the end. Nothing is copied.
   *
   * @param from the index of the first byte
   * @return the part
   * @throws IndexOutOfBoundsException if {@code from} is negative or beyond the end
   */
  public Buffer slice(int from) {
    return slice(from, length);
  }

  /**
   * Finds the first byte that equals {@code value}.
   *
   * @param value what to look for
   * @return its index; -1 if there is none
   */
  public int indexOf(byte value) {
    return indexOf(value, 0);
  }

  /**
   * Finds the first byte that equals {@code value}, at {@code from} or after.
   *
   * @param value what to look for
   * @param from where to begin. Any number will do, as with {@link String#indexOf(int, int)}: a
   *     negative one counts as 0, and one beyond the end finds nothing.
   * @return its index; -1 if there is none
   */
  public int indexOf(byte value, int from) {
    for (int i = Math.max(from, 0); i < length; i++) {
      if (array[offset + i] == value) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the bytes as UTF-8 text, with U+FFFD for what is not valid UTF-8. */
  @Override
  public String toString() {
    return toString(Encoding.UTF8);
  }

  /**
   * Returns the bytes as text.
   *
   * @param encoding how they become text
   * @return the text
   */
  public String toString(Encoding encoding) {
    return encoding.decode(array, offset, offset + length);
  }

  /**
   * Copies the bytes into an array.
   *
   * @return a new array, which the caller may change
   */
  public byte[] toByteArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /**
   * Shows the bytes as a {@link ByteBuffer}. Nothing is copied.
   *
   * @return a read-only view, with position 0 and limit {@link #length()}
   */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
  }

  /**
   * Copies {@code count} bytes, from index {@code from} on, to {@code target[targetFrom]} and
   * after.
   *
   * @param from the index of the first byte to copy
   * @param target where the bytes go
   * @param targetFrom the index in {@code target} of the first of them
   * @param count how many to copy
   * @throws IndexOutOfBoundsException if either range does not fit; then nothing is copied
   */
  public void copyTo(int from, byte[] target, int targetFrom, int count) {
    Objects.checkFromIndexSize(from, count, length);
    Objects.checkFromIndexSize(targetFrom, count, target.length);
    System.arraycopy(array, offset + from, target, targetFrom, count);
  }

  /** Returns whether {@code other} is a buffer with the same bytes. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Buffer that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  /** Returns a hash of the bytes: the same for equal buffers, wherever their bytes lie. */
  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** The array in which the bytes lie, from {@link #offset()} on; never to be written to. */
  byte[] array() {
    return array;
  }

  /** The index of the first byte within {@link #array()}. */
  int offset() {
    return offset;
  }

  private static void checkRange(int from, int to, int length) {
    if (from < 0 || from > to || to > length) {
      throw new IndexOutOfBoundsException(
          "range from " + from + " to " + to + " of " + bytes(length));
    }
  }

  private static String bytes(int count) {
    return count == 1 ? "1 byte" : count + " bytes";
  }
}
