package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.Locale;

/**
 * Whatever a host is called, no other certificate fits it; {@code -Pfuzz}, and {@link FuzzTest}.
 */
public final class NamesFuzz {
  private static final X509Certificate CERTIFICATE =
      TestCertificates.CA
          .issue("CN=common.example")
          .dns("a.example")
          .dns("*.b.example")
          .dns("xn--bcher-kva.example")
          .ip("192.0.2.1")
          .ip("2001:db8::1")
          .make()
          .certificate();

  private NamesFuzz() {}

  /** The entry point of a fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String host = new FuzzInput(input).restAsText();
    boolean matches = TlsNames.match(CERTIFICATE, host);
    boolean ascii = host.chars().allMatch(c -> c < 128);
    if (ascii || IpAddress.version(host) != 0) { // else the JDK's rules of such names count
      assertThat(matches).as(host).isEqualTo(expected(host));
    }
  }

  private static boolean expected(String host) {
    byte[] address = IpAddress.parse(host);
    if (address != null) {
      String text = IpAddress.format(address);
      return text.equals("192.0.2.1") || text.equals("2001:db8::1");
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (name.endsWith(".")) {
      name = name.substring(0, name.length() - 1);
    }
    return name.equals("a.example")
        || name.equals("xn--bcher-kva.example")
        || (name.endsWith(".b.example") && name.matches("[^.*]{1,63}\\.b\\.example"));
  }
}
