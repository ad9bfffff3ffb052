package evented.net.js;

import evented.net.Credentials;
import evented.net.SecureOptions;
import evented.net.SecureSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/** What tls.js asks of the engine. */
final class SecureBinding {
  private final Script script;

  /** Whom contexts trust that name no authority. */
  private @Nullable TrustedRoots defaultRoots;

  SecureBinding(Script script) {
    this.script = script;
  }

  void addTo(Binding binding) {
    binding.add(
        "tlsContext",
        a -> {
          script.permissions().checkModule("tls");
          return new SecureContext(a[0]);
        });
    binding.add(
        "tlsUse",
        a -> {
          SecureContext context = a[0].asProxyObject();
          return new SecureContext.Use(
              context,
              context.credentials(a[1].asBoolean(), a[2].asBoolean(), a[3].as(String[].class)));
        });
    binding.addVoid("tlsStart", this::start);
    binding.addVoid("tlsTakeOver", a -> handle(a).handOver(a[1].asProxyObject(), a[2]));
    binding.add("tlsSession", a -> describe(handle(a).stream.getSession()));
    binding.add("tlsPeer", this::peer);
    binding.add("tlsProblem", this::problem);
    binding.add("tlsLocal", a -> facts(handle(a).stream.getSession().localCertificates()));
    binding.addVoid("tlsExtraRoots", a -> addRoots(a[0].asString()));
    binding.add("tlsRoots", a -> roots());
    binding.add("tlsCipherSuites", a -> ProxyArray.fromArray((Object[]) cipherSuites()));
  }

  private static StreamHandle handle(Value[] arguments) {
    return arguments[0].asProxyObject();
  }

  /**
   * Begins TLS. Arguments: the stream; a use; whether it is the server; the server name or null;
   * the key of the session or null; (name, done) that finds the use for a server name, or null;
   * (name, protocols) that chooses a protocol, or null.
   */
  private void start(Value[] a) {
    SecureContext.Use use = a[1].asProxyObject();
    SecureOptions options =
        SecureOptions.defaults()
            .server(a[2].asBoolean())
            .serverName(a[3].isNull() ? null : a[3].asString())
            .toleratesTruncation(true);
    if (!a[4].isNull()) {
      options = options.sessionKey(a[4].asString());
    }
    if (!a[5].isNull()) {
      options = options.serverNames(name -> choose(a[5], name));
    }
    if (!a[6].isNull()) {
      options = options.alpnSelector((name, offered) -> select(a[6], name, offered));
    }
    handle(a).stream.setSecure(use.credentials(), options);
  }

  /** Asks the script for the credentials of a name; what it fails with, it keeps itself. */
  private CompletionStage<@Nullable Credentials> choose(Value chooser, String name) {
    CompletableFuture<@Nullable Credentials> choice = new CompletableFuture<>();
    ProxyExecutable done =
        chosen -> {
          if (chosen.length == 0 || chosen[0].isNull()) {
            choice.complete(null);
          } else if (chosen[0].isBoolean()) {
            choice.completeExceptionally(new IOException("the SNICallback has failed"));
          } else {
            choice.complete(chosen[0].<SecureContext.Use>asProxyObject().credentials());
          }
          return null;
        };
    PolyglotException failure = script.call(chooser, name, done);
    if (failure != null) {
      choice.completeExceptionally(new IOException("the SNICallback has thrown", failure));
    }
    return choice;
  }

  /** Asks the script for the protocol; null if there is none to agree on. */
  private @Nullable String select(Value selector, @Nullable String name, List<String> offered) {
    try {
      Value chosen = selector.execute(name, ProxyArray.fromArray(offered.toArray()));
      return chosen.isString() ? chosen.asString() : null;
    } catch (PolyglotException failure) {
      script.uncaught(failure);
      return null;
    }
  }

  private static ProxyObject describe(SecureSession session) {
    Map<String, @Nullable Object> facts = new HashMap<>();
    facts.put("protocol", session.protocol());
    facts.put("cipherSuite", session.cipherSuite());
    facts.put("alpnProtocol", session.alpnProtocol());
    facts.put("serverName", session.serverName());
    facts.put("resumed", session.resumed());
    facts.put("hasPeer", !session.peerCertificates().isEmpty());
    return ProxyObject.fromMap(facts);
  }

  private ProxyArray facts(List<X509Certificate> certificates) {
    List<Object> all = new ArrayList<>();
    for (X509Certificate certificate : certificates) {
      all.add(CertificateFacts.of(certificate, script.bytes()));
    }
    return ProxyArray.fromList(all);
  }

  /**
   * What is known of the peer's certificate: itself, and, if the second argument is true, those
   * that lead to a root. The last one is self-signed, or else its issuer is not known.
   */
  private ProxyArray peer(Value[] a) throws IOException {
    List<X509Certificate> sent = handle(a).stream.getSession().peerCertificates();
    if (sent.isEmpty() || !a[1].asBoolean()) {
      return facts(sent.subList(0, Math.min(1, sent.size())));
    }
    return facts(verify(sent, a[2].asProxyObject(), true).path());
  }

  /** The code of what is wrong with the peer's certificates; null if nothing is. */
  private @Nullable String problem(Value[] a) throws IOException {
    List<X509Certificate> sent = handle(a).stream.getSession().peerCertificates();
    if (sent.isEmpty()) {
      return "UNABLE_TO_GET_ISSUER_CERT";
    }
    return verify(sent, a[1].asProxyObject(), a[2].asBoolean()).problem();
  }

  private ChainVerification verify(
      List<X509Certificate> sent, SecureContext.Use use, boolean peerIsServer) throws IOException {
    TrustedRoots trusted = use.context().trusted();
    return new ChainVerification(sent, trusted == null ? defaults() : trusted, peerIsServer);
  }

  private TrustedRoots defaults() throws IOException {
    TrustedRoots roots = defaultRoots;
    if (roots == null) {
      roots = TrustedRoots.platformAnd(null);
      defaultRoots = roots;
    }
    return roots;
  }

  private void addRoots(String file) throws IOException {
    defaultRoots =
        RealFiles.use(
            () -> TrustedRoots.platformAnd(script.permissions().reach("read", Path.of(file))));
  }

  /** The platform's list, in PEM. */
  private static ProxyArray roots() throws CertificateEncodingException {
    byte[] lineEnd = "\n".getBytes(StandardCharsets.US_ASCII);
    List<Object> all = new ArrayList<>();
    for (X509Certificate root : TrustedRoots.platform()) {
      all.add(
          "-----BEGIN CERTIFICATE-----\n"
              + Base64.getMimeEncoder(64, lineEnd).encodeToString(root.getEncoded())
              + "\n-----END CERTIFICATE-----");
    }
    return ProxyArray.fromList(all);
  }

  private static String[] cipherSuites() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[0], null); // reads no list of authorities
    return context.getDefaultSSLParameters().getCipherSuites();
  }
}
