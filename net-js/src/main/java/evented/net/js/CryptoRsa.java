package evented.net.js;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.jspecify.annotations.Nullable;

/** RSA with its ways of filling up (RFC 8017). The numbers of the paddings are OpenSSL's. */
final class CryptoRsa {
  static final int PKCS1 = 1;
  static final int NONE = 3;
  static final int OAEP = 4;
  static final int PSS = 6;

  /** Salts as long as the digest, and as long as fits. */
  static final int SALT_DIGEST = -1;

  static final int SALT_AUTO = -2;

  private CryptoRsa() {}

  /** The bare operation, over a whole block. */
  static byte[] raw(Key key, boolean isPublic, byte[] block) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/NoPadding");
    cipher.init(isPublic ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key);
    return cipher.doFinal(block);
  }

  static int size(CryptoKey key) throws IOException {
    return (key.modulus().bitLength() + 7) / 8;
  }

  /** EMSA-PKCS1-v1_5: what a signature hides, with the digest's number before it if it has one. */
  static byte[] signatureBlock(CryptoDigest.Algorithm algorithm, byte[] digest, int size)
      throws CodedException, IOException {
    String oid = algorithm.oid();
    byte[] content =
        oid == null
            ? digest
            : new DigestInfo(
                    new AlgorithmIdentifier(new ASN1ObjectIdentifier(oid), DERNull.INSTANCE),
                    digest)
                .getEncoded("DER");
    return typeOne(content, size, "02000070", "digest too big for rsa key");
  }

  /** Bytes behind a row of 0xff, as private keys fill up. */
  static byte[] typeOne(byte[] content, int size, String number, String reason)
      throws CodedException {
    if (content.length > size - 11) {
      throw CodedException.openSsl(number, "rsa routines", "ERR_OSSL_RSA_", reason);
    }
    byte[] block = new byte[size];
    Arrays.fill(block, 2, size - content.length - 1, (byte) 0xff);
    block[1] = 1;
    System.arraycopy(content, 0, block, size - content.length, content.length);
    return block;
  }

  private static byte[] fromTypeOne(byte[] block) throws CodedException {
    int at = 2;
    while (at < block.length && block[at] == (byte) 0xff) {
      at++;
    }
    if (block[0] != 0 || block[1] != 1 || at < 10 || at >= block.length || block[at] != 0) {
      throw CodedException.openSsl(
          "02000072", "rsa routines", "ERR_OSSL_RSA_", "padding check failed");
    }
    return Arrays.copyOfRange(block, at + 1, block.length);
  }

  /** EMSA-PSS: what a signature hides. */
  static byte[] pssBlock(
      CryptoDigest.Algorithm algorithm,
      CryptoDigest.Algorithm mask,
      byte[] digest,
      int bits,
      int saltLength)
      throws CodedException {
    int size = (bits + 6) / 8;
    int room = size - digest.length - 2;
    int salted =
        saltLength == SALT_DIGEST ? digest.length : saltLength == SALT_AUTO ? room : saltLength;
    if (salted < 0 || room < salted) {
      throw CodedException.openSsl(
          "0200006E", "rsa routines", "ERR_OSSL_RSA_", "data too large for key size");
    }
    byte[] salt = new byte[salted];
    Crypto.RANDOM.nextBytes(salt);
    byte[] hash = CryptoDigest.digest(algorithm, new byte[8], digest, salt);
    byte[] block = new byte[size];
    int maskedSize = size - hash.length - 1;
    block[maskedSize - salt.length - 1] = 1;
    System.arraycopy(salt, 0, block, maskedSize - salt.length, salt.length);
    xorMask(mask, hash, block, maskedSize);
    block[0] &= (byte) (0xff >>> (8 * size - (bits - 1)));
    System.arraycopy(hash, 0, block, maskedSize, hash.length);
    block[size - 1] = (byte) 0xbc;
    return block;
  }

  /** Whether a signature hides that digest; with {@link #SALT_AUTO} behind a salt of any length. */
  static boolean isPssBlock(
      CryptoDigest.Algorithm algorithm,
      CryptoDigest.Algorithm mask,
      byte[] digest,
      byte[] whole,
      int bits,
      int saltLength) {
    int size = (bits + 6) / 8;
    int wanted = saltLength == SALT_DIGEST ? digest.length : saltLength;
    if (whole.length > size && whole[0] != 0) {
      return false;
    }
    byte[] block = Arrays.copyOfRange(whole, whole.length - size, whole.length);
    int maskedSize = size - digest.length - 1;
    int unused = 0xff & ~(0xff >>> (8 * size - (bits - 1)));
    if (maskedSize < 1 || block[size - 1] != (byte) 0xbc || (block[0] & unused) != 0) {
      return false;
    }
    byte[] hash = Arrays.copyOfRange(block, maskedSize, size - 1);
    xorMask(mask, hash, block, maskedSize);
    block[0] &= (byte) ~unused;
    int at = 0;
    while (at < maskedSize && block[at] == 0) {
      at++;
    }
    if (at == maskedSize || block[at] != 1) {
      return false;
    }
    byte[] salt = Arrays.copyOfRange(block, at + 1, maskedSize);
    return (wanted == SALT_AUTO || wanted == salt.length)
        && MessageDigest.isEqual(hash, CryptoDigest.digest(algorithm, new byte[8], digest, salt));
  }

  /** MGF1 over the first bytes of a block. */
  private static void xorMask(
      CryptoDigest.Algorithm algorithm, byte[] seed, byte[] block, int count) {
    byte[] mask = new byte[0];
    for (int i = 0; i < count; i++) {
      int within = i % algorithm.size();
      if (within == 0) {
        int block32 = i / algorithm.size();
        byte[] counter = {
          (byte) (block32 >>> 24), (byte) (block32 >>> 16), (byte) (block32 >>> 8), (byte) block32
        };
        mask = CryptoDigest.digest(algorithm, seed, counter);
      }
      block[i] ^= mask[within];
    }
  }

  /** Encrypts with a public key, or with a private one as signatures were made of old. */
  static byte[] encrypt(
      CryptoKey key,
      boolean byPublic,
      int padding,
      CryptoDigest.Algorithm digest,
      byte @Nullable [] label,
      byte[] data)
      throws Exception {
    int size = size(key);
    Key used = byPublic ? key.publicKey() : key.privateKey();
    if (padding == NONE) {
      checkWhole(data, size);
      return raw(used, byPublic, data);
    }
    if (!byPublic) {
      return raw(used, false, typeOne(data, size, "0200006E", "data too large for key size"));
    }
    int spare = padding == OAEP ? 2 * digest.size() + 2 : 11;
    if (data.length > size - spare) {
      throw CodedException.openSsl(
          "0200006E", "rsa routines", "ERR_OSSL_RSA_", "data too large for key size");
    }
    Cipher cipher = cipher(padding, digest, label, Cipher.ENCRYPT_MODE, used);
    return cipher.doFinal(data);
  }

  private static void checkWhole(byte[] data, int size) throws CodedException {
    if (data.length != size) {
      String reason =
          data.length < size ? "data too small for key size" : "data too large for key size";
      throw CodedException.openSsl(
          data.length < size ? "0200007A" : "0200006E", "rsa routines", "ERR_OSSL_RSA_", reason);
    }
  }

  private static Cipher cipher(
      int padding, CryptoDigest.Algorithm digest, byte @Nullable [] label, int mode, Key key)
      throws GeneralSecurityException {
    if (padding != OAEP) {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(mode, key, Crypto.RANDOM);
      return cipher;
    }
    String name = Crypto.present(digest.jca());
    Cipher cipher =
        name.startsWith("SHA-") || name.equals("MD5")
            ? Cipher.getInstance("RSA/ECB/OAEPPadding")
            : Cipher.getInstance("RSA/ECB/OAEPPadding", Crypto.bouncyCastle());
    PSource source = label == null ? PSource.PSpecified.DEFAULT : new PSource.PSpecified(label);
    cipher.init(
        mode,
        key,
        new OAEPParameterSpec(name, "MGF1", new MGF1ParameterSpec(name), source),
        Crypto.RANDOM);
    return cipher;
  }

  /** Decrypts with a private key, or with a public one what a private one has encrypted. */
  static byte[] decrypt(
      CryptoKey key,
      boolean byPublic,
      int padding,
      CryptoDigest.Algorithm digest,
      byte @Nullable [] label,
      byte[] data)
      throws Exception {
    int size = size(key);
    Key used = byPublic ? key.publicKey() : key.privateKey();
    if (data.length > size) {
      throw CodedException.openSsl(
          "0200006C", "rsa routines", "ERR_OSSL_RSA_", "data greater than mod len");
    }
    if (padding == NONE) {
      return raw(used, byPublic, data);
    }
    if (byPublic) {
      return fromTypeOne(raw(used, true, data));
    }
    try {
      return cipher(padding, digest, label, Cipher.DECRYPT_MODE, used).doFinal(data);
    } catch (GeneralSecurityException e) {
      throw padding == OAEP
          ? CodedException.openSsl(
              "02000079", "rsa routines", "ERR_OSSL_RSA_", "oaep decoding error")
          : CodedException.openSsl(
              "0200009F", "rsa routines", "ERR_OSSL_RSA_", "pkcs decoding error");
    }
  }
}
