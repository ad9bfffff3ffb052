package evented.net.js;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.graalvm.polyglot.proxy.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A digest that takes its input in pieces, by the JDK, or by BouncyCastle for those that the JDK
 * lacks. A proxy without members.
 */
abstract class CryptoDigest implements Proxy {
  /**
   * An algorithm.
   *
   * @param name its name, as Node's {@code getHashes} spells it
   * @param jca its name in the JDK or in BouncyCastle; null for those made of others
   * @param size the bytes it gives; the usual number where any will do
   * @param block the bytes of a block, as HMAC wants to know
   * @param oid the number by which signatures name it; null if none does
   * @param extendable whether it gives as many bytes as are asked for
   */
  record Algorithm(
      String name,
      @Nullable String jca,
      int size,
      int block,
      @Nullable String oid,
      boolean extendable) {}

  private static final Map<String, Algorithm> ALGORITHMS = new LinkedHashMap<>();

  static {
    String nist = "2.16.840.1.101.3.4.2.";
    add("md5", "MD5", 16, 64, "1.2.840.113549.2.5", "ssl3-md5", "rsa-md5", "md5withrsaencryption");
    add("sha1", "SHA-1", 20, 64, "1.3.14.3.2.26", "ssl3-sha1", "rsa-sha1", "rsa-sha1-2");
    alias("sha1", "sha1withrsaencryption", "sha1withrsa", "sha-1", "dss1");
    add("sha224", "SHA-224", 28, 64, nist + "4", "rsa-sha224", "sha224withrsaencryption");
    add("sha256", "SHA-256", 32, 64, nist + "1", "rsa-sha256", "sha256withrsaencryption");
    add("sha384", "SHA-384", 48, 128, nist + "2", "rsa-sha384", "sha384withrsaencryption");
    add("sha512", "SHA-512", 64, 128, nist + "3", "rsa-sha512", "sha512withrsaencryption");
    alias("sha224", "sha-224", "sha2-224");
    alias("sha256", "sha-256", "sha2-256");
    alias("sha384", "sha-384", "sha2-384");
    alias("sha512", "sha-512", "sha2-512");
    add("sha512-224", "SHA-512/224", 28, 128, nist + "5", "sha512-224withrsaencryption");
    add("sha512-256", "SHA-512/256", 32, 128, nist + "6", "sha512-256withrsaencryption");
    alias("sha512-224", "rsa-sha512/224", "sha-512/224", "sha512/224");
    alias("sha512-256", "rsa-sha512/256", "sha-512/256", "sha512/256");
    add("sha3-224", "SHA3-224", 28, 144, nist + "7", "rsa-sha3-224");
    add("sha3-256", "SHA3-256", 32, 136, nist + "8", "rsa-sha3-256");
    add("sha3-384", "SHA3-384", 48, 104, nist + "9", "rsa-sha3-384");
    add("sha3-512", "SHA3-512", 64, 72, nist + "10", "rsa-sha3-512");
    for (String size : new String[] {"224", "256", "384", "512"}) {
      alias("sha3-" + size, "id-rsassa-pkcs1-v1_5-with-sha3-" + size);
    }
    add("ripemd160", "RIPEMD160", 20, 64, "1.3.36.3.2.1", "ripemd", "rmd160", "rsa-ripemd160");
    alias("ripemd160", "ripemd160withrsa");
    add("blake2b512", "BLAKE2B-512", 64, 128, null, "blake2b-512");
    add("blake2s256", "BLAKE2S-256", 32, 64, null, "blake2s-256");
    add("sm3", "SM3", 32, 64, "1.2.156.10197.1.401", "rsa-sm3", "sm3withrsaencryption");
    add("md5-sha1", null, 36, 64, null);
    put(new Algorithm("shake128", null, 16, 168, null, true), "shake-128");
    put(new Algorithm("shake256", null, 32, 136, null, true), "shake-256");
  }

  private static void add(
      String name,
      @Nullable String jca,
      int size,
      int block,
      @Nullable String oid,
      String... more) {
    put(new Algorithm(name, jca, size, block, oid, false), more);
  }

  private static void put(Algorithm algorithm, String... aliases) {
    ALGORITHMS.put(algorithm.name, algorithm);
    alias(algorithm.name, aliases);
  }

  private static void alias(String name, String... aliases) {
    for (String alias : aliases) {
      ALGORITHMS.put(alias, Crypto.present(ALGORITHMS.get(name)));
    }
  }

