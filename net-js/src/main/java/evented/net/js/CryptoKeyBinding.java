package evented.net.js;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.jspecify.annotations.Nullable;

/** What crypto-keys.js and crypto-generate.js ask for. */
final class CryptoKeyBinding {
  private final Script script;

  CryptoKeyBinding(Script script) {
    this.script = script;
  }

  void addTo(Binding lent) {
    addReading(lent);
    addMaking(lent);
    lent.add("keyToPublic", a -> key(a, 0).toPublic());
    lent.add("keyKind", a -> key(a, 0).kind());
    lent.add("keyType", a -> key(a, 0).type().label());
    lent.add("keySecretBytes", a -> script.bytes().toScript(key(a, 0).secret()));
    lent.add("keySecretSize", a -> key(a, 0).secret().length);
    lent.add("keyHeld", a -> new HeldBytes(key(a, 0).secret()));
    lent.add("keyDetails", a -> ProxyArray.fromList(details(key(a, 0))));
    lent.add("keyNumbers", a -> ProxyArray.fromList(numbers(key(a, 0))));
    lent.add("keyRaw", a -> script.bytes().toScript(raw(key(a, 0))));
    lent.add("keySame", a -> key(a, 0).isSame(key(a, 1)));
    lent.add("keyExport", this::export);
    lent.add("curveNames", a -> ProxyArray.fromList(List.copyOf(CryptoCurves.names())));
    lent.add(
        "curveName",
        a -> {
          ASN1ObjectIdentifier found = CryptoCurves.find(a[0].asString());
          return found == null ? null : CryptoCurves.name(found);
        });
  }

  static CryptoKey key(Value[] arguments, int at) {
    return arguments[at].asProxyObject();
  }

  private static BigInteger number(Value held) {
    return new BigInteger(1, HeldBytes.of(held));
  }

  private static void addReading(Binding lent) {
    lent.add("keySecret", a -> CryptoKey.secret(HeldBytes.of(a[0])));
    lent.add(
        "keyPrivate",
        a ->
            CryptoKeyReader.readPrivate(HeldBytes.of(a[0]), Crypto.text(a, 1), Crypto.bytes(a, 2)));
    lent.add(
        "keyPublic",
        a -> CryptoKeyReader.readPublic(HeldBytes.of(a[0]), Crypto.text(a, 1), Crypto.bytes(a, 2)));
    lent.add(
        "keyOfRsa",
        a -> {
          BigInteger[] numbers = new BigInteger[a.length];
          for (int i = 0; i < a.length; i++) {
            numbers[i] = number(a[i]);
          }
          return CryptoKeyMaker.rsa(numbers);
        });
    lent.add(
        "keyOfCurve",
        a -> {
          ASN1ObjectIdentifier curve = CryptoCurves.of(a[0].asString());
          byte[] point = Crypto.bytes(a, 1);
          byte[] secret = Crypto.bytes(a, 2);
          if (point != null && CryptoDh.point(curve, point) == null) {
            throw new CodedException("TypeError", "ERR_CRYPTO_INVALID_JWK", "Invalid JWK EC key");
          }
          return secret == null
              ? CryptoKeyMaker.ecPublic(curve, Crypto.present(point))
              : CryptoKeyMaker.ec(curve, new BigInteger(1, secret), point);
        });
    lent.add(
        "keyOfBytes",
        a -> {
          CryptoKeyType type = CryptoKeyType.named(a[0].asString());
          byte[] bytes = HeldBytes.of(a[2]);
          return a[1].asBoolean()
              ? CryptoKeyMaker.rawPrivate(type, bytes)
              : CryptoKeyMaker.rawPublic(type, bytes);
        });
  }

  /** Each with a callback or null first; gives the private key, of which the other can be had. */
  private void addMaking(Binding lent) {
    lent.add(
        "makeRsa",
        a -> {
          int bits = a[1].asInt();
          BigInteger exponent = BigInteger.valueOf(a[2].asLong());
          return CryptoWork.run(script, a[0], () -> CryptoKeyMaker.rsa(bits, exponent));
        });
    lent.add(
        "makeRsaPss",
        a -> {
          int bits = a[1].asInt();
          BigInteger exponent = BigInteger.valueOf(a[2].asLong());
          CryptoKeyMaker.Pss pss =
              a[5].isNull()
                  ? null
                  : new CryptoKeyMaker.Pss(digest(a, 3), digest(a, 4), a[5].asInt());
          return CryptoWork.run(script, a[0], () -> CryptoKeyMaker.rsaPss(bits, exponent, pss));
        });
    lent.add(
        "makeDsa",
        a -> {
          int bits = a[1].asInt();
          int divisor = a[2].asInt();
          return CryptoWork.run(script, a[0], () -> CryptoKeyMaker.dsa(bits, divisor));
        });
    lent.add(
        "makeOfCurve",
        a -> {
          ASN1ObjectIdentifier curve = CryptoCurves.of(a[1].asString());
          return CryptoWork.run(script, a[0], () -> CryptoKeyMaker.ec(curve));
        });
    lent.add(
        "makePlain",
        a -> {
          CryptoKeyType type = CryptoKeyType.named(a[1].asString());
          return CryptoWork.run(script, a[0], () -> CryptoKeyMaker.plain(type));
        });
    lent.add(
        "makeDh",
        a -> {
          BigInteger prime = a[1].isNull() ? null : number(a[1]);
          int bits = a[2].asInt();
          BigInteger generator = BigInteger.valueOf(a[3].asLong());
          return CryptoWork.run(
              script,
              a[0],
              () -> CryptoKeyMaker.dh(prime == null ? CryptoDh.safePrime(bits) : prime, generator));
        });
  }

