package evented.net.js;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.graalvm.polyglot.proxy.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A key of a script: a secret one, or one of a pair in the form in which files hold it, and as the
 * JDK wants it once it is used. A proxy without members.
 */
final class CryptoKey implements Proxy {
  private final byte @Nullable [] secret;
  private final @Nullable PrivateKeyInfo privateInfo;
  private final @Nullable SubjectPublicKeyInfo publicInfo;
  private final CryptoKeyType type;

  private @Nullable PrivateKey privateKey;
  private @Nullable PublicKey publicKey;

  private CryptoKey(
      byte @Nullable [] secret,
      @Nullable PrivateKeyInfo privateInfo,
      @Nullable SubjectPublicKeyInfo publicInfo,
      CryptoKeyType type) {
    this.secret = secret;
    this.privateInfo = privateInfo;
    this.publicInfo = publicInfo;
    this.type = type;
  }

  static CryptoKey secret(byte[] bytes) {
    return new CryptoKey(bytes, null, null, CryptoKeyType.SECRET);
  }

  static CryptoKey ofPublic(SubjectPublicKeyInfo info) throws CodedException {
    return new CryptoKey(
        null, null, info, CryptoKeyType.of(info.getAlgorithm().getAlgorithm().getId()));
  }

  /** A private key; its public one is worked out. */
  static CryptoKey ofPrivate(PrivateKeyInfo given) throws CodedException, IOException {
    CryptoKeyType type = CryptoKeyType.of(given.getPrivateKeyAlgorithm().getAlgorithm().getId());
    SubjectPublicKeyInfo publicInfo = CryptoPublicKeys.of(type, given);
    return new CryptoKey(
        null, CryptoPublicKeys.complete(type, given, publicInfo), publicInfo, type);
  }

  /** The public key that belongs to a private one. */
  CryptoKey toPublic() {
    return new CryptoKey(null, null, publicInfo, type);
  }

  String kind() {
    return secret != null ? "secret" : privateInfo != null ? "private" : "public";
  }

  CryptoKeyType type() {
    return type;
  }

  byte[] secret() {
    return Crypto.present(secret);
  }

  PrivateKeyInfo privateInfo() {
    return Crypto.present(privateInfo);
  }

  SubjectPublicKeyInfo publicInfo() {
    return Crypto.present(publicInfo);
  }

  /** Whether both are of the same kind with the same content. */
  boolean isSame(CryptoKey other) throws IOException {
    return kind().equals(other.kind()) && MessageDigest.isEqual(content(), other.content());
  }

  private byte[] content() throws IOException {
    return secret != null
        ? secret
        : privateInfo != null ? privateInfo.getEncoded() : publicInfo().getEncoded();
  }

  /** The RSA key inside, which is also the one of RSASSA-PSS. */
  RSAPublicKey rsaPublic() throws IOException {
    return RSAPublicKey.getInstance(publicInfo().parsePublicKey());
  }

  RSAPrivateKey rsaPrivate() throws IOException {
    return RSAPrivateKey.getInstance(privateInfo().parsePrivateKey());
  }

  BigInteger modulus() throws IOException {
    return rsaPublic().getModulus();
  }

  /** The OID of an EC key's curve; null if it describes a curve of its own. */
  @Nullable ASN1ObjectIdentifier curve() {
    return publicInfo().getAlgorithm().getParameters() instanceof ASN1ObjectIdentifier name
        ? name
        : null;
  }

  PublicKey publicKey() throws GeneralSecurityException, IOException {
    PublicKey key = publicKey;
    if (key == null) {
      if (type.isRsa()) {
        RSAPublicKey rsa = rsaPublic();
        key =
            KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
      } else {
        key = factory().generatePublic(new X509EncodedKeySpec(publicInfo().getEncoded()));
      }
      publicKey = key;
    }
    return key;
  }

  PrivateKey privateKey() throws GeneralSecurityException, IOException {
    PrivateKey key = privateKey;
    if (key == null) {
      if (type.isRsa()) {
        RSAPrivateKey rsa = rsaPrivate();
        key =
            KeyFactory.getInstance("RSA")
                .generatePrivate(
                    new RSAPrivateCrtKeySpec(
                        rsa.getModulus(),
                        rsa.getPublicExponent(),
                        rsa.getPrivateExponent(),
                        rsa.getPrime1(),
                        rsa.getPrime2(),
                        rsa.getExponent1(),
                        rsa.getExponent2(),
                        rsa.getCoefficient()));
      } else {
        key = factory().generatePrivate(new PKCS8EncodedKeySpec(privateInfo().getEncoded()));
      }
      privateKey = key;
    }
    return key;
  }

  private KeyFactory factory() throws GeneralSecurityException {
    return isOfJdk()
        ? KeyFactory.getInstance(type.jca())
        : KeyFactory.getInstance(type.jca(), Crypto.bouncyCastle());
  }

  /** Whether the JDK knows the curve; all other kinds it does. */
  boolean isOfJdk() {
    return type != CryptoKeyType.EC || CryptoCurves.isOfJdk(curve());
  }

  @Override
  public String toString() {
    return "[key]";
  }
}
