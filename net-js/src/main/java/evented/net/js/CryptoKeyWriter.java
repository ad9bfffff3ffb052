package evented.net.js;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.openssl.MiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;

/** Writes keys of a pair as files hold them. */
final class CryptoKeyWriter {
  /** What OpenSSL takes unless it is told otherwise. */
  private static final int ITERATIONS = 2048;

  private CryptoKeyWriter() {}

  /** The DER of a public key, of type spki or pkcs1. */
  static byte[] publicDer(CryptoKey key, String type) throws IOException {
    return type.equals("pkcs1")
        ? key.rsaPublic().getEncoded("DER")
        : key.publicInfo().getEncoded("DER");
  }

  static String publicPem(CryptoKey key, String type) throws IOException {
    return pem(type.equals("pkcs1") ? "RSA PUBLIC KEY" : "PUBLIC KEY", publicDer(key, type));
  }

  /** The DER of a private key, of type pkcs8, pkcs1 or sec1. */
  static byte[] privateDer(CryptoKey key, String type) throws IOException {
    PrivateKeyInfo info = key.privateInfo();
    return switch (type) {
      case "pkcs1" -> info.parsePrivateKey().toASN1Primitive().getEncoded("DER");
      case "sec1" -> sec1(key).getEncoded("DER");
      default -> info.getEncoded("DER");
    };
  }

  private static ECPrivateKey sec1(CryptoKey key) throws IOException {
    PrivateKeyInfo info = key.privateInfo();
    int bits =
        CryptoPublicKeys.parameters(info.getPrivateKeyAlgorithm().getParameters())
            .getN()
            .bitLength();
    return new ECPrivateKey(
        bits,
        ECPrivateKey.getInstance(info.parsePrivateKey()).getKey(),
        new DERBitString(key.publicInfo().getPublicKeyData().getBytes()),
        info.getPrivateKeyAlgorithm().getParameters());
  }

  static String privatePem(CryptoKey key, String type) throws IOException {
    return pem(label(type), privateDer(key, type));
  }

  private static String label(String type) {
    return switch (type) {
      case "pkcs1" -> "RSA PRIVATE KEY";
      case "sec1" -> "EC PRIVATE KEY";
      default -> "PRIVATE KEY";
    };
  }

  /** PKCS#8, encrypted by PBES2. */
  static byte[] encryptedDer(CryptoKey key, String cipher, byte[] passphrase)
      throws CodedException, IOException {
    ASN1ObjectIdentifier algorithm =
        switch (cipher.toLowerCase(Locale.ROOT)) {
          case "aes-128-cbc", "aes128" -> NISTObjectIdentifiers.id_aes128_CBC;
          case "aes-192-cbc", "aes192" -> NISTObjectIdentifiers.id_aes192_CBC;
          case "aes-256-cbc", "aes256" -> NISTObjectIdentifiers.id_aes256_CBC;
          case "des-ede3-cbc", "des3" -> PKCSObjectIdentifiers.des_EDE3_CBC;
          default -> throw unknownCipher();
        };
    try {
      OutputEncryptor encryptor =
          new JceOpenSSLPKCS8EncryptorBuilder(algorithm)
              .setProvider(Crypto.bouncyCastle())
              .setRandom(Crypto.RANDOM)
              .setIterationCount(ITERATIONS)
              .setPassword(characters(passphrase))
              .build();
      return new PKCS8EncryptedPrivateKeyInfoBuilder(key.privateInfo())
          .build(encryptor)
          .getEncoded();
    } catch (OperatorCreationException e) {
      throw unknownCipher();
    }
  }

  private static CodedException unknownCipher() {
    return new CodedException("Error", "ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
  }

  private static char[] characters(byte[] passphrase) {
    return new String(passphrase, StandardCharsets.UTF_8).toCharArray();
  }

  /** PEM with the passphrase's cipher in its head for pkcs1 and sec1, and PBES2 for pkcs8. */
  static String encryptedPem(CryptoKey key, String type, String cipher, byte[] passphrase)
      throws CodedException, IOException {
    if (type.equals("pkcs8")) {
      return pem("ENCRYPTED PRIVATE KEY", encryptedDer(key, cipher, passphrase));
    }
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      PrivateKeyInfo info = key.privateInfo();
      PrivateKeyInfo whole =
          type.equals("sec1") ? new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), sec1(key)) : info;
      writer.writeObject(
          new MiscPEMGenerator(
              whole,
              new JcePEMEncryptorBuilder(headName(cipher))
                  .setProvider(Crypto.bouncyCastle())
                  .setSecureRandom(Crypto.RANDOM)
                  .build(characters(passphrase))));
    }
    return text.toString().replace("\r\n", "\n");
  }

  private static String headName(String cipher) throws CodedException {
    return switch (cipher.toLowerCase(Locale.ROOT)) {
      case "aes-128-cbc", "aes128" -> "AES-128-CBC";
      case "aes-192-cbc", "aes192" -> "AES-192-CBC";
      case "aes-256-cbc", "aes256" -> "AES-256-CBC";
      case "des-ede3-cbc", "des3" -> "DES-EDE3-CBC";
      default -> throw unknownCipher();
    };
  }

  static String pem(String label, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
