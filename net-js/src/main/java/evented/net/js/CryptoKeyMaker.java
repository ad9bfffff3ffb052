package evented.net.js;

import java.math.BigInteger;
import java.security.AlgorithmParameterGenerator;
import java.security.AlgorithmParameters;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.DSAGenParameterSpec;
import java.security.spec.DSAParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.DHParameter;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** Makes keys of a pair: new ones, and those whose numbers are known. */
final class CryptoKeyMaker {
  private CryptoKeyMaker() {}

  /** How RSASSA-PSS keys say what they may be used with; null in a member for the usual. */
  record Pss(
      CryptoDigest.@Nullable Algorithm digest,
      CryptoDigest.@Nullable Algorithm mask,
      int saltLength) {}

  static CryptoKey rsa(int bits, BigInteger exponent) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(bits, exponent), Crypto.RANDOM);
    return of(generator.generateKeyPair());
  }

  /** A key of RSASSA-PSS; parameters of null leave all to the one who signs. */
  static CryptoKey rsaPss(int bits, BigInteger exponent, @Nullable Pss pss) throws Exception {
    ASN1Encodable key = rsa(bits, exponent).privateInfo().parsePrivateKey();
    ASN1ObjectIdentifier oid = PKCSObjectIdentifiers.id_RSASSA_PSS;
    AlgorithmIdentifier algorithm =
        pss == null ? new AlgorithmIdentifier(oid) : new AlgorithmIdentifier(oid, parameters(pss));
    return CryptoKey.ofPrivate(new PrivateKeyInfo(algorithm, key));
  }

  private static RSASSAPSSparams parameters(Pss pss) {
    AlgorithmIdentifier hash = identifier(pss.digest, RSASSAPSSparams.DEFAULT_HASH_ALGORITHM);
    AlgorithmIdentifier mask =
        pss.mask == null && pss.digest == null
            ? RSASSAPSSparams.DEFAULT_MASK_GEN_FUNCTION
            : new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_mgf1,
                identifier(pss.mask == null ? pss.digest : pss.mask, hash));
    return new RSASSAPSSparams(
        hash, mask, new ASN1Integer(pss.saltLength), RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
  }

  private static AlgorithmIdentifier identifier(
      CryptoDigest.@Nullable Algorithm digest, AlgorithmIdentifier usual) {
    return digest == null || digest.oid() == null
        ? usual
        : new AlgorithmIdentifier(new ASN1ObjectIdentifier(digest.oid()), DERNull.INSTANCE);
  }

  static CryptoKey dsa(int bits, int divisor) throws Exception {
    AlgorithmParameterGenerator group = AlgorithmParameterGenerator.getInstance("DSA");
    int used = divisor > 0 ? divisor : bits >= 2048 ? 256 : 160;
    group.init(new DSAGenParameterSpec(bits, used), Crypto.RANDOM);
    AlgorithmParameters parameters = group.generateParameters();
    return generate("DSA", parameters.getParameterSpec(DSAParameterSpec.class));
  }

  /** A key of Edwards' or Montgomery's curves. */
  static CryptoKey plain(CryptoKeyType type) throws Exception {
    return of(KeyPairGenerator.getInstance(type.jca()).generateKeyPair());
  }

  private static CryptoKey generate(String name, AlgorithmParameterSpec parameters)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(name);
    generator.initialize(parameters, Crypto.RANDOM);
    return of(generator.generateKeyPair());
  }

  private static CryptoKey of(KeyPair pair) throws Exception {
    return CryptoKey.ofPrivate(PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded()));
  }

  static CryptoKey ec(ASN1ObjectIdentifier curve) throws Exception {
    X9ECParameters parameters = CryptoCurves.parameters(curve);
    BigInteger order = parameters.getN();
    BigInteger secret =
        BigIntegers.createRandomInRange(
            BigInteger.ONE, order.subtract(BigInteger.ONE), Crypto.RANDOM);
    return ec(curve, secret, null);
  }

  /** A private key of a named curve; its point is worked out if it is not given. */
  static CryptoKey ec(ASN1ObjectIdentifier curve, BigInteger secret, byte @Nullable [] point)
      throws Exception {
    int bits = CryptoCurves.parameters(curve).getN().bitLength();
    ECPrivateKey key =
        point == null
            ? new ECPrivateKey(bits, secret, curve)
            : new ECPrivateKey(bits, secret, new DERBitString(point), curve);
    return CryptoKey.ofPrivate(
        new PrivateKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), key));
  }

  static CryptoKey ecPublic(ASN1ObjectIdentifier curve, byte[] point) throws CodedException {
    return CryptoKey.ofPublic(
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), point));
  }

  /** A key of Edwards' or Montgomery's curves by its bytes. */
  static CryptoKey rawPrivate(CryptoKeyType type, byte[] seed) throws Exception {
    return CryptoKey.ofPrivate(
        new PrivateKeyInfo(
            new AlgorithmIdentifier(new ASN1ObjectIdentifier(type.oid())),
            new DEROctetString(seed)));
  }

  static CryptoKey rawPublic(CryptoKeyType type, byte[] bytes) throws CodedException {
    return CryptoKey.ofPublic(
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(new ASN1ObjectIdentifier(type.oid())), bytes));
  }

  /** An RSA key by its numbers: n and e; or n, e, d, p, q, dp, dq, qi. */
  static CryptoKey rsa(BigInteger... numbers) throws Exception {
    AlgorithmIdentifier algorithm =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    if (numbers.length == 2) {
      return CryptoKey.ofPublic(
          new SubjectPublicKeyInfo(algorithm, new RSAPublicKey(numbers[0], numbers[1])));
    }
    return CryptoKey.ofPrivate(
        new PrivateKeyInfo(
            algorithm,
            new RSAPrivateKey(
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6],
                numbers[7])));
  }

  static CryptoKey dh(BigInteger prime, BigInteger generator) throws Exception {
    BigInteger secret = CryptoDh.secret(prime);
    return CryptoKey.ofPrivate(
        new PrivateKeyInfo(
            new AlgorithmIdentifier(
                PKCSObjectIdentifiers.dhKeyAgreement, new DHParameter(prime, generator, 0)),
            new ASN1Integer(secret)));
  }
}
