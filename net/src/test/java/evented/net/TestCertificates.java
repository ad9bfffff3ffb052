package evented.net;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.MiscPEMGenerator;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObjectGenerator;

/**
 * Keys and certificates, made when a test asks for them and gone with the test run:
 *
 * <pre>{@code
 * Identity server = TestCertificates.CA.issue("CN=localhost").dns("localhost").make();
 * Credentials.builder().key(server.keyPem()).cert(server.chainPem());
 * }</pre>
 */
final class TestCertificates {
  /** The authority that the tests trust. */
  static final Identity CA = authority("C=UK,O=Evented Tests,CN=Root").make();

  /** One that they do not. */
  static final Identity OTHER_CA = authority("O=Strangers,CN=Root").make();

  /** A server for localhost, with an RSA key. */
  static final Identity SERVER = server().keyType("RSA").make();

  /** The same with an EC key. */
  static final Identity EC_SERVER = server().make();

  /** A client. */
  static final Identity CLIENT = CA.issue("O=Evented Tests,CN=client").make();

  private TestCertificates() {}

  /** A server's certificate, good for localhost, to be changed by the caller. */
  static Issue server() {
    return CA.issue("C=UK,O=Evented Tests,CN=localhost").dns("localhost").ip("127.0.0.1").ip("::1");
  }

  /** An authority that has signed itself. */
  static Issue authority(String name) {
    return new Issue(null, name).asAuthority();
  }

  /** Someone who has signed for themselves, and is no authority. */
  static Issue selfSigned(String name) {
    return new Issue(null, name);
  }

  static KeyPair newKeyPair(String type) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      if (!type.startsWith("Ed")) {
        generator.initialize(type.equals("EC") ? 256 : 2048);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A private key with its certificate, which comes first, and those that lead to its root. */
  record Identity(PrivateKey key, List<X509Certificate> chain) {
    X509Certificate certificate() {
      return chain.get(0);
    }

    /** PKCS#8. */
    String keyPem() {
      return pem(generator(() -> new JcaPKCS8Generator(key, null)));
    }

    String encryptedKeyPem(String passphrase) {
      return pem(
          generator(
              () ->
                  new JcaPKCS8Generator(
                      key,
                      new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                          .setProvider(new BouncyCastleProvider())
                          .setPassword(passphrase.toCharArray())
                          .build())));
    }

    /** PKCS#1 for RSA, SEC 1 for EC. */
    String traditionalKeyPem() {
      return pem(generator(() -> new MiscPEMGenerator(traditionalKey())));
    }

    String encryptedTraditionalKeyPem(String passphrase) {
      return pem(
          generator(
              () ->
                  new MiscPEMGenerator(
                      traditionalKey(),
                      new JcePEMEncryptorBuilder("AES-256-CBC")
                          .setProvider(new BouncyCastleProvider())
                          .build(passphrase.toCharArray()))));
    }

    /** SEC 1 keys tell their curve, as openssl writes them; the JDK's encoding leaves it out. */
    private PrivateKeyInfo traditionalKey() throws IOException {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
      if (key instanceof ECPrivateKey ec) {
        return new PrivateKeyInfo(
            info.getPrivateKeyAlgorithm(),
            new org.bouncycastle.asn1.sec.ECPrivateKey(
                256, ec.getS(), info.getPrivateKeyAlgorithm().getParameters()));
      }
      return info;
    }

    /** This certificate alone. */
    String certPem() {
      return TestCertificates.certPem(chain.get(0));
    }

    /** What a server sends: all certificates but the root. */
    String chainPem() {
      StringBuilder pem = new StringBuilder();
      for (X509Certificate certificate : chain.subList(0, Math.max(1, chain.size() - 1))) {
        pem.append(TestCertificates.certPem(certificate));
      }
      return pem.toString();
    }

    /** A certificate that this one, an authority, is to sign. */
    Issue issue(String name) {
      return new Issue(this, name);
    }
  }

  static String certPem(X509Certificate certificate) {
    return pem(generator(() -> new JcaMiscPEMGenerator(certificate)));
  }

  /** A certificate in the making. */
  static final class Issue {
    private final Identity issuer;
    private final String name;
    private final List<GeneralName> names = new ArrayList<>();
    private String keyType = "EC"; // RSA keys take long to make
    private boolean authority;
    private Instant from = Instant.now().minus(Duration.ofDays(1));
    private Instant to = Instant.now().plus(Duration.ofDays(30));

    private Issue(Identity issuer, String name) {
      this.issuer = issuer;
      this.name = name;
    }

    Issue dns(String name) {
      names.add(new GeneralName(GeneralName.dNSName, name));
      return this;
    }

    Issue ip(String address) {
      names.add(new GeneralName(GeneralName.iPAddress, address));
      return this;
    }

    Issue withoutNames() {
      names.clear();
      return this;
    }

    Issue keyType(String type) {
      keyType = type;
      return this;
    }

    Issue asAuthority() {
      authority = true;
      return this;
    }

    Issue valid(Instant from, Instant to) {
      this.from = from;
      this.to = to;
      return this;
    }

    Issue expired() {
      return valid(from.minus(Duration.ofDays(60)), from);
    }

    Issue notYetValid() {
      return valid(to, to.plus(Duration.ofDays(60)));
    }

    Identity make() {
      KeyPair keys = newKeyPair(keyType);
      X500Name subject = new X500Name(name);
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer == null
                  ? subject
                  : X500Name.getInstance(
                      issuer.certificate().getSubjectX500Principal().getEncoded()),
              new BigInteger(63, new SecureRandom()).add(BigInteger.ONE),
              Date.from(from),
              Date.from(to),
              subject,
              keys.getPublic());
      PrivateKey signer = issuer == null ? keys.getPrivate() : issuer.key();
      try {
        if (authority) {
          builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
          builder.addExtension(
              Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        }
        if (!names.isEmpty()) {
          builder.addExtension(
              Extension.subjectAlternativeName,
              false,
              new GeneralNames(names.toArray(new GeneralName[0])));
        }
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(
            new JcaX509CertificateConverter()
                .getCertificate(
                    builder.build(
                        new JcaContentSignerBuilder(signatureAlgorithm(signer)).build(signer))));
        if (issuer != null) {
          chain.addAll(issuer.chain());
        }
        return new Identity(keys.getPrivate(), chain);
      } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
        throw new AssertionError(e);
      }
    }

    private static String signatureAlgorithm(PrivateKey key) {
      return switch (key.getAlgorithm()) {
        case "RSA" -> "SHA256withRSA";
        case "EC" -> "SHA256withECDSA";
        default -> key.getAlgorithm();
      };
    }
  }

  private interface Maker {
    PemObjectGenerator make() throws Exception;
  }

  private static PemObjectGenerator generator(Maker maker) {
    try {
      return maker.make();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(PemObjectGenerator object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }
}
