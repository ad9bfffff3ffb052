package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What holds for any bytes, cut anywhere, in any encoding; {@code -Pfuzz}, and {@link FuzzTest}.
 */
public final class TextFuzz {
  private TextFuzz() {}

  /** The entry point of a fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzInput in = new FuzzInput(input);
    Encoding encoding = Encoding.values()[in.choice(Encoding.values().length)];
    int step = 1 + in.choice(8);
    int skew = in.choice(8);
    byte[] bytes = in.rest();
    String whole = encoding.decode(bytes, 0, bytes.length);
    assertThat(whole).isEqualTo(decodedByTheJdk(encoding, bytes, whole));
    assertThat(decodedInParts(encoding, bytes, step, skew)).isEqualTo(whole);
    if (encoding == Encoding.HEX || encoding == Encoding.BASE64 || encoding == Encoding.LATIN1) {
      assertThat(encoding.encode(whole)).isEqualTo(bytes);
    }
  }

  private static String decodedByTheJdk(Encoding encoding, byte[] bytes, String otherwise) {
    return switch (encoding) {
      case ASCII -> {
        byte[] seven = bytes.clone();
        for (int i = 0; i < seven.length; i++) {
          seven[i] &= 0x7f;
        }
        yield new String(seven, StandardCharsets.US_ASCII);
      }
      case UTF8 -> new String(bytes, StandardCharsets.UTF_8);
      case BASE64 -> Base64.getEncoder().encodeToString(bytes);
      case LATIN1 -> new String(bytes, StandardCharsets.ISO_8859_1);
      case HEX -> HexFormat.of().formatHex(bytes);
      case UTF16LE -> {
        ByteBuffer even = ByteBuffer.wrap(bytes, 0, bytes.length & ~1);
        try {
          yield StandardCharsets.UTF_16LE.newDecoder().decode(even).toString();
        } catch (CharacterCodingException halfAPair) {
          // The JDK replaces what here stays as it is, so that no unit is lost.
          assertThat(Encoding.UTF16LE.encode(otherwise))
              .isEqualTo(Arrays.copyOf(bytes, bytes.length & ~1));
          yield otherwise;
        }
      }
    };
  }

  private static String decodedInParts(Encoding encoding, byte[] bytes, int step, int skew) {
    TextDecoder decoder = new TextDecoder(encoding);
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (from < bytes.length) {
      int to = Math.min(bytes.length, from + 1 + (from * skew + step) % 8);
      // Copied with bytes around it, so that nothing outside of the chunk counts.
      byte[] around = new byte[to - from + 2];
      Arrays.fill(around, (byte) 0xBF);
      System.arraycopy(bytes, from, around, 1, to - from);
      text.append(decoder.decode(Buffer.owning(around, 1, around.length - 1)));
      from = to;
    }
    return text.append(decoder.end()).toString();
  }
}
