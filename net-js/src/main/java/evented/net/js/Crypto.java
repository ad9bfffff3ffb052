package evented.net.js;

import java.math.BigInteger;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Objects;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** What the parts of crypto share. */
final class Crypto {
  /** For keys, and for all that a script asks for. */
  static final SecureRandom RANDOM = new SecureRandom();

  private Crypto() {}

  /**
   * BouncyCastle, for what the JDK lacks. Not registered: other code of the JVM is not to see it.
   */
  static Provider bouncyCastle() {
    return Holder.BOUNCY_CASTLE;
  }

  /** A value that is there by construction. */
  static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  /** A text argument; null if it was left out, or is null or undefined. */
  static @Nullable String text(Value[] arguments, int at) {
    return at >= arguments.length || arguments[at].isNull() ? null : arguments[at].asString();
  }

  /** An argument of bytes; null if it was left out, or is null or undefined. */
  static byte @Nullable [] bytes(Value[] arguments, int at) {
    return at >= arguments.length || arguments[at].isNull() ? null : HeldBytes.of(arguments[at]);
  }

  /** A number without its sign in so many bytes, the high ones first. */
  static byte[] unsigned(BigInteger number, int size) {
    byte[] bytes = number.toByteArray();
    int from = bytes.length > size ? bytes.length - size : 0;
    byte[] result = new byte[size];
    int count = bytes.length - from;
    System.arraycopy(bytes, from, result, size - count, count);
    return result;
  }

  /** A number without its sign in as few bytes as will do, at least one. */
  static byte[] unsigned(BigInteger number) {
    return unsigned(number, Math.max(1, (number.bitLength() + 7) / 8));
  }

  /** Loaded when it is first asked for. */
  private static final class Holder {
    static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();
  }
}
