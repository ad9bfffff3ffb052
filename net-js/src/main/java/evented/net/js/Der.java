package evented.net.js;

import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One value in the distinguished encoding of ASN.1 (X.690). It serves to say of a certificate what
 * the JDK has no words for; what it reads, the JDK has checked before.
 */
final class Der {
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  private static final int UTF8_STRING = 0x0c;
  private static final int BMP_STRING = 0x1e;
  private static final int UNIVERSAL_STRING = 0x1c;

  final int tag;
  private final byte[] bytes;
  private final int from;
  private final int start;
  private final int end;

  private Der(byte[] bytes, int from, int start, int end) {
    this.bytes = bytes;
    this.tag = bytes[from] & 0xff;
    this.from = from;
    this.start = start;
    this.end = end;
  }

  /**
   * Reads the first value of {@code bytes}.
   *
   * @throws IllegalArgumentException if it is cut short
   */
  static Der of(byte[] bytes) {
    return read(bytes, 0, bytes.length);
  }

  private static Der read(byte[] bytes, int at, int limit) {
    if (at + 2 > limit) {
      throw new IllegalArgumentException("a value in DER is cut short");
    }
    int length = bytes[at + 1] & 0xff;
    int start = at + 2;
    if (length > 0x80) {
      int count = length & 0x7f;
      length = 0;
      for (int i = 0; i < count && start < limit; i++) {
        length = (length << 8) | (bytes[start++] & 0xff);
      }
    }
    if (length < 0 || length > limit - start) {
      throw new IllegalArgumentException("a value in DER is cut short");
    }
    return new Der(bytes, at, start, start + length);
  }

  /** The values that this one is made of. */
  List<Der> children() {
    List<Der> children = new ArrayList<>();
    int at = start;
    while (at < end) {
      Der child = read(bytes, at, end);
      children.add(child);
      at = child.end;
    }
    return children;
  }

  /** All of it, with its tag and length. */
  byte[] encoded() {
    return Arrays.copyOfRange(bytes, from, end);
  }

  /** The value itself, without its tag and length. */
  byte[] content() {
    return Arrays.copyOfRange(bytes, start, end);
  }

  /** The number of an object identifier, such as {@code 2.5.4.3}. */
  String oid() {
    StringBuilder dotted = new StringBuilder();
    BigInteger part = BigInteger.ZERO;
    for (int i = start; i < end; i++) {
      part = part.shiftLeft(7).or(BigInteger.valueOf(bytes[i] & 0x7f));
      if ((bytes[i] & 0x80) == 0) {
        if (dotted.length() == 0) {
          int first = Math.min(2, part.intValue() / 40);
          dotted.append(first).append('.').append(part.subtract(BigInteger.valueOf(40L * first)));
        } else {
          dotted.append('.').append(part);
        }
        part = BigInteger.ZERO;
      }
    }
    return dotted.toString();
  }

  /** The text of a string, of whichever kind. */
  String text() {
    return switch (tag) {
      case UTF8_STRING -> new String(content(), StandardCharsets.UTF_8);
      case BMP_STRING -> new String(content(), StandardCharsets.UTF_16BE);
      case UNIVERSAL_STRING -> new String(content(), Charset.forName("UTF-32BE"));
      default -> new String(content(), StandardCharsets.ISO_8859_1);
    };
  }
}
