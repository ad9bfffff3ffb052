package evented.net.js;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import javax.crypto.KeyAgreement;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** Secrets that two parties share: by whole numbers, and by elliptic curves. */
final class CryptoDh {
  private CryptoDh() {}

  /** A well-known prime (RFC 2409, RFC 3526), whose generator is 2; null if there is none. */
  static @Nullable BigInteger group(String name) {
    DHParameters group =
        switch (name) {
          case "modp1" -> DHStandardGroups.rfc2409_768;
          case "modp2" -> DHStandardGroups.rfc2409_1024;
          case "modp5" -> DHStandardGroups.rfc3526_1536;
          case "modp14" -> DHStandardGroups.rfc3526_2048;
          case "modp15" -> DHStandardGroups.rfc3526_3072;
          case "modp16" -> DHStandardGroups.rfc3526_4096;
          case "modp17" -> DHStandardGroups.rfc3526_6144;
          case "modp18" -> DHStandardGroups.rfc3526_8192;
          default -> null;
        };
    return group == null ? null : group.getP();
  }

  static BigInteger secret(BigInteger prime) {
    return BigIntegers.createRandomInRange(
        BigInteger.TWO, prime.subtract(BigInteger.TWO), Crypto.RANDOM);
  }

  /** A prime whose half is one too. */
  static BigInteger safePrime(int bits) {
    while (true) {
      BigInteger half = new BigInteger(bits - 1, 20, Crypto.RANDOM);
      BigInteger prime = half.shiftLeft(1).add(BigInteger.ONE);
      if (prime.bitLength() == bits && prime.isProbablePrime(50)) {
        return prime;
      }
    }
  }

  /** A prime that leaves {@code remainder} over multiples of {@code step}, if these are given. */
  static BigInteger prime(
      int bits, boolean isSafe, @Nullable BigInteger step, @Nullable BigInteger remainder) {
    while (true) {
      BigInteger prime =
          isSafe && step == null ? safePrime(bits) : BigInteger.probablePrime(bits, Crypto.RANDOM);
      if (step != null) {
        BigInteger rest =
            remainder != null ? remainder : isSafe ? BigInteger.valueOf(3) : BigInteger.ONE;
        prime = prime.subtract(prime.mod(step)).add(rest);
        if (prime.bitLength() != bits || !prime.isProbablePrime(50)) {
          continue;
        }
        if (isSafe && !prime.shiftRight(1).isProbablePrime(50)) {
          continue;
        }
      }
      return prime;
    }
  }

  /** What OpenSSL finds wrong with a group, as the bits of its DH_CHECK constants. */
  static int check(BigInteger prime, BigInteger generator) {
    int wrong = 0;
    if (!prime.isProbablePrime(30)) {
      wrong |= 1;
    } else if (!prime.shiftRight(1).isProbablePrime(30)) {
      wrong |= 2;
    }
    if (generator.compareTo(BigInteger.ONE) <= 0
        || generator.compareTo(prime.subtract(BigInteger.ONE)) >= 0) {
      wrong |= 8;
    }
    return wrong;
  }

  /** The secret of one's own private key and another's public one. */
  static byte[] agree(CryptoKey own, CryptoKey other) throws Exception {
    String name =
        own.type() == CryptoKeyType.EC
            ? "ECDH"
            : own.type() == CryptoKeyType.DH ? "DH" : own.type().jca();
    KeyAgreement agreement =
        own.isOfJdk()
            ? KeyAgreement.getInstance(name)
            : KeyAgreement.getInstance(name, Crypto.bouncyCastle());
    agreement.init(own.privateKey());
    try {
      agreement.doPhase(other.publicKey(), true);
    } catch (InvalidKeyException e) {
      throw new CodedException(
          "Error",
          "ERR_OSSL_EVP_DIFFERENT_PARAMETERS",
          "error:1C800099:Provider routines::different parameters");
    }
    return agreement.generateSecret();
  }

  /** A point of a curve from its bytes; null if it is none. */
  static @Nullable ECPoint point(ASN1ObjectIdentifier curve, byte[] bytes) {
    ECCurve field = CryptoCurves.parameters(curve).getCurve();
    try {
      ECPoint point = field.decodePoint(bytes);
      return point.isInfinity() ? null : point.normalize();
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** The secret by a curve: the first coordinate of the product. */
  static byte[] agree(ASN1ObjectIdentifier curve, BigInteger secret, ECPoint other)
      throws GeneralSecurityException {
    ECPoint product = other.multiply(secret).normalize();
    if (product.isInfinity()) {
      throw new InvalidKeyException("no secret comes of that point");
    }
    byte[] x = product.getAffineXCoord().getEncoded();
    return Arrays.copyOf(x, CryptoCurves.size(curve));
  }
}
