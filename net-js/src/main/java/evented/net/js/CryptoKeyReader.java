package evented.net.js;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** Reads keys of a pair as files hold them. */
final class CryptoKeyReader {
  private static final Pattern PEM =
      Pattern.compile(
          "^-----BEGIN ([A-Z0-9 ]+)-----\\s*?\\n(.*?)-----END \\1-----",
          Pattern.DOTALL | Pattern.MULTILINE);

  private CryptoKeyReader() {}

  /**
   * Reads a private key.
   *
   * @param type of DER: pkcs1, pkcs8 or sec1; null for PEM
   */
  static CryptoKey readPrivate(byte[] data, @Nullable String type, byte @Nullable [] passphrase)
      throws CodedException {
    try {
      if (type != null) {
        return CryptoKey.ofPrivate(fromDer(data, type, passphrase));
      }
      String text = new String(data, StandardCharsets.ISO_8859_1);
      Matcher matcher = PEM.matcher(text);
      while (matcher.find()) {
        String label = matcher.group(1);
        if (label.endsWith("PRIVATE KEY")) {
          return CryptoKey.ofPrivate(fromPem(label, matcher.group(), matcher.group(2), passphrase));
        }
      }
    } catch (IOException | RuntimeException e) {
      throw unsupported();
    }
    throw unsupported();
  }

  private static PrivateKeyInfo fromPem(
      String label, String whole, String body, byte @Nullable [] passphrase)
      throws IOException, CodedException {
    if (body.contains("Proc-Type:")) {
      return fromEncryptedPem(whole, passphrase);
    }
    byte[] der = decode(body);
    return switch (label) {
      case "PRIVATE KEY" -> fromDer(der, "pkcs8", passphrase);
      case "ENCRYPTED PRIVATE KEY" -> decrypt(der, passphrase);
      case "RSA PRIVATE KEY" -> fromDer(der, "pkcs1", passphrase);
      case "EC PRIVATE KEY" -> fromDer(der, "sec1", passphrase);
      case "DSA PRIVATE KEY" -> fromDsa(der);
      default -> throw unsupported();
    };
  }

  private static PrivateKeyInfo fromDer(byte[] der, String type, byte @Nullable [] passphrase)
      throws IOException, CodedException {
    switch (type) {
      case "pkcs1" -> {
        return new PrivateKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
            RSAPrivateKey.getInstance(der));
      }
      case "sec1" -> {
        ECPrivateKey key = ECPrivateKey.getInstance(der);
        return new PrivateKeyInfo(
            new AlgorithmIdentifier(
                X9ObjectIdentifiers.id_ecPublicKey, Crypto.present(key.getParametersObject())),
            key);
      }
      default -> {
        ASN1Sequence sequence = ASN1Sequence.getInstance(der);
        return sequence.getObjectAt(0) instanceof ASN1Integer
            ? PrivateKeyInfo.getInstance(sequence)
            : decrypt(der, passphrase);
      }
    }
  }

  private static PrivateKeyInfo fromDsa(byte[] der) throws IOException {
    ASN1Sequence all = ASN1Sequence.getInstance(der);
    DSAParameter group =
        new DSAParameter(
            ASN1Integer.getInstance(all.getObjectAt(1)).getValue(),
            ASN1Integer.getInstance(all.getObjectAt(2)).getValue(),
            ASN1Integer.getInstance(all.getObjectAt(3)).getValue());
    return new PrivateKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_dsa, group),
        ASN1Integer.getInstance(all.getObjectAt(5)));
  }

  private static PrivateKeyInfo decrypt(byte[] der, byte @Nullable [] passphrase)
      throws IOException, CodedException {
    try {
      return new PKCS8EncryptedPrivateKeyInfo(der)
          .decryptPrivateKeyInfo(
              new JceOpenSSLPKCS8DecryptorProviderBuilder()
                  .setProvider(Crypto.bouncyCastle())
                  .build(characters(passphrase)));
    } catch (PKCSException | OperatorCreationException e) {
      throw badDecrypt();
    }
  }

  private static PrivateKeyInfo fromEncryptedPem(String pem, byte @Nullable [] passphrase)
      throws IOException, CodedException {
    char[] password = characters(passphrase);
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      PEMEncryptedKeyPair pair = (PEMEncryptedKeyPair) parser.readObject();
      return pair.decryptKeyPair(
              new JcePEMDecryptorProviderBuilder()
                  .setProvider(Crypto.bouncyCastle())
                  .build(password))
          .getPrivateKeyInfo();
    } catch (PEMException e) {
      throw badDecrypt();
    }
  }

  private static char[] characters(byte @Nullable [] passphrase) throws CodedException {
    if (passphrase == null) {
      throw new CodedException(
          "TypeError", "ERR_MISSING_PASSPHRASE", "Passphrase required for encrypted key");
    }
    return new String(passphrase, StandardCharsets.UTF_8).toCharArray();
  }

  private static CodedException badDecrypt() {
    return CodedException.provider("1C800064", "bad decrypt");
  }

  static CodedException unsupported() {
    return CodedException.openSsl("1E08010C", "DECODER routines", "ERR_OSSL_", "unsupported");
  }

  /**
   * Reads a public key, or that of a certificate or of a private key.
   *
   * @param type of DER: pkcs1 or spki; null for PEM
   */
  static CryptoKey readPublic(byte[] data, @Nullable String type, byte @Nullable [] passphrase)
      throws CodedException {
    try {
      if (type != null) {
        return CryptoKey.ofPublic(publicFromDer(data, type));
      }
      String text = new String(data, StandardCharsets.ISO_8859_1);
      Matcher matcher = PEM.matcher(text);
      while (matcher.find()) {
        String body = matcher.group(2);
        switch (matcher.group(1)) {
          case "PUBLIC KEY" -> {
            return CryptoKey.ofPublic(publicFromDer(decode(body), "spki"));
          }
          case "RSA PUBLIC KEY" -> {
            return CryptoKey.ofPublic(publicFromDer(decode(body), "pkcs1"));
          }
          case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE" -> {
            return ofCertificate(decode(body));
          }
          default -> {
            // Parameters, say. A private key is looked for below.
          }
        }
      }
    } catch (IOException | CertificateException | RuntimeException e) {
      throw unsupported();
    }
    return readPrivate(data, type, passphrase).toPublic();
  }

  private static byte[] decode(String body) {
    return Base64.getMimeDecoder().decode(body);
  }

  private static CryptoKey ofCertificate(byte[] der) throws CertificateException, CodedException {
    byte[] key =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der))
            .getPublicKey()
            .getEncoded();
    return CryptoKey.ofPublic(SubjectPublicKeyInfo.getInstance(key));
  }

  private static SubjectPublicKeyInfo publicFromDer(byte[] der, String type) throws IOException {
    if (type.equals("pkcs1")) {
      return new SubjectPublicKeyInfo(
          new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
          RSAPublicKey.getInstance(der));
    }
    return SubjectPublicKeyInfo.getInstance(der);
  }
}
