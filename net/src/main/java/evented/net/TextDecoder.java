package evented.net;

import java.util.Arrays;

/**
 * Turns the chunks of one stream into text, behind {@code setEncoding} (semantics R3).
 *
 * <p>Characters, surrogate pairs and base64 groups that are split over chunks come out whole, with
 * the chunk that completes them. The texts of all chunks and of {@link #end()} together are exactly
 * what decoding all bytes at once gives, malformed input included, wherever the cuts lie.
 *
 * <p>That holds because the bytes kept back (three at most) always begin where a character begins,
 * and there UTF-8 may be cut: no malformed sequence ever swallows the first byte of a character. A
 * {@code CharsetDecoder} would do the same with two more buffers and a third copy.
 *
 * <p>For one thread; each stream has its own.
 */
final class TextDecoder {
  private static final byte[] NONE = {};

  private final Encoding encoding;

  /** The beginning of a character whose rest has not arrived; its length is 0 to 3 bytes. */
  private byte[] kept = NONE;

  TextDecoder(Encoding encoding) {
    this.encoding = encoding;
  }

  /** A decoder that goes on where {@code before}, of another encoding, has stopped. */
  TextDecoder(Encoding encoding, TextDecoder before) {
    this.encoding = encoding;
    this.kept = before.kept;
  }

  /** Whether the beginning of a character is kept back. */
  boolean hasRest() {
    return kept.length > 0;
  }

  /** Returns all text that is complete with {@code chunk}; {@code ""} if none is. */
  String decode(Buffer chunk) {
    byte[] bytes = chunk.array();
    int from = chunk.offset();
    int to = from + chunk.length();
    if (kept.length > 0) {
      bytes = prependKept(chunk);
      from = 0;
      to = bytes.length;
    }
    int tail = encoding.incompleteTail(bytes, from, to);
    kept = tail == 0 ? NONE : Arrays.copyOfRange(bytes, to - tail, to);
    return encoding.decode(bytes, from, to - tail);
  }

  /**
   * Returns the text of what was kept back, {@code ""} if nothing was: the last, shorter base64
   * group, or what the encoding makes of half a character. Afterwards the decoder is as new.
   */
  String end() {
    String rest = encoding.decode(kept, 0, kept.length);
    kept = NONE;
    return rest;
  }

  private byte[] prependKept(Buffer chunk) {
    byte[] joined = Arrays.copyOf(kept, kept.length + chunk.length());
    chunk.copyTo(0, joined, kept.length, chunk.length());
    return joined;
  }
}
