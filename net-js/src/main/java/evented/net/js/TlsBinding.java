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
  private final Script script;

  TlsBinding(Script script) {
    this.script = script;
  }

  void addTo(Binding binding) {
    binding.add("createCredentials", this::createCredentials);
    binding.add(
        "supplyCredentials",
        a -> {
          script.permissions().checkModule("crypto");
          Value supplier = a[0];
          return new Opaque(Credentials.supplied(() -> credentials(supplier.execute())));
        });
    binding.addVoid(
        "setSecure",
        a -> {
          if (a[1].isNull()) {
            handle(a).stream.setSecure();
          } else {
            handle(a).stream.setSecure(credentials(a[1]));
          }
        });
    binding.add(
        "verifyPeer",
        a ->
            a[1].isNull()
                ? handle(a).stream.verifyPeer()
                : handle(a).stream.verifyPeer(a[1].asString()));
    binding.addVoid("rejectUnverified", a -> handle(a).stream.rejectUnverified());
    binding.add("peerCertificate", a -> describe(handle(a).stream.getPeerCertificate()));
  }

  private static StreamHandle handle(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  /**
   * Arguments: key, certificates, CAs, all PEM or empty; passphrase or null; rejectUnauthorized, or
   * null if nothing was said; milliseconds for a handshake, or 0; names of servers, and the
   * credentials of each.
   */
  private Opaque createCredentials(Value[] arguments) {
    script.permissions().checkModule("crypto");
    Credentials.Builder builder = Credentials.builder();
    ifGiven(arguments[0], builder::key);
    ifGiven(arguments[1], builder::cert);
    ifGiven(arguments[2], builder::ca);
    ifGiven(arguments[3], builder::passphrase);
    if (arguments[5].asLong() > 0) {
      builder.handshakeTimeout(arguments[5].asLong());
    }
    if (!arguments[4].isNull()) {
      builder.rejectUnauthorized(arguments[4].asBoolean());
    }
    for (long i = 0; i < arguments[6].getArraySize(); i++) {
      builder.serverName(
          arguments[6].getArrayElement(i).asString(), credentials(arguments[7].getArrayElement(i)));
    }
    return new Opaque(builder.build());
  }

  private static Credentials credentials(Value opaque) {
    return opaque.<Opaque>asProxyObject().credentials();
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
  private record Opaque(Credentials credentials) implements Proxy {
    /** What JavaScript's own messages call it. */
    @Override
    public String toString() {
      return "[credentials]";
    }
  }
}
