package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics T5: whom a certificate is for, by RFC 9525. */
@org.junit.jupiter.api.Tag("values")
class TlsNamesTest {
  private static final X509Certificate CERTIFICATE =
      TestCertificates.CA
          .issue("CN=common.example.org")
          .dns("www.example.org")
          .dns("*.wild.example.org")
          .dns("*.org")
          .dns("f*.part.example.org")
          .dns("*.*.two.example.org")
          .dns("xn--bcher-kva.example.org")
          .ip("192.0.2.1")
          .ip("2001:db8::1")
          .make()
          .certificate();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.example.org",
        "WWW.Example.ORG",
        "www.example.org.",
        "a.wild.example.org",
        "bücher.example.org",
        "192.0.2.1",
        "2001:DB8:0:0:0:0:0:1"
      })
  void T5_aNameMatches(String host) {
    assertThat(TlsNames.match(CERTIFICATE, host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "common.example.org",
        "wild.example.org",
        ".wild.example.org",
        "a.b.wild.example.org",
        "example.org",
        "foo.part.example.org",
        "a.b.two.example.org",
        "192.0.2.2",
        "2001:db8::2",
        "",
        ".",
        "www.example.org.evil.example"
      })
  void T5_anotherNameDoesNotMatch(String host) {
    assertThat(TlsNames.match(CERTIFICATE, host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*.wild.example.org",
        "\uff0a.wild.example.org", // an asterisk to the rules of international names
        "*.org",
        "f*.part.example.org",
        "*.*.two.example.org",
        "*"
      })
  void T5_aPatternIsNoName(String host) {
    assertThat(TlsNames.match(CERTIFICATE, host)).isFalse();
  }
}
