package evented.net.js;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.StreamBlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.ARIAEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.CFBBlockCipher;
import org.bouncycastle.crypto.modes.OFBBlockCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** The streams of key bytes under AES-GCM and ChaCha20-Poly1305. */
final class CryptoStreams {
  private static final int BLOCK = 16;

  /** AES-GCM numbers its blocks by 32 bits. */
  private static final long COUNTERS = 1L << 32;

  private CryptoStreams() {}

  /** Turns plain text into what is sent, and back. */
  @FunctionalInterface
  interface Keystream {
    byte[] update(byte[] data) throws GeneralSecurityException;
  }

  static CryptoCipher gcm(boolean encrypts, byte[] key, byte[] iv) throws GeneralSecurityException {
    return new CryptoCipher.Authenticated(encrypts, new Counter(key, iv), gcmTagger(key, iv));
  }

  private static Cipher gcmTagger(byte[] key, byte[] iv) throws GeneralSecurityException {
    Cipher tagger = Cipher.getInstance("AES/GCM/NoPadding");
    tagger.init(
        Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * BLOCK, iv));
    return tagger;
  }

  static CryptoCipher chaCha20Poly1305(boolean encrypts, byte[] key, byte[] iv)
      throws GeneralSecurityException {
    byte[] nonce = new byte[12];
    System.arraycopy(iv, 0, nonce, 12 - iv.length, iv.length);
    Key secret = new SecretKeySpec(key, "ChaCha20");
    Cipher tagger = Cipher.getInstance("ChaCha20-Poly1305");
    tagger.init(Cipher.ENCRYPT_MODE, secret, new IvParameterSpec(nonce));
    Cipher stream = chaCha20(secret, nonce, 1); // block 0 is the key of Poly1305
    return new CryptoCipher.Authenticated(
        encrypts, data -> CryptoCipher.orNothing(stream.update(data)), tagger);
  }

  /** OpenSSL's ChaCha20: the first four bytes are the number of the first block, lowest first. */
  static Cipher chaCha20(byte[] key, byte[] iv) throws GeneralSecurityException {
    int counter = ByteBuffer.wrap(iv).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return chaCha20(new SecretKeySpec(key, "ChaCha20"), Arrays.copyOfRange(iv, 4, BLOCK), counter);
  }

  private static Cipher chaCha20(Key key, byte[] nonce, int counter)
      throws GeneralSecurityException {
    Cipher stream = Cipher.getInstance("ChaCha20");
    stream.init(Cipher.ENCRYPT_MODE, key, new ChaCha20ParameterSpec(nonce, counter));
    return stream;
  }

  /** Encrypts a key with another one, or the way back (RFC 3394). */
  static byte[] wrap(byte[] key, byte[] data, boolean encrypts) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AESWrap");
    cipher.init(encrypts ? Cipher.WRAP_MODE : Cipher.UNWRAP_MODE, new SecretKeySpec(key, "AES"));
    return encrypts
        ? cipher.wrap(new SecretKeySpec(data, "AES"))
        : cipher.unwrap(data, "AES", Cipher.SECRET_KEY).getEncoded();
  }

  /** AES in counter mode as GCM counts. */
  private static final class Counter implements Keystream {
    private final Key key;
    private final byte[] block;
    private Cipher cipher;
    private long left; // bytes until the counter begins again at 0

    Counter(byte[] key, byte[] iv) throws GeneralSecurityException {
      this.key = new SecretKeySpec(key, "AES");
      if (iv.length == 12) {
        block = Arrays.copyOf(iv, BLOCK);
        block[BLOCK - 1] = 2; // 1 is for the tag
      } else {
        // The first block of key bytes is the first counter, encrypted.
        byte[] encrypted = gcmTagger(key, iv).doFinal(new byte[BLOCK]);
        Cipher inverse = Cipher.getInstance("AES/ECB/NoPadding");
        inverse.init(Cipher.DECRYPT_MODE, this.key);
        block = inverse.doFinal(encrypted, 0, BLOCK);
      }
      cipher = start();
    }

    private Cipher start() throws GeneralSecurityException {
      long counter = ByteBuffer.wrap(block).getInt(BLOCK - 4) & (COUNTERS - 1);
      left = (COUNTERS - counter) * BLOCK;
      Cipher started = Cipher.getInstance("AES/CTR/NoPadding");
      started.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(block));
      return started;
    }

    @Override
    public byte[] update(byte[] data) throws GeneralSecurityException {
      byte[] result = new byte[data.length];
      int at = 0;
      while (at < data.length) {
        int count = (int) Math.min(left, data.length - at);
        cipher.update(data, at, count, result, at);
        at += count;
        left -= count;
        if (left == 0) {
          Arrays.fill(block, BLOCK - 4, BLOCK, (byte) 0);
          cipher = start();
        }
      }
      return result;
    }
  }

  /**
   * Modes that make a stream of a block cipher: BouncyCastle's, as the JDK's wait for whole blocks.
   */
  static final class Feedback extends CryptoCipher {
    private final StreamBlockCipher cipher;

    Feedback(String transformation, boolean encrypts, byte[] key, byte[] iv) {
      super(encrypts);
      int slash = transformation.indexOf('/');
      BlockCipher engine =
          switch (transformation.substring(0, slash)) {
            case "ARIA" -> new ARIAEngine();
            case "Camellia" -> new CamelliaEngine();
            case "DESede" -> new DESedeEngine();
            case "SM4" -> new SM4Engine();
            default -> AESEngine.newInstance();
          };
      int bits = 8 * engine.getBlockSize();
      cipher =
          (StreamBlockCipher)
              switch (transformation.substring(slash + 1)) {
                case "CFB" -> CFBBlockCipher.newInstance(engine, bits);
                case "CFB8" -> CFBBlockCipher.newInstance(engine, 8);
                case "OFB" -> new OFBBlockCipher(engine, bits);
                default -> SICBlockCipher.newInstance(engine);
              };
      cipher.init(encrypts, new ParametersWithIV(new KeyParameter(key), iv));
    }

    @Override
    byte[] update(byte[] data) {
      byte[] result = new byte[data.length];
      cipher.processBytes(data, 0, data.length, result, 0);
      return result;
    }

    @Override
    byte[] finish() {
      return new byte[0];
    }
  }
}
