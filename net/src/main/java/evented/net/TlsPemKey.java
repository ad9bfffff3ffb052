package evented.net;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key from PEM: PKCS#8 by the JDK alone, plain or encrypted by PBES2 as {@code
 * openssl} does today; older forms by BouncyCastle, where the application has it.
 */
final class TlsPemKey {
  /** PKCS#8 names its algorithm by a number that the JDK hands to nobody, so each is asked. */
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

  private TlsPemKey() {}

  /**
   * Reads one key.
   *
   * @param kind what stood before {@code PRIVATE KEY} in its first line, with the blank
   * @param body what stood between its first and its last line
   */
  static PrivateKey read(
      TlsPemSource source, String kind, String body, @Nullable String passphrase) {
    return switch (kind) {
      case "" -> readPlain(source, body);
      case "ENCRYPTED " -> readEncrypted(source, body, password(source, passphrase), passphrase);
      default -> readLegacy(source, passphrase);
    };
  }

  private static PrivateKey readPlain(TlsPemSource source, String body) {
    byte[] pkcs8;
    try {
      pkcs8 = decode(body);
    } catch (IllegalArgumentException e) {
      throw source.problem("cannot be read: " + e.getMessage(), e);
    }
    return toKey(source, pkcs8);
  }

  private static PrivateKey readEncrypted(
      TlsPemSource source, String body, char[] password, @Nullable String passphrase) {
    EncryptedPrivateKeyInfo info;
    Cipher cipher;
    try {
      info = new EncryptedPrivateKeyInfo(decode(body));
      cipher = decipher(info, password);
    } catch (IllegalArgumentException e) {
      throw source.problem("cannot be read: " + e.getMessage(), e);
    } catch (IOException | GeneralSecurityException unknownToTheJdk) { // such as DES, or scrypt
      return readLegacy(source, passphrase);
    }
    PKCS8EncodedKeySpec decrypted;
    try {
      decrypted = info.getKeySpec(cipher); // which also looks whether that is PKCS#8
    } catch (InvalidKeySpecException e) {
      if (new String(password).chars().anyMatch(c -> c > 127)) {
        return readLegacy(source, passphrase); // JDKs differ in how such a passphrase counts
      }
      throw wrongPassphrase(source, e);
    }
    return toKey(source, decrypted.getEncoded());
  }

  private static Cipher decipher(EncryptedPrivateKeyInfo info, char[] password)
      throws GeneralSecurityException {
    // For PBES2 the JDK calls the scheme by what its parameters say, and knows it by no other name.
    String scheme =
        info.getAlgParameters() == null ? info.getAlgName() : info.getAlgParameters().toString();
    if (scheme == null || !scheme.startsWith("PBE")) {
      scheme = info.getAlgName();
    }
    SecretKey key = SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password));
    Cipher cipher = Cipher.getInstance(scheme);
    cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
    return cipher;
  }

  private static PrivateKey toKey(TlsPemSource source, byte[] pkcs8) {
    InvalidKeySpecException refusals = new InvalidKeySpecException();
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        refusals.addSuppressed(e);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has " + algorithm, e);
      }
    }
    throw source.problem("cannot be read: it is no key of a kind that the JDK knows", refusals);
  }

  private static byte[] decode(String body) {
    return Base64.getMimeDecoder().decode(body);
  }

  private static PrivateKey readLegacy(TlsPemSource source, @Nullable String passphrase) {
    try {
      return TlsPemLegacyKey.read(source, passphrase);
    } catch (NoClassDefFoundError e) {
      throw source.problem(
          "cannot be read by the JDK alone: add BouncyCastle (org.bouncycastle:bcpkix-jdk18on) to the"
              + " class path, or convert the key by openssl pkcs8 -topk8",
          e);
    }
  }

  static char[] password(TlsPemSource source, @Nullable String passphrase) {
    if (passphrase == null) {
      throw source.problem("is encrypted: a passphrase is needed");
    }
    return passphrase.toCharArray();
  }

  static IllegalArgumentException wrongPassphrase(TlsPemSource source, Exception cause) {
    return source.problem("cannot be decrypted: the passphrase is wrong", cause);
  }
}
