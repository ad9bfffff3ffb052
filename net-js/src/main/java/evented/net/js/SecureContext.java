package evented.net.js;

import evented.net.Credentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
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

  private final List<Pair> pairs = new ArrayList<>();
  private final List<X509Certificate> authorities = new ArrayList<>();
  private final @Nullable TrustedRoots trusted;
  private final @Nullable KeyStore pfx;
  private final char[] pfxPassword;
  private final String[] protocols;
  private final String @Nullable [] ciphers;

  /** A key and its certificates, PEM. */
  private record Pair(String key, @Nullable String passphrase, String cert) {}

  /**
   * Reads all that is given, and checks it.
   *
   * @param material lists as members: keys and certs (PEM), keyPassphrases (null for none), ca
   *     (PEM), pfx (base 64), pfxPassphrases, protocols, and ciphers (or null)
   */
  SecureContext(Value material) throws IOException, GeneralSecurityException {
    protocols = strings(material, "protocols");
    ciphers = material.getMember("ciphers").isNull() ? null : strings(material, "ciphers");
    String[] stores = strings(material, "pfx");
    if (stores.length > 1) {
      throw new UnsupportedOperationException("one pfx can be used, not several");
    }
    String password = stores.length == 0 ? null : strings(material, "pfxPassphrases")[0];
    pfxPassword = password == null ? new char[0] : password.toCharArray();
    pfx = stores.length == 0 ? null : open(stores[0]);
    for (String pem : strings(material, "ca")) {
      authorities.addAll(TrustedRoots.read(pem));
    }
    if (pfx != null) {
      addAuthoritiesOf(pfx);
    }
    trusted = authorities.isEmpty() ? null : new TrustedRoots(authorities);
    if (pfx == null) {
      pair(
          strings(material, "keys"),
          strings(material, "keyPassphrases"),
          strings(material, "certs"));
    }
    credentials(
        /* requestCert= */ false,
        /* requireCert= */ false,
        new String[0]); // which says what cannot be used
  }

  private static String[] strings(Value material, String name) {
    return material.getMember(name).as(String[].class);
  }

  /**
   * Finds the certificate of each key. One key may have its chain in several texts; several keys
   * have one text each, in whichever order.
   */
  private void pair(String[] keys, String[] passphrases, String[] certs) {
    if (keys.length <= 1 || certs.length <= 1) {
      String cert = String.join("\n", certs);
      if (keys.length > 0 && certs.length > 0) {
        pairs.add(new Pair(keys[0], passphrases[0], cert));
      } else if (keys.length > 0) {
        checkReadable(builder -> builder.key(keys[0]), passphrases[0]);
      } else if (certs.length > 0) {
        checkReadable(builder -> builder.cert(cert), null);
      }
      return;
    }
    List<String> left = new ArrayList<>(List.of(certs));
    for (int i = 0; i < keys.length; i++) {
      Pair pair = pairWithOneOf(left, keys[i], passphrases[i]);
      pairs.add(pair);
      left.remove(pair.cert());
    }
  }

  private static Pair pairWithOneOf(List<String> certs, String key, @Nullable String passphrase) {
    IllegalArgumentException refusal =
        new IllegalArgumentException("key was given without its cert");
    for (String cert : certs) {
      try {
        // Reads both, and looks whether they belong together.
        Credentials.Builder unused = Credentials.builder().keyPair(key, cert, passphrase);
        return new Pair(key, passphrase, cert);
      } catch (IllegalArgumentException e) {
        refusal = e;
      }
    }
    throw refusal;
  }

  /** A key alone, or a certificate alone, is of no use but has to be good, as in Node. */
  private static void checkReadable(
      Consumer<Credentials.Builder> part, @Nullable String passphrase) {
    Credentials.Builder builder = Credentials.builder();
    part.accept(builder);
    if (passphrase != null) {
      builder.passphrase(passphrase);
    }
    try {
      builder.build();
    } catch (IllegalArgumentException e) {
      if (!String.valueOf(e.getMessage()).contains("was given without its")) {
        throw e;
      }
    }
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
        continue;
      }
      Certificate[] chain = keys.getCertificateChain(alias);
      for (int i = 1; chain != null && i < chain.length; i++) {
        authorities.add((X509Certificate) chain[i]);
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
   * @param requireCert whether a client without one is refused
   * @param alpn application protocols, best first
   */
  Credentials credentials(boolean requestCert, boolean requireCert, String[] alpn) {
    Credentials.Builder builder =
        Credentials.builder()
            .rejectUnauthorized(false)
            .handshakeTimeout(HANDSHAKE_MILLIS)
            .authorities(authorities)
            .requestCert(requestCert)
            .requireCert(requireCert)
            .protocols(protocols)
            .alpn(alpn);
    if (ciphers != null) {
      builder.ciphers(ciphers);
    }
    if (pfx != null) {
      builder.keyStore(pfx, pfxPassword);
    }
    for (int i = 0; i < pairs.size(); i++) {
      Pair pair = pairs.get(i);
      if (i > 0) {
        builder.keyPair(pair.key(), pair.cert(), pair.passphrase());
      } else {
        builder.key(pair.key()).cert(pair.cert());
        if (pair.passphrase() != null) {
          builder.passphrase(pair.passphrase());
        }
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
