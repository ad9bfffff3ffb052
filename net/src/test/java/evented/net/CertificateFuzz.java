package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * Any certificate that the JDK reads can be told of in words and be asked for names, since a peer
 * may send it; {@code -Pfuzz}, and {@link FuzzTest}.
 */
public final class CertificateFuzz {
  private CertificateFuzz() {}

  /** The entry point of a fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    X509Certificate certificate;
    try {
      certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(input));
    } catch (CertificateException e) {
      return; // the handshake fails
    }
    PeerCertificate told = PeerCertificate.of(certificate);
    assertThat(told.subject()).matches("[ -~]*");
    assertThat(told.issuer()).matches("[ -~]*");
    assertThat(told.validFrom()).matches("[A-Z][a-z]{2} [ 1-3]\\d \\d\\d:\\d\\d:\\d\\d \\d+ GMT");
    assertThat(told.fingerprint()).matches("([0-9A-F]{2}:){19}[0-9A-F]{2}");
    TlsNames.match(certificate, "localhost");
    TlsNames.match(certificate, "127.0.0.1");
  }
}
