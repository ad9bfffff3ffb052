package evented.net.js;

import static evented.net.js.CryptoKeyBinding.digest;
import static evented.net.js.CryptoKeyBinding.key;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.graalvm.polyglot.Value;
import org.jspecify.annotations.Nullable;

/** What is done with keys of a pair: signatures, RSA, and shared secrets. */
final class CryptoPairBinding {
  private final Script script;

  CryptoPairBinding(Script script) {
    this.script = script;
  }

  void addTo(Binding lent) {
    addSignatures(lent);
    addWholeNumbers(lent);
    addCurves(lent);
    lent.add("rsaEncrypt", a -> rsa(a, CryptoRsa::encrypt));
    lent.add("rsaDecrypt", a -> rsa(a, CryptoRsa::decrypt));
  }

  /** One of the two directions of RSA. */
  @FunctionalInterface
  private interface Rsa {
    byte[] apply(
        CryptoKey key,
        boolean byPublic,
        int padding,
        CryptoDigest.Algorithm digest,
        byte @Nullable [] label,
        byte[] data)
        throws Exception;
  }

  /** Arguments: key, whether it is used as a public one, padding, digest, label or null, data. */
  private Object rsa(Value[] arguments, Rsa direction) throws Exception {
    byte[] result =
        direction.apply(
            key(arguments, 0),
            arguments[1].asBoolean(),
            arguments[2].asInt(),
            CryptoDigest.of(arguments[3].asString()),
            Crypto.bytes(arguments, 4),
            HeldBytes.of(arguments[5]));
    return script.bytes().toScript(result);
  }

  /**
   * Arguments: callback or null, key, data, digest or null, whether the data is a digest already,
   * RSA's padding, PSS's salt and mask digest or null, whether the two numbers stand side by side.
   */
  private void addSignatures(Binding lent) {
    lent.add(
        "sign",
        a -> {
          CryptoKey key = key(a, 1);
          byte[] data = HeldBytes.of(a[2]);
          boolean isDigest = a[4].asBoolean();
          CryptoSignature how = signature(a);
          return CryptoWork.run(
              script, a[0], () -> how.sign(key, digested(how, key, data, isDigest)));
        });
    lent.add(
        "verify",
        a -> {
          CryptoKey key = key(a, 1);
          byte[] data = HeldBytes.of(a[2]);
          boolean isDigest = a[4].asBoolean();
          CryptoSignature how = signature(a);
          byte[] given = HeldBytes.of(a[9]);
          return CryptoWork.run(
              script, a[0], () -> how.verify(key, digested(how, key, data, isDigest), given));
        });
  }

  private static CryptoSignature signature(Value[] a) throws CodedException {
    return new CryptoSignature(
        digest(a, 3), a[5].asInt(), a[6].asInt(), digest(a, 7), a[8].asBoolean());
  }

  private static byte[] digested(
      CryptoSignature how, CryptoKey key, byte[] data, boolean isDigest) {
    CryptoDigest.Algorithm digest = how.digest();
    return isDigest || digest == null || key.type().isEdwards()
        ? data
        : CryptoDigest.digest(digest, data);
  }

  private static BigInteger number(Value held) {
    return new BigInteger(1, HeldBytes.of(held));
  }

  private void addWholeNumbers(Binding lent) {
    lent.add(
        "dhGroup",
        a -> {
          BigInteger prime = CryptoDh.group(a[0].asString());
          return prime == null ? null : script.bytes().toScript(Crypto.unsigned(prime));
        });
    lent.add(
        "dhPrime", a -> script.bytes().toScript(Crypto.unsigned(CryptoDh.safePrime(a[0].asInt()))));
    lent.add("dhCheck", a -> CryptoDh.check(number(a[0]), number(a[1])));
    lent.add(
        "dhSecret", a -> script.bytes().toScript(Crypto.unsigned(CryptoDh.secret(number(a[0])))));
    lent.add(
        "power",
        a -> {
          BigInteger prime = number(a[2]);
          BigInteger power = number(a[0]).modPow(number(a[1]), prime);
          int size = a[3].asBoolean() ? (prime.bitLength() + 7) / 8 : Crypto.unsigned(power).length;
          return script.bytes().toScript(Crypto.unsigned(power, size));
        });
    lent.add("isBelow", a -> number(a[0]).compareTo(number(a[1]).subtract(BigInteger.ONE)) < 0);
    lent.add(
        "agree",
        a -> {
          CryptoKey own = key(a, 1);
          CryptoKey other = key(a, 2);
          return CryptoWork.run(script, a[0], () -> CryptoDh.agree(own, other));
        });
    lent.add(
        "makePrime",
        a -> {
          int bits = a[1].asInt();
          boolean isSafe = a[2].asBoolean();
          BigInteger step = a[3].isNull() ? null : number(a[3]);
          BigInteger remainder = a[4].isNull() ? null : number(a[4]);
          return CryptoWork.run(
              script, a[0], () -> Crypto.unsigned(CryptoDh.prime(bits, isSafe, step, remainder)));
        });
    lent.add(
        "isPrime",
        a -> {
          BigInteger candidate = number(a[1]);
          int certainty = a[2].asInt();
          return CryptoWork.run(script, a[0], () -> candidate.isProbablePrime(certainty));
        });
  }

  private void addCurves(Binding lent) {
    lent.add(
        "curveSecret",
        a -> {
          BigInteger order = CryptoCurves.parameters(curve(a)).getN();
          BigInteger secret =
              BigIntegers.createRandomInRange(
                  BigInteger.ONE, order.subtract(BigInteger.ONE), Crypto.RANDOM);
          return script.bytes().toScript(Crypto.unsigned(secret));
        });
    lent.add(
        "curveIsSecret",
        a -> {
          BigInteger secret = number(a[1]);
          return secret.signum() > 0
              && secret.compareTo(CryptoCurves.parameters(curve(a)).getN()) < 0;
        });
    lent.add(
        "curvePoint",
        a -> {
          byte[] point = CryptoPublicKeys.point(CryptoCurves.parameters(curve(a)), number(a[1]));
          return script.bytes().toScript(point);
        });
    lent.add(
        "curveConvert",
        a -> {
          ECPoint point = CryptoDh.point(curve(a), HeldBytes.of(a[1]));
          return point == null
              ? null
              : script.bytes().toScript(CryptoCurves.encode(point, a[2].asString()));
        });
    lent.add(
        "curveAgree",
        a -> {
          ASN1ObjectIdentifier curve = curve(a);
          ECPoint other = CryptoDh.point(curve, HeldBytes.of(a[2]));
          return other == null
              ? null
              : script.bytes().toScript(CryptoDh.agree(curve, number(a[1]), other));
        });
  }

  private static ASN1ObjectIdentifier curve(Value[] arguments) throws CodedException {
    return CryptoCurves.of(arguments[0].asString());
  }
}
