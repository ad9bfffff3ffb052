package evented.net;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a stream shows to its peer and whom it trusts, for {@link Stream#setSecure(Credentials)}.
 *
 * <pre>{@code
 * Credentials credentials = Credentials.builder()
 *     .key(Path.of("server.key"))
 *     .cert(Path.of("server.pem"))
 *     .build();
 * }</pre>
 *
 * <p>Credentials never change and may be used from any thread. Making them is costly, so one object
 * is meant to be shared by many streams; only then can sessions be resumed.
 */
public final class Credentials {
  private final TlsSettings settings;
  private final long handshakeTimeoutMillis;
  private final TlsEngines engines;
  private final TlsServerNames<Credentials> serverNames;
  private final @Nullable CredentialsSource source;

  private Credentials(
      TlsSettings settings, long handshakeTimeoutMillis, TlsServerNames<Credentials> serverNames) {
    this.settings = settings;
    this.handshakeTimeoutMillis = handshakeTimeoutMillis;
    this.engines = new TlsEngines(settings);
    this.serverNames = serverNames;
    this.source = null;
  }

  /** Those of {@code source}, which are {@code first} as yet. */
  private Credentials(CredentialsSource source, Credentials first) {
    this.settings = first.settings;
    this.handshakeTimeoutMillis = first.handshakeTimeoutMillis;
    this.engines = first.engines;
    this.serverNames = first.serverNames;
    this.source = source;
  }

  /**
   * Makes credentials that are replaced while the program runs, such as when a certificate is
   * renewed: each handshake takes what {@code supplier} gives at that moment. What is secure
   * already stays as it is.
   *
   * <p>The supplier is called at once, and on the loop thread when a handshake begins, so it should
   * give the same object again, and soon, while nothing has changed. If it throws, gives null, or
   * gives a server credentials without a key, the last good ones stay in use, and a warning is
   * logged ({@code System.Logger} of the name {@code evented.net}).
   *
   * @param supplier gives what to use now; called by one thread at a time
   * @return credentials, to be shared by many streams
   * @throws IllegalArgumentException if what it gives first cannot be used
   */
  public static Credentials supplied(Supplier<Credentials> supplier) {
    CredentialsSource source = new CredentialsSource(Objects.requireNonNull(supplier, "supplier"));
    return new Credentials(source, source.latest());
  }

  /**
   * Makes credentials that are made anew when the files have changed which they are read from; a
   * server need not be started again for a renewed certificate. Each handshake asks the system for
   * the times and sizes of the files, and opens none that has not changed.
   *
   * <pre>{@code
   * Credentials credentials = Credentials.reloaded(
   *     List.of(key, cert), () -> Credentials.builder().key(key).cert(cert).build());
   * }</pre>
   *
   * <p>Files that cannot be used are no harm: the last good credentials stay in use, a warning is
   * logged once, and the files are tried again when they have changed again. So key and certificate
   * may be replaced one after the other.
   *
   * @param files those to look at
   * @param maker makes credentials of them
   * @return credentials, to be shared by many streams
   * @throws IllegalArgumentException if they cannot be used to begin with
   */
  public static Credentials reloaded(List<Path> files, Supplier<Credentials> maker) {
    return supplied(new CredentialsFiles(files, Objects.requireNonNull(maker, "maker")));
  }

  /** Whether a supplier gives these. */
  boolean isSupplied() {
    return source != null;
  }

  /** What a handshake that begins now takes. */
  Credentials current() {
    return source == null ? this : source.current();
  }

  /** Whether what to show depends on the name that the client sends. */
  boolean dependOnName() {
    return !serverNames.isEmpty();
  }

  /** What to show a client that has sent this name; these, if nothing else is said. */
  Credentials forName(@Nullable String serverName) {
    Credentials named = serverName == null ? null : serverNames.find(serverName);
    return named == null ? this : named.current();
  }

  /** Holds what {@code setSecure()} without credentials takes. */
  private static final class Defaults {
    static final Credentials ANONYMOUS = builder().build();
  }

  /** Credentials that show nothing and trust the platform's list. */
  static Credentials anonymous() {
    return Defaults.ANONYMOUS;
  }

  /**
   * Begins to make credentials.
   *
   * @return a builder with nothing set
   */
  public static Builder builder() {
    return new Builder();
  }

  long handshakeTimeoutMillis() {
    return handshakeTimeoutMillis;
  }

  TlsVerifier verifier() {
    return settings.verifier();
  }

  /** Whether a connection fails if its peer does not verify and the program does not ask. */
  boolean failsUnasked(boolean peerIsServer) {
    boolean verified = peerIsServer || settings.requestsCert();
    return verified && settings.unauthorized() == TlsSettings.Unauthorized.REJECTED_UNASKED;
  }

  /** What makes the engine of each connection. */
  TlsEngines engines() {
    return engines;
  }

  /** Whether a server can be run with these. */
  boolean canServe() {
    return settings.canServe();
  }

  /**
   * Makes {@link Credentials}. PEM may be given as text or as a file; keys may be PKCS#8, PKCS#1 or
   * SEC 1 (EC), encrypted or not. The JDK reads PKCS#8 by itself; the older forms need BouncyCastle
   * ({@code org.bouncycastle:bcpkix-jdk18on}) on the class path.
   *
   * <p>What is wrong with an input is said by {@link #build}, or at once by the method that takes
   * it, as an {@link IllegalArgumentException} that names the input.
   */
  public static final class Builder {
    private static final long DEFAULT_HANDSHAKE_TIMEOUT_MILLIS = 10_000;

    private @Nullable TlsPemSource key;
    private final List<TlsIdentity> more = new ArrayList<>();
    private final List<X509Certificate> trusted = new ArrayList<>();
    private final List<TlsPemSource> certs = new ArrayList<>();
    private final List<TlsPemSource> authorities = new ArrayList<>();
    private @Nullable String passphrase;
    private @Nullable KeyStore keyStore;
    private char @Nullable [] keyStorePassword;
    private @Nullable SSLContext sslContext;
    private TlsSettings.Unauthorized unauthorized = TlsSettings.Unauthorized.REJECTED_UNASKED;
    private List<String> protocols = List.of("TLSv1.3", "TLSv1.2");
    private @Nullable List<String> ciphers;
    private List<String> alpnProtocols = List.of();
    private @Nullable Boolean requestsCert;
    private boolean requiresCert;
    private final Map<String, Credentials> serverNames = new LinkedHashMap<>();
    private long handshakeTimeoutMillis = DEFAULT_HANDSHAKE_TIMEOUT_MILLIS;
    private String engine = System.getProperty("evented.tls", "");

    private Builder() {}

    /**
     * Sets the private key.
     *
     * @param pem PEM text
     * @return this
     */
    public Builder key(String pem) {
      key = TlsPemSource.text("key", pem);
      return this;
    }

    /**
     * Sets the private key.
     *
     * @param file a PEM file
     * @return this
     */
    public Builder key(Path file) {
      key = TlsPemSource.file("key", file);
      return this;
    }

    /**
     * Adds to the certificate chain. The stream's own certificate comes first, then the one that
     * signed it, and so on; all may be in one text.
     *
     * @param pem PEM text
     * @return this
     */
    public Builder cert(String pem) {
      certs.add(TlsPemSource.text("cert", pem));
      return this;
    }

    /**
     * Adds to the certificate chain.
     *
     * @param file a PEM file
     * @return this
     */
    public Builder cert(Path file) {
      certs.add(TlsPemSource.file("cert", file));
      return this;
    }

    /**
     * Adds certificates of authorities to trust, instead of the platform's list. A server with
     * authorities asks its clients for a certificate.
     *
     * @param pem PEM texts, each with one or more certificates
     * @return this
     */
    public Builder ca(String... pem) {
      for (String text : pem) {
        authorities.add(TlsPemSource.text("ca", text));
      }
      return this;
    }

    /**
     * Adds certificates of authorities to trust, instead of the platform's list.
     *
     * @param files PEM files, each with one or more certificates
     * @return this
     */
    public Builder ca(Path... files) {
      for (Path file : files) {
        authorities.add(TlsPemSource.file("ca", file));
      }
      return this;
    }

    /**
     * Adds another key with its certificate, of another kind than the first, such as RSA beside an
     * elliptic curve: what is shown depends on what the peer can verify. Such credentials use the
     * JDK's engine.
     *
     * @param key the private key, PEM text
     * @param cert its certificate, then the one that signed that, and so on, PEM text
     * @param passphrase what the key is encrypted with; null if it is not
     * @return this
     * @throws IllegalArgumentException if they cannot be read, or are no pair
     */
    public Builder keyPair(String key, String cert, @Nullable String passphrase) {
      PrivateKey privateKey = TlsPem.readKey(TlsPemSource.text("key", key), passphrase);
      List<X509Certificate> chain = TlsPem.readCertificates(TlsPemSource.text("cert", cert));
      TlsKeys.checkPair(privateKey, chain);
      more.add(new TlsIdentity(privateKey, List.copyOf(chain)));
      return this;
    }

    /**
     * Adds authorities to trust, instead of the platform's list. Unlike those read from PEM, they
     * may have expired, and then are no good.
     *
     * @param certificates their certificates
     * @return this
     */
    public Builder authorities(List<X509Certificate> certificates) {
      trusted.addAll(certificates);
      return this;
    }

    /**
     * Says whether a server asks its clients for a certificate. Unless this is called, it does if
     * there are authorities to judge it by.
     *
     * @param on whether it asks
     * @return this
     */
    public Builder requestCert(boolean on) {
      requestsCert = on;
      return this;
    }

    /**
     * Says whether the handshake fails with a client that shows no certificate, whatever becomes of
     * one that does not verify. Unless this is called, that is so with {@code
     * rejectUnauthorized(true)} only.
     *
     * @param on whether it fails; true has a server ask, too
     * @return this
     */
    public Builder requireCert(boolean on) {
      requiresCert = on;
      return on ? requestCert(true) : this;
    }

    /**
     * Sets what the private key is encrypted with.
     *
     * @param passphrase the passphrase
     * @return this
     */
    public Builder passphrase(String passphrase) {
      this.passphrase = Objects.requireNonNull(passphrase, "passphrase");
      return this;
    }

    /**
     * Takes the key and its chain from the first key entry of a key store, and the authorities from
     * its certificate entries.
     *
     * @param keyStore a loaded key store
     * @param password the password of the key entry
     * @return this
     */
    public Builder keyStore(KeyStore keyStore, char[] password) {
      this.keyStore = Objects.requireNonNull(keyStore, "keyStore");
      this.keyStorePassword = password.clone();
      return this;
    }

    /**
     * Takes an {@link SSLContext} as it is. Its own trust manager decides on peers during the
     * handshake, so {@code verifyPeer} then tells whether there is a certificate that is valid
     * today.
     *
     * @param sslContext an initialized context
     * @return this
     */
    public Builder sslContext(SSLContext sslContext) {
      this.sslContext = Objects.requireNonNull(sslContext, "sslContext");
      return this;
    }

    /**
     * Says what becomes of a peer that does not verify (semantics T4): always of a server, whose
     * certificate must be for the host that the client has connected to; and of a client, if the
     * server's credentials hold authorities.
     *
     * <p>Unless this is called, the handshake succeeds, and the program decides: in a listener for
     * {@code secure} it calls {@code verifyPeer} or {@code getPeerCertificate}. If none of them has
     * done so when they have returned, the stream fails with {@code CERT_UNVERIFIED}, and nothing
     * has left it or was emitted before.
     *
     * @param on true: the handshake fails with an {@code error}, and a server with authorities
     *     insists on a certificate; false: the handshake succeeds, and whoever does not ask takes
     *     any peer
     * @return this
     */
    public Builder rejectUnauthorized(boolean on) {
      unauthorized = on ? TlsSettings.Unauthorized.REJECTED : TlsSettings.Unauthorized.ACCEPTED;
      return this;
    }

    /**
     * Sets the versions of TLS.
     *
     * @param protocols {@code TLSv1.3} and {@code TLSv1.2} by default
     * @return this
     */
    public Builder protocols(String... protocols) {
      if (protocols.length == 0) {
        throw new IllegalArgumentException("protocols must name one or more, such as TLSv1.3");
      }
      for (String protocol : protocols) {
        if (!protocol.equals("TLSv1.2") && !protocol.equals("TLSv1.3")) {
          throw new IllegalArgumentException(
              "protocols must be TLSv1.2 or TLSv1.3, one was " + protocol);
        }
      }
      this.protocols = List.of(protocols);
      return this;
    }

    /**
     * Sets the cipher suites.
     *
     * @param ciphers names such as {@code TLS_AES_128_GCM_SHA256}; the engine's own list by default
     * @return this
     */
    public Builder ciphers(String... ciphers) {
      if (ciphers.length == 0) {
        throw new IllegalArgumentException("ciphers must name one or more");
      }
      this.ciphers = List.of(ciphers);
      return this;
    }

    /**
     * Sets the application protocols to offer or to choose from (ALPN), best first.
     *
     * @param protocols names such as {@code h2}
     * @return this
     */
    public Builder alpn(String... protocols) {
      alpnProtocols = List.of(protocols);
      return this;
    }

    /**
     * Sets how long a handshake may take (semantics T7).
     *
     * @param millis milliseconds, 1 or more; 10,000 by default
     * @return this
     */
    public Builder handshakeTimeout(long millis) {
      if (millis < 1) {
        throw new IllegalArgumentException("handshakeTimeout must be 1 or more, was " + millis);
      }
      handshakeTimeoutMillis = millis;
      return this;
    }

    /**
     * Has a server use other credentials for clients that ask for a host by this name (SNI). Those
     * that send another name, or none, get what is being built here. All of the other credentials
     * counts, whom they trust and what they refuse as well, but for {@code handshakeTimeout}.
     *
     * @param pattern a host name; or a pattern such as {@code *.example.org}, where the star stands
     *     for one label. A name itself goes before a pattern. Case does not matter.
     * @param credentials what to use, with a key and a certificate; {@linkplain #supplied supplied}
     *     ones too
     * @return this
     * @throws IllegalArgumentException if the pattern is none, or the credentials have no key, or
     *     depend on the name themselves
     */
    public Builder serverName(String pattern, Credentials credentials) {
      if (!credentials.canServe()) {
        throw new IllegalArgumentException(
            "the credentials for the serverName " + pattern + " must have a key and a cert");
      }
      if (credentials.dependOnName()) {
        throw new IllegalArgumentException(
            "the credentials for the serverName " + pattern + " have such names themselves");
      }
      new TlsServerNames<Credentials>().put(pattern, credentials); // which looks at the pattern
      serverNames.put(pattern, credentials);
      return this;
    }

    /** Takes another engine than {@code -Devented.tls} says. */
    Builder engine(String name) {
      engine = name;
      return this;
    }

    /**
     * Makes the credentials.
     *
     * @return credentials, to be shared by many streams
     * @throws IllegalArgumentException if an input cannot be used; the message says which, and why
     */
    public Credentials build() {
      if (sslContext != null && (key != null || !certs.isEmpty() || keyStore != null)) {
        throw new IllegalArgumentException(
            "sslContext brings its own key: give either it, or key and cert, or keyStore");
      }
      if (keyStore != null && (key != null || !certs.isEmpty())) {
        throw new IllegalArgumentException(
            "keyStore brings its own key: give either it, or key and cert");
      }
      PrivateKey privateKey = key == null ? null : TlsPem.readKey(key, passphrase);
      List<X509Certificate> chain = new ArrayList<>();
      for (TlsPemSource cert : certs) {
        chain.addAll(TlsPem.readCertificates(cert));
      }
      List<X509Certificate> trusted = new ArrayList<>(this.trusted);
      for (TlsPemSource authority : authorities) {
        trusted.addAll(TlsPem.readAuthorities(authority));
      }
      if (keyStore != null) {
        TlsKeyStore store = new TlsKeyStore(keyStore, keyStorePassword);
        privateKey = store.key();
        chain.addAll(store.chain());
        trusted.addAll(store.authorities());
      }
      TlsKeys.checkPair(privateKey, chain);
      List<TlsIdentity> others = List.copyOf(more);
      if (privateKey == null && !others.isEmpty()) {
        throw new IllegalArgumentException("keyPair adds to a key and a cert, which are missing");
      }
      boolean requests = requestsCert == null ? !trusted.isEmpty() : requestsCert;
      if (!serverNames.isEmpty() && privateKey == null && sslContext == null) {
        throw new IllegalArgumentException(
            "serverName needs a key and a cert beside it, for clients that send no such name");
      }
      TlsServerNames<Credentials> names = new TlsServerNames<>();
      serverNames.forEach(names::put);
      return new Credentials(
          new TlsSettings(
              privateKey,
              List.copyOf(chain),
              others,
              List.copyOf(trusted),
              sslContext,
              unauthorized,
              protocols,
              ciphers,
              alpnProtocols,
              requests,
              requiresCert || unauthorized == TlsSettings.Unauthorized.REJECTED,
              engine,
              new TlsVerifier(List.copyOf(trusted), sslContext != null)),
          handshakeTimeoutMillis,
          names);
    }
  }
}
