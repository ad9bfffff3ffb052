package evented.net.js;

import org.graalvm.polyglot.Value;

/** What crypto-cipher.js asks for. */
final class CryptoCipherBinding {
  private final Script script;

  CryptoCipherBinding(Script script) {
    this.script = script;
  }

  void addTo(Binding lent) {
    lent.add("cipherStart", CryptoCipherBinding::start);
    lent.add(
        "cipherUpdate", a -> script.bytes().toScript(cipher(a).update(Bytes.fromScript(a, 1))));
    lent.add("cipherFinish", a -> script.bytes().toScript(cipher(a).finish()));
    lent.addVoid("cipherPadding", a -> cipher(a).setPadding(a[1].asBoolean()));
    lent.addVoid("cipherAddData", a -> cipher(a).addData(HeldBytes.of(a[1]), a[2].asInt()));
    lent.addVoid("cipherExpect", a -> cipher(a).expect(HeldBytes.of(a[1])));
    lent.add(
        "aesWrap",
        a ->
            script
                .bytes()
                .toScript(
                    CryptoStreams.wrap(HeldBytes.of(a[0]), HeldBytes.of(a[1]), a[2].asBoolean())));
    lent.add("cipherTag", a -> script.bytes().toScript(cipher(a).tag()));
  }

  private static CryptoCipher cipher(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  /**
   * Arguments: kind, name for the JCA, whether it encrypts, key, start vector or null, tag's size.
   */
  private static CryptoCipher start(Value[] a) throws Exception {
    boolean encrypts = a[2].asBoolean();
    byte[] key = HeldBytes.of(a[3]);
    byte[] iv = Crypto.bytes(a, 4);
    return switch (a[0].asString()) {
      case "gcm" -> CryptoStreams.gcm(encrypts, key, Crypto.present(iv));
      case "chacha20-poly1305" -> CryptoStreams.chaCha20Poly1305(encrypts, key, Crypto.present(iv));
      case "ccm" -> new CryptoCipher.Ccm(encrypts, key, Crypto.present(iv), a[5].asInt());
      default -> CryptoCipher.plain(a[1].asString(), encrypts, key, iv);
    };
  }
}
