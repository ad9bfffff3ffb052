package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("values")
class TextDecoderTest {
  private static final String TEXT = "aé€😀 zß\uFEFF\uFFFD漢🏴\r\n";

  @ParameterizedTest
  @EnumSource
  void R3_charactersSplitOverPacketsComeOutWhole(Encoding encoding) {
    byte[] bytes = sample(encoding);
    String whole = encoding.decode(bytes, 0, bytes.length);
    for (int a = 0; a <= bytes.length; a++) {
      for (int b = a; b <= bytes.length; b++) {
        assertThat(decodeInParts(encoding, bytes, List.of(a, b)))
            .as("%s cut at %d and %d", encoding, a, b)
            .isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void R3_bytesThatComeOneByOneComeOutWhole(Encoding encoding) {
    byte[] bytes = sample(encoding);
    var cuts = new ArrayList<Integer>();
    for (int i = 1; i < bytes.length; i++) {
      cuts.add(i);
    }
    assertThat(decodeInParts(encoding, bytes, cuts))
        .isEqualTo(encoding.decode(bytes, 0, bytes.length));
  }

  @ParameterizedTest
  @EnumSource
  void R3_malformedBytesGiveTheSameTextWhateverTheCuts(Encoding encoding) {
    long seed = 811;
    var random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = randomBytes(random, random.nextInt(12));
      String whole = encoding.decode(bytes, 0, bytes.length);
      for (int cut = 0; cut <= bytes.length; cut++) {
        String parts = decodeInParts(encoding, bytes, List.of(cut));
        if (!parts.equals(whole)) {
          assertThat(parts).as("seed %d, round %d, cut %d", seed, round, cut).isEqualTo(whole);
        }
      }
      List<Integer> cuts = randomCuts(random, bytes.length);
      String parts = decodeInParts(encoding, bytes, cuts);
      if (!parts.equals(whole)) {
        assertThat(parts).as("seed %d, round %d, cuts %s", seed, round, cuts).isEqualTo(whole);
      }
    }
  }

  @Test
  void R3_everyPairAndTripleOfNotableUtf8BytesMayBeCutAnywhere() {
    int[] notable = {
      'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0,
      0xF4, 0xF5, 0xF8, 0xFF
    };
    var bytes = new byte[4];
    for (int a : notable) {
      for (int b : notable) {
        for (int c : notable) {
          for (int d : notable) {
            bytes[0] = (byte) a;
            bytes[1] = (byte) b;
            bytes[2] = (byte) c;
            bytes[3] = (byte) d;
            String whole = Encoding.UTF8.decode(bytes, 0, 4);
            String parts = decodeInParts(Encoding.UTF8, bytes, List.of(1, 2, 3));
            if (!parts.equals(whole)) {
              assertThat(parts).as("%x %x %x %x", a, b, c, d).isEqualTo(whole);
            }
          }
        }
      }
    }
  }

  @Test
  void aCharacterComesWithTheByteThatCompletesIt() {
    var decoder = new TextDecoder(Encoding.UTF8);
    byte[] euro = Encoding.UTF8.encode("x€");
    assertThat(decoder.decode(Buffer.of(euro, 0, 2))).isEqualTo("x");
    assertThat(decoder.decode(Buffer.of(euro, 2, 3))).isEmpty();
    assertThat(decoder.decode(Buffer.of(euro, 3, 4))).isEqualTo("€");
    assertThat(decoder.end()).isEmpty();
  }

  @Test
  void base64ComesInWholeGroupsAndItsPaddingOnlyAtTheEnd() {
    var decoder = new TextDecoder(Encoding.BASE64);
    assertThat(decoder.decode(Buffer.of("ABCD"))).isEqualTo("QUJD");
    assertThat(decoder.end()).isEqualTo("RA==");
  }

  @Test
  void afterTheEndTheDecoderIsAsNew() {
    var decoder = new TextDecoder(Encoding.UTF8);
    decoder.decode(Buffer.of(new byte[] {(byte) 0xE2, (byte) 0x82}));
    assertThat(decoder.end()).isEqualTo("\uFFFD");
    assertThat(decoder.end()).isEmpty();
    assertThat(decoder.decode(Buffer.of("next"))).isEqualTo("next");
  }

  private static byte[] sample(Encoding encoding) {
    boolean unicode = encoding != Encoding.UTF16LE;
    return (unicode ? Encoding.UTF8 : Encoding.UTF16LE).encode(TEXT);
  }

  private static String decodeInParts(Encoding encoding, byte[] bytes, List<Integer> cuts) {
    var decoder = new TextDecoder(encoding);
    var text = new StringBuilder();
    var all = Buffer.owning(bytes);
    int from = 0;
    for (int cut : cuts) {
      text.append(decoder.decode(all.slice(from, cut)));
      from = cut;
    }
    return text.append(decoder.decode(all.slice(from))).append(decoder.end()).toString();
  }

  /** Mostly bytes that mean something to UTF-8 or UTF-16: leads, continuations, surrogates. */
  private static byte[] randomBytes(Random random, int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int b =
          switch (random.nextInt(6)) {
            case 0 -> 0xC0 + random.nextInt(0x40);
            case 1, 2 -> 0x80 + random.nextInt(0x40);
            case 3 -> 0xD8 + random.nextInt(8);
            case 4 -> random.nextInt(0x80);
            default -> random.nextInt(0x100);
          };
      bytes[i] = (byte) b;
    }
    return bytes;
  }

  private static List<Integer> randomCuts(Random random, int length) {
    return random.ints(random.nextInt(6), 0, length + 1).sorted().boxed().toList();
  }
}
