package evented.net;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The JDK's own TLS engine. */
final class TlsJdk implements TlsEngines.Provider {
  private final TlsSettings settings;
  private final SSLContext context;

  TlsJdk(TlsSettings settings) throws GeneralSecurityException {
    this.settings = settings;
    SSLContext given = settings.sslContext();
    this.context = given == null ? newContext(settings) : given;
  }

  private static SSLContext newContext(TlsSettings settings) throws GeneralSecurityException {
    PrivateKey key = settings.key();
    KeyManager[] keys = key == null ? null : new KeyManager[] {keyManager(key, settings)};
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, new TrustManager[] {new TlsTrustManager(settings)}, null);
    return context;
  }

  private static KeyManager keyManager(PrivateKey key, TlsSettings settings) {
    List<TlsIdentity> identities = new ArrayList<>();
    identities.add(new TlsIdentity(key, settings.chain()));
    identities.addAll(settings.others());
    return new TlsKeyManager(identities);
  }

  @Override
  public SSLEngine newEngine(boolean client, @Nullable String host, int port) {
    SSLEngine engine =
        host == null
            ? context.createSSLEngine()
            : context.createSSLEngine(host, port); // to find a session again
    engine.setUseClientMode(client);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(settings.protocols().toArray(new String[0]));
    List<String> ciphers = settings.ciphers();
    if (ciphers != null) {
      parameters.setCipherSuites(ciphers.toArray(new String[0]));
    }
    List<String> alpn = settings.alpnProtocols();
    if (client) {
      parameters.setApplicationProtocols(alpn.toArray(new String[0]));
    } else if (settings.requestsCert()) {
      if (settings.requiresCert()) {
        parameters.setNeedClientAuth(true);
      } else {
        parameters.setWantClientAuth(true);
      }
    }
    engine.setSSLParameters(parameters);
    if (!client && !alpn.isEmpty()) {
      // Given to the parameters, a list with nothing in common would end the handshake.
      engine.setHandshakeApplicationProtocolSelector((self, offered) -> choose(alpn, offered));
    }
    return engine;
  }

  /** The best protocol that the client offers too; empty, which says so to the JDK, if none is. */
  private static String choose(List<String> own, List<String> offered) {
    for (String protocol : own) {
      if (offered.contains(protocol)) {
        return protocol;
      }
    }
    return "";
  }
}
