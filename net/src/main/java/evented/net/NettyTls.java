package evented.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.lang.ref.Cleaner;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The TLS engine of one {@link Credentials}: BoringSSL if netty-tcnative is on the class path and
 * loads, else the JDK's; {@code -Devented.tls=jdk} or {@code openssl} overrides that. The contexts
 * are made once, and shared by all streams that use the credentials.
 */
final class NettyTls {
  /** Frees the native memory of contexts whose credentials no one holds any more. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final Credentials credentials;
  private final SslContext client;
  private final @Nullable SslContext server;

  /** Makes and so checks the contexts. */
  NettyTls(Credentials credentials) throws SSLException {
    this.credentials = credentials;
    SslProvider provider = provider(credentials.engine());
    this.client = newCheckedContext(provider, /* isClient= */ true);
    this.server =
        credentials.canServe() ? newCheckedContext(provider, /* isClient= */ false) : null;
    SslContext clientContext = client;
    SslContext serverContext = server;
    CLEANER.register(
        credentials,
        () -> {
          ReferenceCountUtil.release(clientContext);
          ReferenceCountUtil.release(serverContext);
        });
  }

  private static SslProvider provider(String wanted) {
    return switch (wanted) {
      case "" -> OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
      case "jdk" -> SslProvider.JDK;
      case "openssl" -> {
        if (!OpenSsl.isAvailable()) {
          throw new IllegalArgumentException(
              "evented.tls is openssl, but netty-tcnative does not load: "
                  + OpenSsl.unavailabilityCause());
        }
        yield SslProvider.OPENSSL_REFCNT;
      }
      default ->
          throw new IllegalArgumentException("evented.tls must be jdk or openssl, was " + wanted);
    };
  }

  private SslContext newCheckedContext(SslProvider provider, boolean isClient) throws SSLException {
    if (credentials.ciphers() == null) {
      return newContext(provider, isClient);
    }
    try {
      SslContext context = newContext(provider, isClient);
      if (context instanceof JdkSslContext) {
        context.newEngine(ByteBufAllocator.DEFAULT); // the JDK looks at the names no sooner
      }
      return context;
    } catch (SSLException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "ciphers " + credentials.ciphers() + " cannot be used: " + e.getMessage(), e);
    }
  }

  private SslContext newContext(SslProvider provider, boolean isClient) throws SSLException {
    SSLContext given = credentials.sslContext();
    if (given != null) {
      return new JdkSslContext(
          given,
          isClient,
          credentials.ciphers(),
          IdentityCipherSuiteFilter.INSTANCE,
          alpn(),
          clientAuth(),
          credentials.protocols().toArray(new String[0]),
          /* startTls= */ false);
    }
    PrivateKey key = credentials.key();
    X509Certificate[] chain = credentials.chain().toArray(new X509Certificate[0]);
    SslContextBuilder builder;
    if (isClient) {
      builder = SslContextBuilder.forClient();
      if (key != null) {
        builder.keyManager(key, chain);
      }
    } else {
      builder = SslContextBuilder.forServer(key, chain).clientAuth(clientAuth());
    }
    return builder
        .sslProvider(provider)
        .protocols(credentials.protocols())
        .ciphers(credentials.ciphers())
        .applicationProtocolConfig(alpn())
        .endpointIdentificationAlgorithm(null) // our own trust manager decides on names
        .trustManager(new Trust())
        .build();
  }

  private ClientAuth clientAuth() {
    if (credentials.authorities().isEmpty()) {
      return ClientAuth.NONE;
    }
    return credentials.rejectsUnauthorized() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL;
  }

  private @Nullable ApplicationProtocolConfig alpn() {
    List<String> protocols = credentials.alpnProtocols();
    if (protocols.isEmpty()) {
      return null;
    }
    return new ApplicationProtocolConfig(
        ApplicationProtocolConfig.Protocol.ALPN,
        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }

  /** A handler for one connection. */
  SslHandler newHandler(
      ByteBufAllocator allocator, boolean isClient, @Nullable String host, int port) {
    SslContext context = isClient ? client : server;
    if (context == null) {
      throw new IllegalStateException("a server's stream needs credentials with key and cert");
    }
    SslHandler handler =
        host == null
            ? context.newHandler(allocator)
            : context.newHandler(allocator, host, port); // for SNI, and to find a session again
    if (isClient && host != null) {
      nameServer(handler.engine(), host);
    }
    handler.setHandshakeTimeoutMillis(credentials.handshakeTimeoutMillis());
    return handler;
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

  /** Tells in our words why a handshake failed. */
  static NetException toNetException(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SslHandshakeTimeoutException) {
        return new NetException("handshake ETIMEDOUT", "ETIMEDOUT", "handshake", thrown);
      }
      if (cause instanceof CertificateExpiredException) {
        return certificateProblem("CERT_HAS_EXPIRED", cause, thrown);
      }
      if (cause instanceof CertificateNotYetValidException) {
        return certificateProblem("CERT_NOT_YET_VALID", cause, thrown);
      }
      if (cause instanceof WrongNameException) {
        return certificateProblem("ERR_TLS_CERT_ALTNAME_INVALID", cause, thrown);
      }
      if (cause instanceof CertificateException) {
        return certificateProblem("UNABLE_TO_VERIFY_LEAF_SIGNATURE", cause, thrown);
      }
      if (cause instanceof ClosedChannelException) {
        return new NetException("handshake ECONNRESET", "ECONNRESET", "handshake", thrown);
      }
      ErrorCode code = cause instanceof SSLException ? null : ErrorCode.of(cause);
      if (code != null) {
        return NetException.of("handshake", code, null, thrown);
      }
    }
    Throwable reason =
        thrown instanceof DecoderException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return new NetException(
        "handshake EPROTO: " + reason.getMessage(), "EPROTO", "handshake", thrown);
  }

  private static NetException certificateProblem(String code, Throwable cause, Throwable thrown) {
    return new NetException(
        "handshake " + code + ": " + cause.getMessage(), code, "handshake", thrown);
  }

  /** Accepts every peer in the handshake, unless the credentials say otherwise. */
  private final class Trust extends X509ExtendedTrustManager {
    private void check(X509Certificate[] chain, boolean peerIsServer, @Nullable String host)
        throws CertificateException {
      if (credentials.rejectsUnauthorized()) {
        credentials.verifier().check(chain, peerIsServer, host);
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      check(chain, false, null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      check(chain, false, null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      check(chain, false, null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      check(chain, true, null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      check(chain, true, engine.getPeerHost());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      check(chain, true, null);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return credentials.authorities().toArray(new X509Certificate[0]);
    }
  }
}
