package evented.net.js;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.DHParameter;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X448PrivateKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** Works out the public key that belongs to a private one, which the JDK does not. */
final class CryptoPublicKeys {
  private CryptoPublicKeys() {}

  static SubjectPublicKeyInfo of(CryptoKeyType type, PrivateKeyInfo info)
      throws IOException, CodedException {
    AlgorithmIdentifier algorithm = info.getPrivateKeyAlgorithm();
    switch (type) {
      case RSA, RSA_PSS -> {
        RSAPrivateKey key = RSAPrivateKey.getInstance(info.parsePrivateKey());
        return new SubjectPublicKeyInfo(
            algorithm, new RSAPublicKey(key.getModulus(), key.getPublicExponent()));
      }
      case EC -> {
        ECPrivateKey key = ECPrivateKey.getInstance(info.parsePrivateKey());
        ASN1Encodable curve = algorithm.getParameters();
        byte[] point =
            key.getPublicKey() != null
                ? key.getPublicKey().getBytes()
                : point(parameters(curve), key.getKey());
        return new SubjectPublicKeyInfo(algorithm, point);
      }
      case DSA -> {
        DSAParameter group = DSAParameter.getInstance(algorithm.getParameters());
        return power(algorithm, info, group.getG(), group.getP());
      }
      case DH -> {
        DHParameter group = DHParameter.getInstance(algorithm.getParameters());
        return power(algorithm, info, group.getG(), group.getP());
      }
      default -> {
        byte[] seed = seed(info);
        byte[] bytes =
            switch (type) {
              case ED25519 ->
                  new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
              case ED448 -> new Ed448PrivateKeyParameters(seed).generatePublicKey().getEncoded();
              case X25519 -> new X25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
              default -> new X448PrivateKeyParameters(seed).generatePublicKey().getEncoded();
            };
        return new SubjectPublicKeyInfo(algorithm, bytes);
      }
    }
  }

  /** The bytes of a private key of Edwards' or Montgomery's curves. */
  static byte[] seed(PrivateKeyInfo info) throws IOException {
    return ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets();
  }

  private static SubjectPublicKeyInfo power(
      AlgorithmIdentifier algorithm, PrivateKeyInfo info, BigInteger base, BigInteger prime)
      throws IOException {
    BigInteger x = ASN1Integer.getInstance(info.parsePrivateKey()).getValue();
    return new SubjectPublicKeyInfo(algorithm, new ASN1Integer(base.modPow(x, prime)));
  }

  static X9ECParameters parameters(ASN1Encodable curve) {
    return curve instanceof ASN1ObjectIdentifier name
        ? CryptoCurves.parameters(name)
        : X9ECParameters.getInstance(curve);
  }

  static byte[] point(X9ECParameters curve, BigInteger secret) {
    return new FixedPointCombMultiplier()
        .multiply(curve.getG(), secret)
        .normalize()
        .getEncoded(false);
  }

  /**
   * The private key as OpenSSL writes it: of an elliptic curve with the point of its public key.
   */
  static PrivateKeyInfo complete(
      CryptoKeyType type, PrivateKeyInfo given, SubjectPublicKeyInfo publicInfo)
      throws IOException {
    AlgorithmIdentifier algorithm = given.getPrivateKeyAlgorithm();
    if (type != CryptoKeyType.EC) {
      return new PrivateKeyInfo(algorithm, given.parsePrivateKey());
    }
    BigInteger secret = ECPrivateKey.getInstance(given.parsePrivateKey()).getKey();
    DERBitString point = new DERBitString(publicInfo.getPublicKeyData().getBytes());
    int bits = parameters(algorithm.getParameters()).getN().bitLength();
    return new PrivateKeyInfo(algorithm, new ECPrivateKey(bits, secret, point, null));
  }
}
