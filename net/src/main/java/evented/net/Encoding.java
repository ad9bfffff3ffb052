package evented.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * How text becomes bytes on the wire, and bytes become text: the encodings of {@code setEncoding}
 * and {@code write}, which mean what they mean in Node.
 *
 * <p>{@link #HEX} and {@link #BASE64} work the other way round: there the text is a notation for
 * arbitrary bytes, so writing text that is no such notation throws, and reading never fails.
 */
public enum Encoding {
  /**
   * Seven bits a character. Writing sends the low 8 bits of each character, as in Node; reading
   * clears the high bit of each byte.
   */
  ASCII {
    @Override
    byte[] encode(String text) {
      return lowBytes(text);
    }

    @Override
    String decode(byte[] bytes, int from, int to) {
      for (int i = from; i < to; i++) {
        if (bytes[i] < 0) {
          return clearHighBits(bytes, from, to);
        }
      }
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
  },

  /**
   * UTF-8. Reading gives U+FFFD for what is malformed; writing gives {@code ?} for half a surrogate
   * pair, both as {@link String} does.
   */
  UTF8 {
    @Override
    byte[] encode(String text) {
      return text.getBytes(StandardCharsets.UTF_8); // for ASCII text one intrinsic copy
    }

    @Override
    String decode(byte[] bytes, int from, int to) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    int incompleteTail(byte[] bytes, int from, int to) {
      for (int i = to - 1; i >= from && i >= to - 3; i--) {
        if ((bytes[i] & 0xC0) != 0x80) { // no continuation byte: ASCII, or it leads a character
          return to - i < utf8Length(bytes[i]) ? to - i : 0;
        }
      }
      return 0;
    }
  },

  /**
   * Base64 (RFC 4648). Reading gives the standard alphabet, with padding. Writing takes the
   * standard and the URL-safe alphabet, with or without padding, and ignores white space.
   */
  BASE64 {
    @Override
    byte[] encode(String text) {
      return BinaryText.fromBase64(text);
    }

    @Override
    String decode(byte[] bytes, int from, int to) {
      return BinaryText.toBase64(bytes, from, to);
    }

    @Override
    int incompleteTail(byte[] bytes, int from, int to) {
      return (to - from) % 3;
    }
  },

  /** ISO 8859-1, also called {@code binary}: one byte a character, writing sends the low 8 bits. */
  LATIN1 {
    @Override
    byte[] encode(String text) {
      return lowBytes(text);
    }

    @Override
    String decode(byte[] bytes, int from, int to) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
  },

  /** Two hexadecimal digits a byte: lower case when read, either case when written. */
  HEX {
    @Override
    byte[] encode(String text) {
      return BinaryText.fromHex(text);
    }

    @Override
    String decode(byte[] bytes, int from, int to) {
      return BinaryText.toHex(bytes, from, to);
    }
  },

  /**
   * UTF-16, little-endian, without a byte order mark. The 16-bit units of the text are sent and
   * received as they are, even half a surrogate pair; an odd last byte is dropped, as in Node.
   */
  UTF16LE {
    @Override
    byte[] encode(String text) {
      var bytes = ByteBuffer.allocate(Math.multiplyExact(text.length(), 2));
      bytes.order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().put(text);
      return bytes.array();
    }

    @Override
    String decode(byte[] bytes, int from, int to) {
      return ByteBuffer.wrap(bytes, from, to - from)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asCharBuffer()
          .toString();
    }

    @Override
    int incompleteTail(byte[] bytes, int from, int to) {
      int odd = (to - from) & 1;
      int lastUnit = to - odd - 2;
      boolean halfPair = lastUnit >= from && (bytes[lastUnit + 1] & 0xFC) == 0xD8;
      return halfPair ? odd + 2 : odd;
    }
  };

  private static final String KNOWN = "ascii, utf8, base64, latin1 or binary, hex, utf16le or ucs2";

  /**
   * Returns the encoding of that name: {@code ascii}, {@code utf8}, {@code base64}, {@code latin1}
   * or {@code binary}, {@code hex}, {@code utf16le} or {@code ucs2}, in any case, with and without
   * dashes.
   *
   * @param name the name
   * @return the encoding
   * @throws IllegalArgumentException if there is no such encoding; the message names the known ones
   * @throws NullPointerException if {@code name} is null
   */
  public static Encoding of(String name) {
    Objects.requireNonNull(name, "The name of an encoding must not be null");
    return switch (name.toLowerCase(Locale.ROOT).replace("-", "")) {
      case "ascii" -> ASCII;
      case "utf8" -> UTF8;
      case "base64" -> BASE64;
      case "latin1", "binary" -> LATIN1;
      case "hex" -> HEX;
      case "utf16le", "ucs2" -> UTF16LE;
      default ->
          throw new IllegalArgumentException(
              "Unknown encoding: " + name + " (known: " + KNOWN + ")");
    };
  }

  /**
   * Encodes text for which no encoding was named (semantics W4). ASCII text is a plain copy, and so
   * is its UTF-8 form; other text goes out as UTF-8, never mangled.
   */
  static byte[] encodeDefault(String text) {
    return UTF8.encode(text);
  }

  /**
   * Returns the bytes of {@code text}, in an array of their own.
   *
   * @throws IllegalArgumentException for {@link #HEX} and {@link #BASE64}, if the text is malformed
   */
  abstract byte[] encode(String text);

  /** Returns the text of {@code bytes[from]} up to {@code bytes[to - 1]}; never fails. */
  abstract String decode(byte[] bytes, int from, int to);

  /**
   * Returns how many of the last bytes may be the beginning of a character (or of a base64 group)
   * whose rest is still to come: 0 to 3. Without these bytes, decoding this part and the next one
   * apart gives the same text as decoding them together. See {@link TextDecoder}.
   */
  int incompleteTail(byte[] bytes, int from, int to) {
    return 0;
  }

  /** The low 8 bits of each character. */
  @SuppressWarnings("deprecation") // deprecated for what is wanted here: it drops the high bits
  private static byte[] lowBytes(String text) {
    var bytes = new byte[text.length()];
    text.getBytes(0, text.length(), bytes, 0);
    return bytes;
  }

  private static String clearHighBits(byte[] bytes, int from, int to) {
    var cleared = new byte[to - from];
    for (int i = from; i < to; i++) {
      cleared[i - from] = (byte) (bytes[i] & 0x7F);
    }
    return new String(cleared, StandardCharsets.ISO_8859_1);
  }

  /** The length in bytes of the UTF-8 character that {@code lead} begins; 1 if it begins none. */
  private static int utf8Length(byte lead) {
    int b = lead & 0xFF;
    if (b < 0xC2 || b > 0xF4) {
      return 1;
    }
    return b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
  }
}
