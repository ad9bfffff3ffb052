package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics §7: isIP, isIPv4 and isIPv6 as the module offers them. */
class IsIpTest {
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "255.255.255.255"})
  void fourDecimalPartsAreVersion4(String input) {
    assertThat(Net.isIP(input)).isEqualTo(4);
    assertThat(Net.isIPv4(input)).isTrue();
    assertThat(Net.isIPv6(input)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "::1", "2001:4860:a005::68", "::ffff:1.2.3.4", "fe80::1%eth0"})
  void rfc4291TextIsVersion6(String input) {
    assertThat(Net.isIP(input)).isEqualTo(6);
    assertThat(Net.isIPv4(input)).isFalse();
    assertThat(Net.isIPv6(input)).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3",
        "1.2.3.4 ",
        ":::",
        "1::2::3",
        "fe80::1%",
        "[::1]",
        "1.2.3.4%eth0"
      })
  void anythingElseIsNone(String input) {
    assertThat(Net.isIP(input)).isZero();
    assertThat(Net.isIPv4(input)).isFalse();
    assertThat(Net.isIPv6(input)).isFalse();
  }
}
