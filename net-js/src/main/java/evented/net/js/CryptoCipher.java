package evented.net.js;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.graalvm.polyglot.proxy.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A symmetric cipher that takes its input in pieces and gives at once what can be given. A proxy
 * without members.
 */
abstract class CryptoCipher implements Proxy {
  private static final byte[] NOTHING = new byte[0];

  final boolean encrypts;

  CryptoCipher(boolean encrypts) {
    this.encrypts = encrypts;
  }

  /**
   * One that authenticates nothing.
   *
   * @param transformation as the JCA names it, up to its padding, such as AES/CBC
   */
  static CryptoCipher plain(
      String transformation, boolean encrypts, byte[] key, byte @Nullable [] iv)
      throws GeneralSecurityException {
    if (transformation.equals("ChaCha20")) {
      return new Streaming(encrypts, CryptoStreams.chaCha20(key, Crypto.present(iv)));
    }
    if (transformation.equals("AES/CTR")) {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new IvParameterSpec(Crypto.present(iv)));
      return new Streaming(encrypts, cipher);
    }
    return transformation.endsWith("/CBC") || transformation.endsWith("/ECB")
        ? new Blocks(transformation, encrypts, key, iv)
        : new CryptoStreams.Feedback(transformation, encrypts, key, Crypto.present(iv));
  }

  private static Cipher cipher(String transformation) throws GeneralSecurityException {
    boolean isJdk = transformation.startsWith("AES") || transformation.startsWith("DESede");
    return isJdk
        ? Cipher.getInstance(transformation)
        : Cipher.getInstance(transformation, Crypto.bouncyCastle());
  }

  private static Key key(String transformation, byte[] key) {
    int slash = transformation.indexOf('/');
    String name = slash < 0 ? transformation : transformation.substring(0, slash);
    if (name.equals("DESede") && key.length == 16) {
      byte[] both = Arrays.copyOf(key, 24);
      System.arraycopy(key, 0, both, 16, 8);
      return new SecretKeySpec(both, name);
    }
    return new SecretKeySpec(key, name);
  }

  /** Takes a piece of the input, and gives what comes out for it. */
  abstract byte[] update(byte[] data) throws Exception;

  /** Takes the end of the input, and gives the rest. */
  abstract byte[] finish() throws Exception;

  /** Whether the last block is filled up, and that is taken off again. */
  void setPadding(boolean on) throws CodedException {}

  /**
   * Data to be authenticated only.
   *
   * @param size of the text that follows, which CCM must know beforehand; -1 if unknown
   */
  void addData(byte[] data, int size) throws Exception {
    throw new IllegalStateException("no authentication");
  }

  /** The tag that a cipher is to find at the end. */
  void expect(byte[] tag) {
    throw new IllegalStateException("no authentication");
  }

  /** The whole tag, after the end. */
  byte[] tag() {
    throw new IllegalStateException("no authentication");
  }

  static byte[] orNothing(byte @Nullable [] bytes) {
    return bytes == null ? NOTHING : bytes;
  }

  static CodedException unauthentic() {
    return new CodedException("Error", "", "Unsupported state or unable to authenticate data");
  }

  @Override
  public final String toString() {
    return "[cipher]";
  }

  /** A stream of key bytes, which neither fills up nor holds back. */
  private static final class Streaming extends CryptoCipher {
    private final Cipher cipher;

    Streaming(boolean encrypts, Cipher cipher) {
      super(encrypts);
      this.cipher = cipher;
    }

    @Override
    byte[] update(byte[] data) {
      return orNothing(cipher.update(data));
    }

    @Override
    byte[] finish() throws GeneralSecurityException {
      return orNothing(cipher.doFinal());
    }
  }

  /**
   * Whole blocks, with the last one filled up by PKCS#7. That is done here, since the JDK holds
   * back more of what it decrypts than the block that may be the last.
   */
  private static final class Blocks extends CryptoCipher {
    private final Cipher cipher;
    private final int size;
    private boolean padding = true;
    private long taken;
    private byte @Nullable [] last; // decrypted, and perhaps the end

    Blocks(String transformation, boolean encrypts, byte[] key, byte @Nullable [] iv)
        throws GeneralSecurityException {
      super(encrypts);
      cipher = cipher(transformation + "/NoPadding");
      cipher.init(
          encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
          key(transformation, key),
          iv == null || iv.length == 0 ? null : new IvParameterSpec(iv));
      size = cipher.getBlockSize();
    }

    @Override
    void setPadding(boolean on) {
      padding = on;
    }

    @Override
    byte[] update(byte[] data) {
      taken += data.length;
      byte[] result = orNothing(cipher.update(data));
      if (encrypts || !padding || data.length == 0) {
        return result;
      }
      byte[] kept = last == null ? NOTHING : last;
      int count = kept.length + result.length;
      int given = taken % size == 0 ? count - size : count;
      byte[] both = Arrays.copyOf(kept, count);
      System.arraycopy(result, 0, both, kept.length, result.length);
      last = given < count ? Arrays.copyOfRange(both, given, count) : null;
      return given < count ? Arrays.copyOf(both, given) : both;
    }

    @Override
    byte[] finish() throws Exception {
      int over = (int) (taken % size);
      if (encrypts && padding) {
        byte[] filling = new byte[size - over];
        Arrays.fill(filling, (byte) filling.length);
        return orNothing(cipher.doFinal(filling));
      }
      byte[] end = last;
      if (over != 0 || (padding && end == null)) {
        throw CodedException.provider("1C80006B", "wrong final block length");
      }
      return padding ? withoutPadding(Crypto.present(end)) : NOTHING;
    }

    private byte[] withoutPadding(byte[] block) throws CodedException {
      int count = block[size - 1] & 0xff;
      boolean isRight = count > 0 && count <= size;
      for (int i = Math.max(0, size - count); isRight && i < size; i++) {
        isRight = block[i] == (byte) count;
      }
      if (!isRight) {
        throw CodedException.provider("1C800064", "bad decrypt");
      }
      return Arrays.copyOf(block, size - count);
    }
  }

  /**
   * A stream of key bytes with a tag over what was encrypted. The JDK's own ciphers of this kind
   * give no byte of a text before its end, when they have found the tag to be right; OpenSSL gives
   * it at once, and protocols count on that. So the text comes from the stream, and the tag is what
   * encrypting that text once more gives.
   */
  static final class Authenticated extends CryptoCipher {
    private final CryptoStreams.Keystream stream;
    private final Cipher tagger;
    private byte @Nullable [] expected;
    private byte @Nullable [] made;

    Authenticated(boolean encrypts, CryptoStreams.Keystream stream, Cipher tagger) {
      super(encrypts);
      this.stream = stream;
      this.tagger = tagger;
    }

    @Override
    void addData(byte[] data, int size) {
      tagger.updateAAD(data);
    }

    @Override
    byte[] update(byte[] data) throws GeneralSecurityException {
      byte[] result = stream.update(data);
      tagger.update(encrypts ? data : result);
      return result;
    }

    @Override
    void expect(byte[] tag) {
      expected = tag;
    }

    @Override
    byte[] finish() throws Exception {
      byte[] last = tagger.doFinal();
      byte[] tag = Arrays.copyOfRange(last, last.length - 16, last.length);
      made = tag;
      byte[] wanted = expected;
      if (!encrypts
          && (wanted == null
              || !java.security.MessageDigest.isEqual(wanted, Arrays.copyOf(tag, wanted.length)))) {
        throw unauthentic();
      }
      return NOTHING;
    }

    @Override
    byte[] tag() {
      return Crypto.present(made);
    }
  }

  /** CCM, which takes all of its input at once. */
  static final class Ccm extends CryptoCipher {
    private final Cipher cipher;
    private final int tagSize;
    private byte @Nullable [] expected;
    private byte @Nullable [] made;
    private boolean failed;
    private boolean started;

    Ccm(boolean encrypts, byte[] key, byte[] iv, int tagSize) throws GeneralSecurityException {
      super(encrypts);
      this.tagSize = tagSize;
      cipher = Cipher.getInstance("AES/CCM/NoPadding", Crypto.bouncyCastle());
      cipher.init(
          encrypts ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new javax.crypto.spec.GCMParameterSpec(tagSize * 8, iv));
    }

    @Override
    void addData(byte[] data, int size) {
      cipher.updateAAD(data);
    }

    @Override
    void expect(byte[] tag) {
      expected = tag;
    }

    @Override
    byte[] update(byte[] data) throws Exception {
      if (started) {
        throw new CodedException(
            "Error", "ERR_CRYPTO_INVALID_STATE", "Invalid state for operation update");
      }
      started = true;
      if (encrypts) {
        byte[] both = cipher.doFinal(data);
        made = Arrays.copyOfRange(both, data.length, both.length);
        return Arrays.copyOf(both, data.length);
      }
      byte[] tag = expected;
      if (tag == null || tag.length != tagSize) {
        throw unauthentic();
      }
      byte[] both = Arrays.copyOf(data, data.length + tag.length);
      System.arraycopy(tag, 0, both, data.length, tag.length);
      try {
        return cipher.doFinal(both);
      } catch (AEADBadTagException e) {
        failed = true;
        return NOTHING;
      }
    }

    @Override
    byte[] finish() throws Exception {
      if (!started) {
        update(NOTHING);
      }
      if (failed) {
        throw unauthentic();
      }
      return NOTHING;
    }

    @Override
    byte[] tag() {
      return Crypto.present(made);
    }
  }
}
