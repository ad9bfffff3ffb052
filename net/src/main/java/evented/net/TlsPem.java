package evented.net;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what credentials are made of from PEM, and says what is wrong with it. */
final class TlsPem {
  private static final Pattern CERTIFICATE =
      Pattern.compile(
          "-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----(.*?)"
              + "-----END (?:TRUSTED |X509 )?CERTIFICATE-----",
          Pattern.DOTALL);

  /** What comes before PRIVATE KEY says which kind of key it is, and how it is written. */
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----(.*?)-----END \\1PRIVATE KEY-----",
          Pattern.DOTALL);

  private TlsPem() {}

  static PrivateKey readKey(TlsPemSource source, @Nullable String passphrase) {
    Matcher matcher = PRIVATE_KEY.matcher(source.text());
    if (matcher.find()) {
      return TlsPemKey.read(source, matcher.group(1), matcher.group(2), passphrase);
    }
    if (source.text().contains("PRIVATE KEY-----")) {
      throw source.problem("cannot be read: it is cut short, its END line is missing");
    }
    throw source.problem(
        source.text().contains("-----BEGIN ")
            ? "holds no private key, but " + kindOf(source.text())
            : "is no PEM: a line such as -----BEGIN PRIVATE KEY----- is missing");
  }

  private static String kindOf(String pem) {
    int from = pem.indexOf("-----BEGIN ") + "-----BEGIN ".length();
    int to = pem.indexOf("-----", from);
    return to < 0 ? "something cut short" : pem.substring(from, to);
  }

  /** All certificates of {@code source}, in their order; at least one. */
  static List<X509Certificate> readCertificates(TlsPemSource source) {
    List<X509Certificate> certificates = new ArrayList<>();
    CertificateFactory factory = factory();
    Matcher matcher = CERTIFICATE.matcher(source.text());
    while (matcher.find()) {
      String pem = "-----BEGIN CERTIFICATE-----" + matcher.group(1) + "-----END CERTIFICATE-----\n";
      try {
        certificates.add(
            (X509Certificate)
                factory.generateCertificate(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1))));
      } catch (CertificateException e) {
        throw source.problem(
            "holds a certificate that cannot be read (number "
                + (certificates.size() + 1)
                + "): "
                + e.getMessage(),
            e);
      }
    }
    if (certificates.isEmpty()) {
      throw source.problem(
          source.text().isBlank()
              ? "is empty"
              : source.text().contains("-----BEGIN ")
                  ? "holds no certificate, but " + kindOf(source.text())
                  : "is no PEM: a line such as -----BEGIN CERTIFICATE----- is missing");
    }
    return certificates;
  }

  /** The certificates of authorities, none of which may have expired. */
  static List<X509Certificate> readAuthorities(TlsPemSource source) {
    List<X509Certificate> certificates = readCertificates(source);
    for (X509Certificate certificate : certificates) {
      try {
        certificate.checkValidity();
      } catch (CertificateExpiredException e) {
        throw source.problem(
            "holds an authority that expired on "
                + TlsDates.format(certificate.getNotAfter())
                + ": "
                + TlsDistinguishedName.oneLine(certificate.getSubjectX500Principal()),
            e);
      } catch (CertificateException notYetValid) {
        // It may become so while the program runs.
      }
    }
    return certificates;
  }

  private static CertificateFactory factory() {
    try {
      return CertificateFactory.getInstance("X.509");
    } catch (CertificateException e) {
      throw new IllegalStateException("every JDK reads X.509 certificates", e);
    }
  }
}