  static CryptoDigest.@Nullable Algorithm digest(Value[] arguments, int at) throws CodedException {
    String name = Crypto.text(arguments, at);
    return name == null ? null : CryptoDigest.of(name);
  }

  /** Arguments: key, pem or der, type, cipher or null, passphrase or null. */
  private Object export(Value[] a) throws Exception {
    CryptoKey key = key(a, 0);
    boolean isPem = a[1].asString().equals("pem");
    String type = a[2].asString();
    if (key.kind().equals("public")) {
      return isPem
          ? CryptoKeyWriter.publicPem(key, type)
          : script.bytes().toScript(CryptoKeyWriter.publicDer(key, type));
    }
    String cipher = Crypto.text(a, 3);
    if (cipher == null) {
      return isPem
          ? CryptoKeyWriter.privatePem(key, type)
          : script.bytes().toScript(CryptoKeyWriter.privateDer(key, type));
    }
    byte[] passphrase = HeldBytes.of(a[4]);
    return isPem
        ? CryptoKeyWriter.encryptedPem(key, type, cipher, passphrase)
        : script.bytes().toScript(CryptoKeyWriter.encryptedDer(key, cipher, passphrase));
  }

  /** By the type: RSA's bits, its exponent and what PSS prescribes; DSA's bits; the curve. */
  private static List<Object> details(CryptoKey key) throws IOException {
    List<Object> details = new ArrayList<>();
    switch (key.type()) {
      case RSA, RSA_PSS -> {
        details.add(key.modulus().bitLength());
        details.add(key.rsaPublic().getPublicExponent().toString());
        addPss(details, key);
      }
      case DSA -> {
        DSAParameter group =
            DSAParameter.getInstance(key.publicInfo().getAlgorithm().getParameters());
        details.add(group.getP().bitLength());
        details.add(group.getQ().bitLength());
      }
      case EC -> {
        ASN1ObjectIdentifier curve = key.curve();
        if (curve != null) {
          details.add(CryptoCurves.name(curve));
        }
      }
      default -> {}
    }
    return details;
  }

  private static void addPss(List<Object> details, CryptoKey key) {
    ASN1Encodable parameters = key.publicInfo().getAlgorithm().getParameters();
    if (key.type() != CryptoKeyType.RSA_PSS || parameters == null) {
      return;
    }
    RSASSAPSSparams pss = RSASSAPSSparams.getInstance(parameters);
    details.add(digestName(pss.getHashAlgorithm()));
    details.add(
        digestName(AlgorithmIdentifier.getInstance(pss.getMaskGenAlgorithm().getParameters())));
    details.add(pss.getSaltLength().intValue());
  }

  private static String digestName(AlgorithmIdentifier identifier) {
    return CryptoDigest.nameOf(identifier.getAlgorithm().getId());
  }

  /** What a JWK holds, in hex: the curve first, or all numbers of an RSA key. */
  private static List<Object> numbers(CryptoKey key) throws IOException {
    List<Object> all = new ArrayList<>();
    boolean isPrivate = key.kind().equals("private");
    if (key.type().isRsa()) {
      RSAPublicKey open = key.rsaPublic();
      all.add(hex(open.getModulus()));
      all.add(hex(open.getPublicExponent()));
      if (isPrivate) {
        RSAPrivateKey rsa = key.rsaPrivate();
        all.add(hex(rsa.getPrivateExponent()));
        all.add(hex(rsa.getPrime1()));
        all.add(hex(rsa.getPrime2()));
        all.add(hex(rsa.getExponent1()));
        all.add(hex(rsa.getExponent2()));
        all.add(hex(rsa.getCoefficient()));
      }
    } else if (key.type() == CryptoKeyType.EC) {
      ASN1ObjectIdentifier curve = Crypto.present(key.curve());
      int size = CryptoCurves.size(curve);
      byte[] point =
          Crypto.present(CryptoDh.point(curve, key.publicInfo().getPublicKeyData().getBytes()))
              .getEncoded(false);
      all.add(hex(point, 1, size));
      all.add(hex(point, 1 + size, size));
      if (isPrivate) {
        BigInteger secret = ECPrivateKey.getInstance(key.privateInfo().parsePrivateKey()).getKey();
        int bits = CryptoCurves.parameters(curve).getN().bitLength();
        byte[] bytes = Crypto.unsigned(secret, (bits + 7) / 8);
        all.add(hex(bytes, 0, bytes.length));
      }
    } else {
      byte[] open = key.publicInfo().getPublicKeyData().getBytes();
      all.add(hex(open, 0, open.length));
      if (isPrivate) {
        byte[] seed = CryptoPublicKeys.seed(key.privateInfo());
        all.add(hex(seed, 0, seed.length));
      }
    }
    return all;
  }

  private static String hex(BigInteger number) {
    byte[] bytes = Crypto.unsigned(number);
    return hex(bytes, 0, bytes.length);
  }

  private static String hex(byte[] bytes, int from, int count) {
    return java.util.HexFormat.of().formatHex(bytes, from, from + count);
  }

  /** A public key of a curve without what stands around it in files. */
  private static byte[] raw(CryptoKey key) {
    return key.publicInfo().getPublicKeyData().getBytes();
  }
}
