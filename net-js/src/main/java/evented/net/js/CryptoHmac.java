package evented.net.js;

import java.util.Arrays;
import org.graalvm.polyglot.proxy.Proxy;

/**
 * HMAC (RFC 2104) over any digest. The JDK's own takes no empty key and knows only its own digests.
 * A proxy without members.
 */
final class CryptoHmac implements Proxy {
  private final CryptoDigest inner; // has taken the key
  private final CryptoDigest outer; // likewise
  private CryptoDigest running;

  CryptoHmac(CryptoDigest.Algorithm algorithm, byte[] key) {
    byte[] used = key.length > algorithm.block() ? CryptoDigest.digest(algorithm, key) : key;
    byte[] padded = Arrays.copyOf(used, algorithm.block());
    inner = CryptoDigest.start(algorithm);
    outer = CryptoDigest.start(algorithm);
    inner.update(masked(padded, 0x36));
    outer.update(masked(padded, 0x5c));
    running = inner.copy();
  }

  private static byte[] masked(byte[] key, int mask) {
    byte[] result = new byte[key.length];
    for (int i = 0; i < key.length; i++) {
      result[i] = (byte) (key[i] ^ mask);
    }
    return result;
  }

  void update(byte[] data) {
    running.update(data);
  }

  /** The code of what was taken; what is taken from now on is for another one. */
  byte[] finish() {
    int size = inner.algorithm().size();
    CryptoDigest last = outer.copy();
    last.update(running.finish(size));
    running = inner.copy();
    return last.finish(size);
  }

  @Override
  public String toString() {
    return "[hmac]";
  }
}
