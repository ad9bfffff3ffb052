package evented.net.js;

import evented.net.Credentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * What {@code tls.createSecureContext} makes: a key, certificates, and whom to trust. Of one such
 * there are several {@link Credentials}, since in Node whether a client is asked for a certificate,
 * and the application protocols, are a matter of the server and not of the context.
 *
 * <p>The handshake accepts every peer, as in Node: who is not authorized is turned away when it is
 * done, by tls.js.
 *
 * <p>JavaScript holds it as a proxy without members.
 */
final class SecureContext implements Proxy {
  /** Time for a handshake: tls.js sets its own limits, by timers of the script. */
  private static final long HANDSHAKE_MILLIS = 24L * 60 * 60 * 1000;

  private final Value material;
  private final List<X509Certificate> authorities = new ArrayList<>();
  private final @Nullable TrustedRoots trusted;
  private final @Nullable KeyStore pfx;
  private final char[] pfxPassword;

  /**
   * Reads all that is given, and checks it.
   *
   * @param material key, cert, ca (PEM, or empty), passphrase (or null), pfx (base 64, or null),
   *     protocols, and cipher suites (or null), as members
   */
  SecureContext(Value material) throws IOException, GeneralSecurityException {
    this.material = material;
    String ca = material.getMember("ca").asString();
    Value store = material.getMember("pfx");
    Value password = material.getMember("passphrase");
    pfxPassword = password.isNull() ? new char[0] : password.asString().toCharArray();
    pfx = store.isNull() ? null : open(store.asString());
    authorities.addAll(TrustedRoots.read(ca));
    if (!ca.isEmpty() && authorities.isEmpty()) {
      throw new IllegalArgumentException("ca holds no certificate");
    }
    if (pfx != null) {
      addAuthoritiesOf(pfx);
    }
    trusted = authorities.isEmpty() ? null : new TrustedRoots(authorities);
    credentials(/* requestCert= */ false, new String[0]); // which says what cannot be used
  }

  private KeyStore open(String base64) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(new ByteArrayInputStream(Base64.getDecoder().decode(base64)), pfxPassword);
    return keys;
  }

  /** What a PKCS#12 file holds beside the certificate of its key is trusted, as in OpenSSL. */
  private void addAuthoritiesOf(KeyStore keys) throws GeneralSecurityException {
    for (String alias : Collections.list(keys.aliases())) {
      if (!keys.isKeyEntry(alias)) {
        authorities.add((X509Certificate) keys.getCertificate(alias));
      } else {
        var chain = keys.getCertificateChain(alias);
        for (int i = 1; chain != null && i < chain.length; i++) {
          authorities.add((X509Certificate) chain[i]);
        }
      }
    }
  }

  /** Whom it trusts; null for the default list. */
  @Nullable TrustedRoots trusted() {
    return trusted;
  }

  /**
   * Makes the credentials of one use.
   *
   * @param requestCert whether a server asks for a certificate
   * @param alpn application protocols, best first
   */
  Credentials credentials(boolean requestCert, String[] alpn) {
    Credentials.Builder builder =
        Credentials.builder()
            .rejectUnauthorized(false)
            .handshakeTimeout(HANDSHAKE_MILLIS)
            .authorities(authorities)
            .requestCert(requestCert)
            .protocols(material.getMember("protocols").as(String[].class))
            .alpn(alpn);
    Value ciphers = material.getMember("ciphers");
    if (!ciphers.isNull()) {
      builder.ciphers(ciphers.as(String[].class));
    }
    String key = material.getMember("key").asString();
    String cert = material.getMember("cert").asString();
    if (pfx != null) {
      builder.keyStore(pfx, pfxPassword);
    } else if (!key.isEmpty() && !cert.isEmpty()) {
      builder.key(key).cert(cert);
      Value passphrase = material.getMember("passphrase");
      if (!passphrase.isNull()) {
        builder.passphrase(passphrase.asString());
      }
    }
    return builder.build();
  }

  /** What JavaScript's own messages call it. */
  @Override
  public String toString() {
    return "[secure context]";
  }

  /** The credentials of one use of a context, as JavaScript holds them: without members. */
  record Use(SecureContext context, Credentials credentials) implements Proxy {
    @Override
    public String toString() {
      return "[credentials]";
    }
  }
}
