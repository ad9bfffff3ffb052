package evented.net.js;

import evented.net.Credentials;
import evented.net.PeerCertificate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.Proxy;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** What crypto.js and the secure part of net.js ask for. */
final class TlsBinding {
  private TlsBinding() {}

  static void addTo(Binding binding) {
    binding.add("createCredentials", TlsBinding::createCredentials);
    binding.addVoid(
        "setSecure",
        a -> {
          if (a[1].isNull()) {
            handle(a).stream.setSecure();
          } else {
            handle(a).stream.setSecure(a[1].<Opaque>asProxyObject().credentials());
          }
        });
    binding.add(
        "verifyPeer",
        a ->
            a[1].isNull()
                ? handle(a).stream.verifyPeer()
                : handle(a).stream.verifyPeer(a[1].asString()));
    binding.add("peerCertificate", a -> describe(handle(a).stream.getPeerCertificate()));
  }

  private static StreamHandle handle(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  /**
   * Arguments: key, certificates, CAs, all PEM or empty; passphrase or null; rejectUnauthorized;
   * milliseconds for a handshake, or 0.
   */
  private static Opaque createCredentials(Value[] arguments) {
    Credentials.Builder builder = Credentials.builder();
    ifGiven(arguments[0], builder::key);
    ifGiven(arguments[1], builder::cert);
    ifGiven(arguments[2], builder::ca);
    ifGiven(arguments[3], builder::passphrase);
    if (arguments[5].asLong() > 0) {
      builder.handshakeTimeout(arguments[5].asLong());
    }
    return new Opaque(builder.rejectUnauthorized(arguments[4].asBoolean()).build());
  }

  private static void ifGiven(Value text, Consumer<String> setter) {
    if (text.isString() && !text.asString().isEmpty()) {
      setter.accept(text.asString());
    }
  }

  private static @Nullable ProxyObject describe(@Nullable PeerCertificate certificate) {
    if (certificate == null) {
      return null;
    }
    Map<String, Object> facts = new HashMap<>();
    facts.put("subject", certificate.subject());
    facts.put("issuer", certificate.issuer());
    facts.put("validFrom", certificate.validFrom());
    facts.put("validTo", certificate.validTo());
    facts.put("fingerprint", certificate.fingerprint());
    return ProxyObject.fromMap(facts);
  }

  /** Credentials as JavaScript holds them: without members. */
  private record Opaque(Credentials credentials) implements Proxy {}
}