  private final Algorithm algorithm;

  private CryptoDigest(Algorithm algorithm) {
    this.algorithm = algorithm;
  }

  /** The algorithm of that name, in whatever case; null if there is none. */
  static @Nullable Algorithm find(String name) {
    return ALGORITHMS.get(name.toLowerCase(Locale.ROOT));
  }

  /** The name of the digest that files call by a number; the number if there is none. */
  static String nameOf(String oid) {
    for (Algorithm algorithm : ALGORITHMS.values()) {
      if (oid.equals(algorithm.oid)) {
        return algorithm.name;
      }
    }
    return oid;
  }

  /** As {@link #find}, for one that was checked before. */
  static Algorithm of(String name) throws CodedException {
    Algorithm found = find(name);
    if (found == null) {
      throw new CodedException("TypeError", "ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: " + name);
    }
    return found;
  }

  /** A new one. */
  static CryptoDigest start(Algorithm algorithm) {
    if (algorithm.extendable) {
      return new Extendable(algorithm, new SHAKEDigest(algorithm.size == 16 ? 128 : 256));
    }
    if (algorithm.jca == null) {
      return new Pair(algorithm, start("MD5"), start("SHA-1"));
    }
    return new Plain(algorithm, start(algorithm.jca));
  }

  private static MessageDigest start(String jca) {
    try {
      return MessageDigest.getInstance(jca);
    } catch (NoSuchAlgorithmException e) {
      try {
        return MessageDigest.getInstance(jca, Crypto.bouncyCastle());
      } catch (NoSuchAlgorithmException missing) {
        throw new IllegalStateException(missing);
      }
    }
  }

  /** The digest of {@code data}. */
  static byte[] digest(Algorithm algorithm, byte[]... data) {
    CryptoDigest digest = start(algorithm);
    for (byte[] piece : data) {
      digest.update(piece);
    }
    return digest.finish(algorithm.size);
  }

  final Algorithm algorithm() {
    return algorithm;
  }

  /** Takes a piece of the input. */
  abstract void update(byte[] data);

  /**
   * What comes out; it is of no use afterwards.
   *
   * @param size of the result, which only an extendable one heeds
   */
  abstract byte[] finish(int size);

  /** One that goes on from here by itself. */
  abstract CryptoDigest copy();

  @Override
  public final String toString() {
    return "[digest]";
  }

  private static final class Plain extends CryptoDigest {
    private final MessageDigest digest;

    Plain(Algorithm algorithm, MessageDigest digest) {
      super(algorithm);
      this.digest = digest;
    }

    @Override
    void update(byte[] data) {
      digest.update(data);
    }

    @Override
    byte[] finish(int size) {
      return digest.digest();
    }

    @Override
    CryptoDigest copy() {
      return new Plain(algorithm(), copyOf(digest));
    }
  }

  private static MessageDigest copyOf(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e); // never: each of these can
    }
  }

  private static final class Extendable extends CryptoDigest {
    private final SHAKEDigest digest;

    Extendable(Algorithm algorithm, SHAKEDigest digest) {
      super(algorithm);
      this.digest = digest;
    }

    @Override
    void update(byte[] data) {
      digest.update(data, 0, data.length);
    }

    @Override
    byte[] finish(int size) {
      byte[] result = new byte[size];
      digest.doFinal(result, 0, size);
      return result;
    }

    @Override
    CryptoDigest copy() {
      return new Extendable(algorithm(), new SHAKEDigest(digest));
    }
  }

  /** MD5 and SHA-1 side by side, as TLS signed before 1.2. */
  private static final class Pair extends CryptoDigest {
    private final MessageDigest first;
    private final MessageDigest second;

    Pair(Algorithm algorithm, MessageDigest first, MessageDigest second) {
      super(algorithm);
      this.first = first;
      this.second = second;
    }

    @Override
    void update(byte[] data) {
      first.update(data);
      second.update(data);
    }

    @Override
    byte[] finish(int size) {
      byte[] head = first.digest();
      byte[] tail = second.digest();
      byte[] result = Arrays.copyOf(head, head.length + tail.length);
      System.arraycopy(tail, 0, result, head.length, tail.length);
      return result;
    }

    @Override
    CryptoDigest copy() {
      return new Pair(algorithm(), copyOf(first), copyOf(second));
    }
  }
}
