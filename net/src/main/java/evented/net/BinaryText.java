package evented.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The two notations of arbitrary bytes as text, hexadecimal and base64 (RFC 4648), behind {@link
 * Encoding#HEX} and {@link Encoding#BASE64} (semantics R3).
 *
 * <p>The JDK's own parsers are not used: they do not say where the text is wrong, and its base64
 * knows either alphabet, but not both.
 */
final class BinaryText {
  private static final byte INVALID = -1;
  private static final byte BLANK = -2;

  /** What a character below 128 is worth in base64: its 6 bits, {@link #BLANK} or INVALID. */
  private static final byte[] BASE64_VALUES = base64Values();

  private BinaryText() {}

  /** Returns two lower-case digits for each byte. */
  static String toHex(byte[] bytes, int from, int to) {
    return HexFormat.of().formatHex(bytes, from, to);
  }

  /**
   * Returns the bytes that {@code text} spells, two digits of either case for each.
   *
   * @throws IllegalArgumentException on an odd length or another character; it names the position
   */
  static byte[] fromHex(String text) {
    var bytes = new byte[text.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (hexDigit(text, 2 * i) << 4 | hexDigit(text, 2 * i + 1));
    }
    if (text.length() % 2 != 0) {
      hexDigit(text, text.length() - 1); // a character that is no digit is the plainer reason
      throw new IllegalArgumentException(
          "Invalid hex: the digit at position " + (text.length() - 1) + " has no partner");
    }
    return bytes;
  }

  private static int hexDigit(String text, int position) {
    char c = text.charAt(position);
    if (!HexFormat.isHexDigit(c)) {
      throw invalid("hex", c, position);
    }
    return HexFormat.fromHexDigit(c);
  }

  /** Returns the bytes in the standard alphabet, with padding. */
  static String toBase64(byte[] bytes, int from, int to) {
    ByteBuffer encoded = Base64.getEncoder().encode(ByteBuffer.wrap(bytes, from, to - from));
    return new String(encoded.array(), 0, encoded.limit(), StandardCharsets.ISO_8859_1);
  }

  /**
   * Returns the bytes that {@code text} spells in the standard or the URL-safe alphabet. White
   * space counts for nothing. Padding may be left out, but what is there must be all that belongs
   * there.
   *
   * @throws IllegalArgumentException on anything else; it names the character and its position
   */
  static byte[] fromBase64(String text) {
    var bytes = new byte[(int) (text.length() * 3L / 4)];
    int length = 0;
    int digits = 0;
    int bits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = c < 128 ? BASE64_VALUES[c] : INVALID;
      if (value == BLANK) {
        continue;
      }
      if (value == INVALID) {
        if (c == '=' && isPadding(text, i, digits % 4)) {
          break;
        }
        throw invalid("base64", c, i);
      }
      bits = bits << 6 | value;
      if (digits++ % 4 != 0) { // every digit but the first of a group completes a byte
        bytes[length++] = (byte) (bits >> (6 - 2 * ((digits - 1) % 4)));
      }
    }
    if (digits % 4 == 1) {
      throw new IllegalArgumentException(
          "Invalid base64: the last character, at position "
              + lastDigit(text)
              + ", is half a byte");
    }
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /**
   * Whether all of {@code text} from {@code from} on is the padding of a group that has so far
   * {@code digits} digits.
   *
   * @throws IllegalArgumentException at a character after the padding that does not belong there
   */
  private static boolean isPadding(String text, int from, int digits) {
    int missing = digits < 2 ? 0 : 4 - digits;
    int found = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '=' && found < missing) {
        found++;
      } else if (c >= 128 || BASE64_VALUES[c] != BLANK) {
        throw invalid("base64", c, i);
      }
    }
    return found == missing;
  }

  private static int lastDigit(String text) {
    int i = text.length() - 1;
    while (BASE64_VALUES[text.charAt(i)] == BLANK) {
      i--;
    }
    return i;
  }

  private static IllegalArgumentException invalid(String notation, char c, int position) {
    String shown = c > ' ' && c < 127 ? "'" + c + "'" : String.format("U+%04X", (int) c);
    return new IllegalArgumentException(
        "Invalid " + notation + ": " + shown + " at position " + position);
  }

  private static byte[] base64Values() {
    var values = new byte[128];
    Arrays.fill(values, INVALID);
    for (char c : " \t\r\n\f\u000B".toCharArray()) {
      values[c] = BLANK;
    }
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    values['+'] = values['-'] = 62;
    values['/'] = values['_'] = 63;
    return values;
  }
}
