package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("values")
class IpAddressTest {
  /** Prints for each line "4 bytes text", "6 bytes text" or "0". */
  private static final String INET_PTON =
      """
      #include <arpa/inet.h>
      #include <stdio.h>
      #include <string.h>
      int main(void) {
        char line[1024], text[64];
        unsigned char bytes[16];
        while (fgets(line, sizeof line, stdin)) {
          line[strcspn(line, "\\n")] = 0;
          int version = inet_pton(AF_INET, line, bytes) == 1 ? 4
              : inet_pton(AF_INET6, line, bytes) == 1 ? 6 : 0;
          printf("%d", version);
          if (version) {
            printf(" ");
            for (int i = 0; i < (version == 4 ? 4 : 16); i++) printf("%02x", bytes[i]);
            printf(" %s", inet_ntop(version == 4 ? AF_INET : AF_INET6, bytes, text, sizeof text));
          }
          printf("\\n");
        }
        return 0;
      }
      """;

  private static final String[] PIECES = {
    "::", ":", ".", "0", "1", "ffff", "255", "256", "01", "00", "1.2.3.4", "abcd", "12345", "G",
    " ", "-1", "::ffff:", "fe80", "0:0", "1:2:3", "F", "é", "/", "x"
  };

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "255.255.255.255"})
  void fourDecimalPartsAreIpv4(String text) {
    assertThat(IpAddress.version(text)).isEqualTo(4);
    assertThat(IpAddress.zone(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "::1", "1::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "2001:DB8::a"})
  void rfc4291TextIsIpv6(String text) {
    assertThat(IpAddress.version(text)).isEqualTo(6);
    assertThat(IpAddress.parse(text)).hasSize(16);
    assertThat(IpAddress.zone(text)).isNull();
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(
      strings = {
        " ",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.256",
        " 1.2.3.4",
        "1.2.3.4 ",
        "localhost",
        ":",
        ":::",
        "1::2::3",
        "1:2:3:4:5:6:7::8",
        "1:2:3:4:5:6:7:8:9",
        "::12345",
        "[::1]",
        "1.2.3.4%eth0",
        "::1%",
        "%",
        "%eth0",
        "::1%a b",
        "::1%a%b",
        "::1%eth0/64",
        "١.2.3.4",
        "::\uFF11",
        "1.2.3.4\u0000",
        "::1\u0000"
      })
  void anythingElseIsNoAddress(String text) {
    assertThat(IpAddress.version(text)).isZero();
    assertThat(IpAddress.parse(text)).isNull();
    assertThat(IpAddress.zone(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eth0", "1", "br-lan.5", "wl_0"})
  void anIpv6AddressMayCarryAZone(String zone) {
    String text = "fe80::1%" + zone;
    assertThat(IpAddress.version(text)).isEqualTo(6);
    assertThat(IpAddress.zone(text)).isEqualTo(zone);
    assertThat(IpAddress.parse(text)).isEqualTo(IpAddress.parse("fe80::1"));
  }

  @Test
  void anAddressOfAnotherLengthHasNoText() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IpAddress.format(new byte[5]))
        .withMessageContaining("5 bytes");
  }

  @Test
  void itAgreesWithInetPtonAndInetNtopOfThePlatform(@TempDir Path folder) throws Exception {
    var program = CProgram.compile(folder, INET_PTON);
    long seed = 4291;
    List<String> texts = candidates(new Random(seed));
    List<String> answers = program.answers(texts);
    assertThat(answers).hasSameSizeAs(texts);
    int valid = 0;
    for (int i = 0; i < texts.size(); i++) {
      String ours = describe(texts.get(i));
      if (!ours.equals(answers.get(i))) {
        assertThat(ours).as("'%s', seed %d", texts.get(i), seed).isEqualTo(answers.get(i));
      }
      valid += ours.equals("0") ? 0 : 1;
    }
    assertThat(valid).as("enough of the candidates are addresses").isGreaterThan(10_000);
  }

  private static String describe(String text) {
    byte[] bytes = IpAddress.parse(text);
    if (bytes == null) {
      return "0";
    }
    return IpAddress.version(text)
        + " "
        + HexFormat.of().formatHex(bytes)
        + " "
        + IpAddress.format(bytes);
  }

  private static List<String> candidates(Random random) {
    var texts = new ArrayList<String>();
    for (int i = 0; i < 20_000; i++) {
      String address = random.nextInt(3) == 0 ? randomIpv4(random) : randomIpv6(random);
      texts.add(address);
      texts.add(mutate(address, random));
      var pieces = new StringBuilder();
      for (int n = random.nextInt(10); n >= 0; n--) {
        pieces.append(PIECES[random.nextInt(PIECES.length)]);
      }
      texts.add(pieces.toString());
    }
    return texts;
  }

  private static String randomIpv4(Random random) {
    return random.nextInt(256)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256)
        + "."
        + random.nextInt(256);
  }

  /** Groups with many zeros among them, a gap that may or may not fit, and sometimes IPv4. */
  private static String randomIpv6(Random random) {
    var groups = new ArrayList<String>();
    boolean mixed = random.nextInt(4) == 0;
    boolean gap = random.nextInt(3) > 0;
    int count = (mixed ? 6 : 8) - (gap ? random.nextInt(mixed ? 6 : 8) : 0);
    for (int i = 0; i < count; i++) {
      int value = random.nextInt(3) == 0 ? 0 : random.nextInt(1 << (4 * (1 + random.nextInt(4))));
      String hex = Integer.toHexString(random.nextInt(9) == 0 ? 0xFFFF : value);
      groups.add(random.nextBoolean() ? hex : hex.toUpperCase(Locale.ROOT));
    }
    if (mixed) {
      groups.add(randomIpv4(random));
    }
    if (!gap) {
      return String.join(":", groups);
    }
    int at = random.nextInt(count + 1);
    return String.join(":", groups.subList(0, at))
        + "::"
        + String.join(":", groups.subList(at, groups.size()));
  }

  private static String mutate(String address, Random random) {
    var text = new StringBuilder(address);
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(text.length() + 1);
      char c = "0123456789abcdefABCDEFg:::...  /-x".charAt(random.nextInt(34));
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, c);
        case 1 -> text.replace(at, Math.min(at + 1, text.length()), String.valueOf(c));
        default -> text.delete(at, Math.min(at + 1, text.length()));
      }
    }
    return text.toString();
  }
}
