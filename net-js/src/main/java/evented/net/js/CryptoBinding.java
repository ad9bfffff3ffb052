package evented.net.js;

import java.security.MessageDigest;
import org.graalvm.polyglot.Value;

/**
 * What crypto*.js ask for. Their functions are lent together when crypto is first loaded, so that a
 * program without it pays nothing.
 */
final class CryptoBinding {
  private final Script script;

  CryptoBinding(Script script) {
    this.script = script;
  }

  void addTo(Binding binding) {
    binding.add("crypto", a -> lend());
  }

  private Value lend() {
    Binding lent = script.newBinding();
    lent.add("hold", a -> new HeldBytes(Bytes.fromScript(a, 0)));
    lent.add("heldSize", a -> HeldBytes.of(a[0]).length);
    addDigests(lent);
    addDerivations(lent);
    addRandom(lent);
    addCertificates(lent);
    new CryptoCipherBinding(script).addTo(lent);
    new CryptoKeyBinding(script).addTo(lent);
    new CryptoPairBinding(script).addTo(lent);
    return lent.object();
  }

  private void addDigests(Binding lent) {
    lent.add(
        "digestSize",
        a -> {
          CryptoDigest.Algorithm found = CryptoDigest.find(a[0].asString());
          return found == null ? -1 : found.size();
        });
    lent.add("digestIsExtendable", a -> CryptoDigest.of(a[0].asString()).extendable());
    lent.add("digestName", a -> CryptoDigest.of(a[0].asString()).name());
    lent.add("digestStart", a -> CryptoDigest.start(CryptoDigest.of(a[0].asString())));
    lent.addVoid("digestUpdate", a -> digest(a).update(Bytes.fromScript(a, 1)));
    lent.addVoid("digestUpdateText", a -> digest(a).update(HeldBytes.of(a[1])));
    lent.add("digestFinish", a -> script.bytes().toScript(digest(a).finish(a[1].asInt())));
    lent.add("digestCopy", a -> digest(a).copy());
    lent.add(
        "hmacStart", a -> new CryptoHmac(CryptoDigest.of(a[0].asString()), HeldBytes.of(a[1])));
    lent.addVoid("hmacUpdate", a -> hmac(a).update(Bytes.fromScript(a, 1)));
    lent.addVoid("hmacUpdateText", a -> hmac(a).update(HeldBytes.of(a[1])));
    lent.add("hmacFinish", a -> script.bytes().toScript(hmac(a).finish()));
    lent.add("isEqual", a -> MessageDigest.isEqual(HeldBytes.of(a[0]), HeldBytes.of(a[1])));
  }

  private static CryptoDigest digest(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  private static CryptoHmac hmac(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  /** Each with a callback as its first argument, or null to have the result at once. */
  private void addDerivations(Binding lent) {
    lent.add(
        "pbkdf2",
        a -> {
          CryptoDigest.Algorithm digest = CryptoDigest.of(a[1].asString());
          byte[] password = HeldBytes.of(a[2]);
          byte[] salt = HeldBytes.of(a[3]);
          int iterations = a[4].asInt();
          int size = a[5].asInt();
          return CryptoWork.run(
              script, a[0], () -> CryptoKdf.pbkdf2(digest, password, salt, iterations, size));
        });
    lent.add(
        "hkdf",
        a -> {
          CryptoDigest.Algorithm digest = CryptoDigest.of(a[1].asString());
          byte[] key = HeldBytes.of(a[2]);
          byte[] salt = HeldBytes.of(a[3]);
          byte[] info = HeldBytes.of(a[4]);
          int size = a[5].asInt();
          return CryptoWork.run(script, a[0], () -> CryptoKdf.hkdf(digest, key, salt, info, size));
        });
    lent.add(
        "scrypt",
        a -> {
          byte[] password = HeldBytes.of(a[1]);
          byte[] salt = HeldBytes.of(a[2]);
          int cost = a[3].asInt();
          int block = a[4].asInt();
          int parallel = a[5].asInt();
          int size = a[6].asInt();
          return CryptoWork.run(
              script, a[0], () -> CryptoKdf.scrypt(password, salt, cost, block, parallel, size));
        });
  }

  private void addRandom(Binding lent) {
    lent.add(
        "random",
        a -> {
          byte[] bytes = new byte[a[1].asInt()];
          return CryptoWork.run(
              script,
              a[0],
              () -> {
                Crypto.RANDOM.nextBytes(bytes);
                return bytes;
              });
        });
  }

  private void addCertificates(Binding lent) {
    lent.add("certificate", a -> CryptoCertificate.read(HeldBytes.of(a[0])));
    lent.add("certificateFacts", a -> certificate(a, 0).facts(script.bytes()));
    lent.add("certificateRaw", a -> script.bytes().toScript(certificate(a, 0).raw()));
    lent.add("certificateKey", a -> certificate(a, 0).publicKey());
    lent.add("certificateIsIssuedBy", a -> certificate(a, 0).isIssuedBy(certificate(a, 1)));
    lent.add(
        "certificateIsSignedBy", a -> certificate(a, 0).isSignedBy(CryptoKeyBinding.key(a, 1)));
  }

  private static CryptoCertificate certificate(Value[] arguments, int at) {
    return arguments[at].asProxyObject();
  }
}
