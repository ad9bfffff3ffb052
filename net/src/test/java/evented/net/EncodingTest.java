package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("values")
class EncodingTest {
  @ParameterizedTest
  @CsvSource({
    "ascii,ASCII",
    "ASCII,ASCII",
    "utf8,UTF8",
    "utf-8,UTF8",
    "UTF-8,UTF8",
    "Base64,BASE64",
    "binary,LATIN1",
    "latin1,LATIN1",
    "Latin-1,LATIN1",
    "hex,HEX",
    "ucs2,UTF16LE",
    "UCS-2,UTF16LE",
    "utf16le,UTF16LE",
    "utf-16le,UTF16LE",
    "UTF-16-LE,UTF16LE"
  })
  void R3_namesCountInAnyCaseWithAndWithoutTheDash(String name, Encoding encoding) {
    assertThat(Encoding.of(name)).isSameAs(encoding);
  }

  @Test
  void R3_anUnknownEncodingThrowsAndNamesTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Encoding.of("koi8-r"))
        .withMessageContainingAll(
            "koi8-r", "ascii", "utf8", "base64", "binary", "latin1", "hex", "ucs2", "utf16le");
  }

  @Test
  void aNullNameIsRefusedInPlainWords() {
    assertThatNullPointerException()
        .isThrownBy(() -> Encoding.of(null))
        .withMessage("The name of an encoding must not be null");
  }

  @Test
  void asciiSendsTheLowByteAndReadsSevenBits() {
    assertThat(Encoding.ASCII.encode("aé\u0141")).isEqualTo(bytes('a', 0xE9, 0x41));
    assertThat(decode(Encoding.ASCII, bytes('a', 0xE9, 0xFF))).isEqualTo("ai\u007F");
    assertThat(decode(Encoding.ASCII, bytes('a', 'b'))).isEqualTo("ab");
  }

  @Test
  void latin1SendsTheLowByteAndReadsEveryByteAsItsCharacter() {
    assertThat(Encoding.LATIN1.encode("é\u20AC")).isEqualTo(bytes(0xE9, 0xAC));
    assertThat(decode(Encoding.LATIN1, bytes(0x00, 0x80, 0xFF))).isEqualTo("\u0000\u0080\u00FF");
  }

  @Test
  void utf8IsTheJdksWithReplacement() {
    assertThat(Encoding.UTF8.encode("€😀")).isEqualTo("€😀".getBytes(StandardCharsets.UTF_8));
    assertThat(decode(Encoding.UTF8, bytes('a', 0xFF, 'b', 0xE2, 0x82)))
        .isEqualTo("a\uFFFDb\uFFFD");
  }

  @Test
  void utf16leSendsAndReadsTheUnitsAsTheyAre() {
    assertThat(Encoding.UTF16LE.encode("a€")).isEqualTo(bytes('a', 0, 0xAC, 0x20));
    String odd = "\uFEFF\uFFFE\uD83Dx\uDE00😀";
    assertThat(decode(Encoding.UTF16LE, Encoding.UTF16LE.encode(odd))).isEqualTo(odd);
    assertThat(decode(Encoding.UTF16LE, bytes('a', 0, 'b'))).isEqualTo("a");
  }

  @Test
  void hexReadsInLowerCaseAndTakesEither() {
    assertThat(decode(Encoding.HEX, bytes(0, 0x0F, 0xAB, 0xFF))).isEqualTo("000fabff");
    assertThat(Encoding.HEX.encode("000fABfF")).isEqualTo(bytes(0, 0x0F, 0xAB, 0xFF));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "abc,has no partner", "abxd,'x' at position 2", "é0,U+00E9 at position 0",
        "\"0 \",U+0020 at position 1", "ab٣3,U+0663 at position 2", "abg,'g' at position 2"
      })
  void badHexIsRefusedWithThePosition(String text, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Encoding.HEX.encode(text))
        .withMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\",\"\"",
        "QQ==,A",
        "QQ,A",
        "QUI=,AB",
        "QUI,AB",
        "QUJD,ABC",
        "\" Q U\n\tJ\r\nD \",ABC",
        "\"QQ = =\n\",A",
        "Pz8/,???",
        "Pz8_,???",
        "Pj4+,>>>",
        "Pj4-,>>>"
      })
  void base64TakesBothAlphabetsBlanksAndNoPadding(String text, String expected) {
    assertThat(new String(Encoding.BASE64.encode(text), StandardCharsets.US_ASCII))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "QQ!=,'!' at position 2",
        "QUJDé,U+00E9 at position 4",
        "=,'=' at position 0",
        "Q,position 0",
        "QUJDQ,position 4",
        "QQ=,'=' at position 2",
        "QUJD=,'=' at position 4",
        "QQ===,'=' at position 4",
        "QQ==QQ==,'Q' at position 4",
        "Q===,'=' at position 1"
      })
  void badBase64IsRefusedWithCharacterAndPosition(String text, String complaint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Encoding.BASE64.encode(text))
        .withMessageContaining(complaint);
  }

  @Test
  void hexAndBase64AndLatin1AndUtf16BringRandomBytesBack() {
    long seed = 20240607;
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var bytes = new byte[2 * random.nextInt(40)];
      random.nextBytes(bytes);
      for (var e :
          new Encoding[] {Encoding.HEX, Encoding.BASE64, Encoding.LATIN1, Encoding.UTF16LE}) {
        assertThat(e.encode(decode(e, bytes)))
            .as("%s, seed %d, round %d", e, seed, i)
            .isEqualTo(bytes);
      }
      assertThat(
              Encoding.BASE64.encode(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)))
          .as("URL-safe, seed %d, round %d", seed, i)
          .isEqualTo(bytes);
    }
  }

  @Test
  void onlyTheRangeIsDecoded() {
    byte[] bytes = "xx€yy".getBytes(StandardCharsets.UTF_8);
    assertThat(Encoding.UTF8.decode(bytes, 2, 5)).isEqualTo("€");
    assertThat(Encoding.BASE64.decode(bytes, 0, 2)).isEqualTo("eHg=");
    assertThat(Encoding.HEX.decode(bytes, 5, 7)).isEqualTo("7979");
    assertThat(Encoding.ASCII.decode(bytes, 1, 3)).isEqualTo("xb");
  }

  private static String decode(Encoding encoding, byte[] bytes) {
    return encoding.decode(bytes, 0, bytes.length);
  }

  private static byte[] bytes(int... values) {
    var bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
