package evented.net.js;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** A list of authorities, found by their names. */
final class TrustedRoots implements ChainVerification.Trust {
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  private final List<X509Certificate> all;
  private final Map<X500Principal, List<X509Certificate>> byName = new HashMap<>();

  TrustedRoots(Collection<X509Certificate> certificates) {
    all = List.copyOf(certificates);
    for (X509Certificate certificate : all) {
      byName
          .computeIfAbsent(certificate.getSubjectX500Principal(), name -> new ArrayList<>())
          .add(certificate);
    }
  }

  @Override
  public List<X509Certificate> named(X500Principal name) {
    return byName.getOrDefault(name, List.of());
  }

  List<X509Certificate> all() {
    return all;
  }

  /** Holds the platform's list, which takes long to read, until it is first needed. */
  private static final class Platform {
    static final List<X509Certificate> ROOTS = read();

    private static List<X509Certificate> read() {
      try {
        TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        for (TrustManager manager : factory.getTrustManagers()) {
          if (manager instanceof X509TrustManager found) {
            return Arrays.asList(found.getAcceptedIssuers());
          }
        }
        return List.of();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the JDK's list of authorities cannot be read", e);
      }
    }
  }

  /** The platform's list. */
  static List<X509Certificate> platform() {
    return Platform.ROOTS;
  }

  /**
   * The platform's list, and the certificates of a file.
   *
   * @param extra a PEM file; null for none
   * @throws IOException if it cannot be read
   */
  static TrustedRoots platformAnd(@Nullable Path extra) throws IOException {
    List<X509Certificate> roots = new ArrayList<>(platform());
    if (extra != null) {
      try {
        roots.addAll(read(Files.readString(extra, StandardCharsets.ISO_8859_1)));
      } catch (CertificateException e) {
        throw new IOException(extra + " holds a certificate that cannot be read", e);
      }
    }
    return new TrustedRoots(roots);
  }

  /**
   * Reads all certificates of a PEM text; what else it holds is passed over.
   *
   * @throws CertificateException if one cannot be read
   */
  static List<X509Certificate> read(String pem) throws CertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher matcher = PEM.matcher(pem);
    while (matcher.find()) {
      String one = "-----BEGIN CERTIFICATE-----" + matcher.group(2) + "-----END CERTIFICATE-----\n";
      certificates.add(read(one.getBytes(StandardCharsets.ISO_8859_1)));
    }
    return certificates;
  }

  /** Reads one certificate, in DER or PEM. */
  static X509Certificate read(byte[] encoded) throws CertificateException {
    Certificate certificate =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(encoded));
    return (X509Certificate) certificate;
  }
}
