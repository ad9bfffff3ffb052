package evented.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.lang.ref.Cleaner;
import java.net.Socket;
import java.security.PrivateKey;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * BoringSSL, by way of the engine of netty-handler and netty-tcnative. The one file that knows
 * them; it is not even loaded where the application has not added them.
 */
final class TlsBoringSsl implements TlsEngines.Provider {
  /** Frees the native memory of contexts whose credentials no one holds any more. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final SslContext client;
  private final @Nullable SslContext server;

  TlsBoringSsl(TlsSettings settings) throws SSLException {
    SslContext clientContext = newContext(settings, /* isClient= */ true);
    SslContext serverContext =
        settings.canServe() ? newContext(settings, /* isClient= */ false) : null;
    this.client = clientContext;
    this.server = serverContext;
    CLEANER.register(
        this,
        () -> {
          ReferenceCountUtil.release(clientContext);
          ReferenceCountUtil.release(serverContext);
        });
  }

  /** Why BoringSSL cannot be used here; null if it can. */
  static @Nullable Throwable unavailabilityCause() {
    return OpenSsl.isAvailable() ? null : OpenSsl.unavailabilityCause();
  }

  private static SslContext newContext(TlsSettings settings, boolean isClient) throws SSLException {
    PrivateKey key = settings.key();
    X509Certificate[] chain = settings.chain().toArray(new X509Certificate[0]);
    SslContextBuilder builder;
    if (isClient) {
      builder = SslContextBuilder.forClient();
      if (key != null) {
        builder.keyManager(key, chain);
      }
    } else {
      builder = SslContextBuilder.forServer(key, chain).clientAuth(clientAuth(settings));
    }
    return builder
        .sslProvider(SslProvider.OPENSSL_REFCNT)
        .protocols(settings.protocols())
        .ciphers(settings.ciphers())
        .applicationProtocolConfig(alpn(settings.alpnProtocols()))
        .endpointIdentificationAlgorithm(null) // our own trust manager decides on names
        .trustManager(new Refusals(new TlsTrustManager(settings)))
        .build();
  }

  private static ClientAuth clientAuth(TlsSettings settings) {
    if (!settings.requestsCert()) {
      return ClientAuth.NONE;
    }
    return settings.requiresCert() ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL;
  }

  private static @Nullable ApplicationProtocolConfig alpn(List<String> protocols) {
    if (protocols.isEmpty()) {
      return null;
    }
    return new ApplicationProtocolConfig(
        ApplicationProtocolConfig.Protocol.ALPN,
        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
        protocols);
  }

  @Override
  public SSLEngine newEngine(boolean isClient, @Nullable String host, int port) {
    SslContext context = isClient ? client : server;
    if (context == null) {
      throw new IllegalStateException("a server's stream needs credentials with key and cert");
    }
    return host == null
        ? context.newEngine(ByteBufAllocator.DEFAULT)
        : context.newEngine(ByteBufAllocator.DEFAULT, host, port); // to find a session again
  }

  /**
   * Says in the terms of BoringSSL that nobody vouches for a peer, which would be told of an
   * internal error otherwise.
   */
  private static final class Refusals extends X509ExtendedTrustManager {
    /** X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, which becomes the alert unknown_ca. */
    private static final int UNKNOWN_AUTHORITY = 21;

    private interface Check {
      void run() throws CertificateException;
    }

    private final TlsTrustManager decides;

    Refusals(TlsTrustManager decides) {
      this.decides = decides;
    }

    private static void tell(Check check) throws CertificateException {
      try {
        check.run();
      } catch (CertificateException e) {
        // Those on dates are known to it by their class; a name has no alert of its own.
        if (e.getCause() instanceof CertPathBuilderException) {
          throw new OpenSslCertificateException(e.getMessage(), e, UNKNOWN_AUTHORITY);
        }
        throw e;
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      tell(() -> decides.checkClientTrusted(chain, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      tell(() -> decides.checkClientTrusted(chain, authType, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      tell(() -> decides.checkClientTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      tell(() -> decides.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
        throws CertificateException {
      tell(() -> decides.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
        throws CertificateException {
      tell(() -> decides.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return decides.getAcceptedIssuers();
    }
  }

  static boolean made(SSLEngine engine) {
    return engine instanceof ReferenceCountedOpenSslEngine;
  }

  /** Frees an engine's native memory. */
  static void release(SSLEngine engine) {
    ReferenceCountUtil.release(engine);
  }
}
