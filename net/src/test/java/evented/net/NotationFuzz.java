package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What holds for any text that is to be written; {@code -Pfuzz}, and {@link FuzzTest}. */
public final class NotationFuzz {
  private NotationFuzz() {}

  /** The entry point of a fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzInput in = new FuzzInput(input);
    Encoding encoding = Encoding.values()[in.choice(Encoding.values().length)];
    String text = in.restAsText();
    switch (encoding) {
      case HEX -> check(encoding, text, hexByTheJdk(text), "Invalid hex: ");
      case BASE64 -> check(encoding, text, base64ByTheJdk(text), "Invalid base64: ");
      case ASCII, LATIN1 -> check(encoding, text, lowBytes(text), "never");
      case UTF8 -> check(encoding, text, text.getBytes(StandardCharsets.UTF_8), "never");
      case UTF16LE ->
          assertThat(encoding.decode(encoding.encode(text), 0, 2 * text.length())).isEqualTo(text);
    }
  }

  private static void check(
      Encoding encoding, String text, byte @Nullable [] expected, String complaint) {
    byte[] encoded;
    try {
      encoded = encoding.encode(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith(complaint);
      assertThat(expected).as("refused: " + e.getMessage()).isNull();
      return;
    }
    assertThat(encoded).isEqualTo(expected);
  }

  private static byte[] lowBytes(String text) {
    byte[] bytes = new byte[text.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) text.charAt(i);
    }
    return bytes;
  }

  private static byte @Nullable [] hexByTheJdk(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Either alphabet, blanks anywhere, and padding that is complete or left out. */
  private static byte @Nullable [] base64ByTheJdk(String text) {
    String standard = text.replaceAll("[ \t\r\n\f\u000B]", "").replace('-', '+').replace('_', '/');
    try {
      return Base64.getDecoder().decode(standard);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
