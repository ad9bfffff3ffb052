package evented.net;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * Makes the TLS engines of one {@link TlsSettings}: BoringSSL's if the application has added it and
 * it loads, else the JDK's; {@code -Devented.tls=jdk} or {@code openssl} overrides that. Contexts
 * are made once, and shared by all streams that use the settings. Any thread.
 */
final class TlsEngines {
  /** One implementation of TLS, set up with some settings. */
  interface Provider {
    SSLEngine newEngine(boolean client, @Nullable String host, int port);
  }

  /** The kinds of keys that netty-tcnative finds a use for. */
  private static final Set<String> BORING_SSL_KEYS = Set.of("RSA", "EC");

  /** So that nothing of BoringSSL is loaded only to ask whether an engine is one of its own. */
  private static volatile boolean boringSslUsed;

  private final Provider provider;

  /**
   * Makes and so checks the contexts.
   *
   * @throws IllegalArgumentException what of the credentials the engine cannot use, and why
   */
  TlsEngines(TlsSettings settings) {
    List<String> ciphers = settings.ciphers();
    try {
      provider = newProvider(settings);
      release(provider.newEngine(/* client= */ true, null, -1)); // the JDK looks at names no sooner
    } catch (UnusableException e) {
      throw e;
    } catch (GeneralSecurityException
        | SSLException
        | IllegalStateException
        | IllegalArgumentException e) {
      if (ciphers == null) {
        throw new IllegalArgumentException("the credentials cannot be used: " + e.getMessage(), e);
      }
      throw new IllegalArgumentException(
          "ciphers " + ciphers + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static Provider newProvider(TlsSettings settings)
      throws GeneralSecurityException, SSLException {
    if (settings.sslContext() != null) {
      return new TlsJdk(settings);
    }
    String wanted = settings.engine();
    return switch (wanted) {
      case "jdk" -> new TlsJdk(settings);
      case "openssl" -> newBoringSsl(settings);
      case "" -> whyNotBoringSsl(settings) == null ? newBoringSsl(settings) : new TlsJdk(settings);
      default -> throw new UnusableException("evented.tls must be jdk or openssl, was " + wanted);
    };
  }

  private static Provider newBoringSsl(TlsSettings settings) throws SSLException {
    String reason = whyNotBoringSsl(settings);
    if (reason != null) {
      throw new UnusableException(reason);
    }
    boringSslUsed = true;
    return new TlsBoringSsl(settings);
  }

  private static @Nullable String whyNotBoringSsl(TlsSettings settings) {
    PrivateKey key = settings.key();
    if (key != null && !BORING_SSL_KEYS.contains(key.getAlgorithm())) {
      return "key is of the kind "
          + key.getAlgorithm()
          + ", which the engine openssl cannot use: take RSA or EC, or the engine jdk";
    }
    if (!settings.others().isEmpty()) {
      return "several keys are given, which the engine openssl cannot use: take the engine jdk";
    }
    try {
      Throwable cause = TlsBoringSsl.unavailabilityCause();
      return cause == null ? null : unavailable(cause);
    } catch (LinkageError e) { // netty-handler is missing
      return unavailable(e);
    }
  }

  private static String unavailable(Throwable cause) {
    return "evented.tls is openssl, but netty-handler and netty-tcnative do not load: " + cause;
  }

  /**
   * Makes the engine of one connection, to be {@linkplain #release released} in the end.
   *
   * @param host what the user calls the server; null if that is not known, or this is the server
   * @throws NetException if that cannot be done, such as for lack of memory
   */
  SSLEngine newEngine(boolean client, @Nullable String host, int port) throws NetException {
    try {
      SSLEngine engine = provider.newEngine(client, host, port);
      if (client && host != null) {
        nameServer(engine, host);
      }
      return engine;
    } catch (RuntimeException e) {
      throw TlsErrors.toNetException("handshake", e);
    }
  }

  /**
   * Makes the engine of a client whose session is kept by a key of its own.
   *
   * @param host the name to send; null for none
   * @param sessionKey where to look for a session to resume, and to keep this one
   * @throws NetException if that cannot be done, such as for lack of memory
   */
  SSLEngine newClientEngine(@Nullable String host, String sessionKey) throws NetException {
    try {
      SSLEngine engine = provider.newEngine(/* client= */ true, sessionKey, 0);
      if (host != null) {
        nameServer(engine, host);
      }
      return engine;
    } catch (RuntimeException e) {
      throw TlsErrors.toNetException("handshake", e);
    }
  }

  /** Sends the name that the user has given (SNI); both engines leave out names without a dot. */
  private static void nameServer(SSLEngine engine, String host) {
    if (IpAddress.parse(host) != null) {
      return;
    }
    try {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(host)));
      engine.setSSLParameters(parameters);
    } catch (IllegalArgumentException notAsTlsWantsIt) {
      // Such as one with an underscore or a dot at its end: the server is not told, then.
    }
  }

  /** Whether an engine closes both directions at once, whatever the version of TLS allows. */
  static boolean closesBothDirections(SSLEngine engine) {
    return boringSslUsed && TlsBoringSsl.made(engine);
  }

  /** Frees the native memory of an engine that has some. What it knows of its session remains. */
  static void release(SSLEngine engine) {
    if (boringSslUsed && TlsBoringSsl.made(engine)) {
      TlsBoringSsl.release(engine);
    }
  }

  /** Says what is wrong in full. */
  private static final class UnusableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
      super(message);
    }
  }
}
