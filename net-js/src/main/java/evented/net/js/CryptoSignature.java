package evented.net.js;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.jspecify.annotations.Nullable;

/**
 * Signatures over a digest, or over a whole text by Edwards' curves.
 *
 * @param digest whose digest is signed; null for a whole text
 * @param padding of RSA, as {@link CryptoRsa} numbers it
 * @param saltLength of PSS, as {@link CryptoRsa} has it
 * @param mask the digest of MGF1
 * @param isPlain whether the two numbers of an elliptic signature stand side by side, and not as
 *     DER
 */
record CryptoSignature(
    CryptoDigest.@Nullable Algorithm digest,
    int padding,
    int saltLength,
    CryptoDigest.@Nullable Algorithm mask,
    boolean isPlain) {

  byte[] sign(CryptoKey key, byte[] data) throws Exception {
    CryptoDigest.Algorithm used = digest;
    if (key.type().isEdwards() || used == null) {
      Signature signature = Signature.getInstance(key.type().jca());
      signature.initSign(key.privateKey());
      signature.update(data);
      return signature.sign();
    }
    if (key.type().isRsa()) {
      int size = CryptoRsa.size(key);
      byte[] block =
          padding == CryptoRsa.PSS
              ? CryptoRsa.pssBlock(used, maskOr(used), data, key.modulus().bitLength(), saltLength)
              : CryptoRsa.signatureBlock(used, data, size);
      return CryptoRsa.raw(
          key.privateKey(), false, Crypto.unsigned(new BigInteger(1, block), size));
    }
    Signature signature = overDigest(key);
    signature.initSign(key.privateKey(), Crypto.RANDOM);
    signature.update(fitting(key, data));
    byte[] der = signature.sign();
    return isPlain ? toPlain(der, numberSize(key)) : der;
  }

  boolean verify(CryptoKey key, byte[] data, byte[] given) throws Exception {
    CryptoDigest.Algorithm used = digest;
    if (key.type().isEdwards() || used == null) {
      Signature signature = Signature.getInstance(key.type().jca());
      signature.initVerify(key.publicKey());
      signature.update(data);
      return isGood(signature, given);
    }
    if (key.type().isRsa()) {
      int size = CryptoRsa.size(key);
      BigInteger number = new BigInteger(1, given);
      if (given.length != size || number.compareTo(key.modulus()) >= 0) {
        return false;
      }
      byte[] block = CryptoRsa.raw(key.publicKey(), true, given);
      return padding == CryptoRsa.PSS
          ? CryptoRsa.isPssBlock(
              used, maskOr(used), data, block, key.modulus().bitLength(), saltLength)
          : MessageDigest.isEqual(block, CryptoRsa.signatureBlock(used, data, size));
    }
    byte[] der = given;
    if (isPlain) {
      int size = numberSize(key);
      if (given.length != 2 * size) {
        return false;
      }
      der =
          new DERSequence(
                  new ASN1Encodable[] {
                    new ASN1Integer(new BigInteger(1, Arrays.copyOf(given, size))),
                    new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(given, size, 2 * size)))
                  })
              .getEncoded("DER");
    }
    Signature signature = overDigest(key);
    signature.initVerify(key.publicKey());
    signature.update(fitting(key, data));
    return isGood(signature, der);
  }

  private CryptoDigest.Algorithm maskOr(CryptoDigest.Algorithm used) {
    return mask == null ? used : mask;
  }

  private static boolean isGood(Signature signature, byte[] given) {
    try {
      return signature.verify(given);
    } catch (SignatureException | RuntimeException e) {
      return false; // it is no signature at all
    }
  }

  private static Signature overDigest(CryptoKey key) throws GeneralSecurityException {
    String name = key.type() == CryptoKeyType.DSA ? "NONEwithDSA" : "NONEwithECDSA";
    // The JDK's plain DSA takes the digests of SHA-1 alone.
    return key.isOfJdk() && key.type() == CryptoKeyType.EC
        ? Signature.getInstance(name)
        : Signature.getInstance(name, Crypto.bouncyCastle());
  }

  /** DSA and ECDSA use the first bytes only, of which there may not be more than they can take. */
  private static byte[] fitting(CryptoKey key, byte[] digest) throws Exception {
    int size = numberSize(key);
    return digest.length > size && key.type() == CryptoKeyType.DSA
        ? Arrays.copyOf(digest, size)
        : digest;
  }

  /** The bytes of each of the two numbers. */
  private static int numberSize(CryptoKey key) {
    ASN1Encodable parameters = key.publicInfo().getAlgorithm().getParameters();
    BigInteger order =
        key.type() == CryptoKeyType.DSA
            ? DSAParameter.getInstance(parameters).getQ()
            : CryptoPublicKeys.parameters(parameters).getN();
    return (order.bitLength() + 7) / 8;
  }

  private static byte[] toPlain(byte[] der, int size) {
    ASN1Sequence pair = ASN1Sequence.getInstance(der);
    byte[] plain = new byte[2 * size];
    for (int i = 0; i < 2; i++) {
      BigInteger number = ASN1Integer.getInstance(pair.getObjectAt(i)).getPositiveValue();
      System.arraycopy(Crypto.unsigned(number, size), 0, plain, i * size, size);
    }
    return plain;
  }
}
