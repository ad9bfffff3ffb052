package evented.net.js;

import java.util.Arrays;
import org.bouncycastle.crypto.generators.SCrypt;

/** Keys from passwords and from other keys. */
final class CryptoKdf {
  private CryptoKdf() {}

  /** PBKDF2 (RFC 8018). The JDK's own takes text for a password, and not any bytes. */
  static byte[] pbkdf2(
      CryptoDigest.Algorithm algorithm, byte[] password, byte[] salt, int iterations, int size) {
    CryptoHmac hmac = new CryptoHmac(algorithm, password);
    byte[] result = new byte[size];
    int at = 0;
    for (int block = 1; at < size; block++) {
      hmac.update(salt);
      byte[] step =
          new byte[] {
            (byte) (block >>> 24), (byte) (block >>> 16), (byte) (block >>> 8), (byte) block
          };
      byte[] sum = null;
      for (int i = 0; i < iterations; i++) {
        hmac.update(step);
        step = hmac.finish();
        if (sum == null) {
          sum = step.clone();
        } else {
          for (int k = 0; k < sum.length; k++) {
            sum[k] ^= step[k];
          }
        }
      }
      int count = Math.min(Crypto.present(sum).length, size - at);
      System.arraycopy(Crypto.present(sum), 0, result, at, count);
      at += count;
    }
    return result;
  }

  /** HKDF (RFC 5869). */
  static byte[] hkdf(
      CryptoDigest.Algorithm algorithm, byte[] key, byte[] salt, byte[] info, int size) {
    CryptoHmac extract = new CryptoHmac(algorithm, salt);
    extract.update(key);
    CryptoHmac expand = new CryptoHmac(algorithm, extract.finish());
    byte[] result = new byte[size];
    byte[] step = new byte[0];
    int at = 0;
    for (int block = 1; at < size; block++) {
      expand.update(step);
      expand.update(info);
      expand.update(new byte[] {(byte) block});
      step = expand.finish();
      int count = Math.min(step.length, size - at);
      System.arraycopy(step, 0, result, at, count);
      at += count;
    }
    return result;
  }

  /** scrypt (RFC 7914). */
  static byte[] scrypt(byte[] password, byte[] salt, int cost, int block, int parallel, int size) {
    if (size == 0) {
      return new byte[0];
    }
    // It gives whole multiples of nothing else but the size asked for.
    return Arrays.copyOf(SCrypt.generate(password, salt, cost, block, parallel, size), size);
  }
}
