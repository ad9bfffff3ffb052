package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What one stream's TLS may differ in from its credentials, and what it tells of its session. */
class SecureOptionsTest {
  private static final SecureWire WIRE = SecureWire.TCP_JDK_13;

  /** The session of a client, when it is secure; the stream fails with its error. */
  private static CompletableFuture<SecureSession> session(Stream stream) {
    CompletableFuture<SecureSession> session = new CompletableFuture<>();
    stream.onSecure(() -> session.complete(stream.getSession()));
    stream.onError(session::completeExceptionally);
    stream.onData(bytes -> {});
    return session;
  }

  private static SocketAddress serve(
      TestNet net, SecureOptions options, Credentials credentials, Consumer<Stream> listener) {
    return net.serve(
        Wire.TCP,
        stream -> {
          stream.onError(failure -> {});
          stream.setSecure(credentials, options);
          listener.accept(stream);
        });
  }

  private static Credentials trusting(String... alpn) {
    return Credentials.builder()
        .engine("jdk")
        .ca(TestCertificates.CA.certPem())
        .rejectUnauthorized(false)
        .alpn(alpn)
        .build();
  }

  @Test
  void theSideThatHasConnectedMayBeTheServer() {
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          serve(
              net,
              SecureOptions.defaults().server(false).serverName("localhost"),
              trusting(),
              stream -> {});
      Stream server =
          net.connect(address).setSecure(WIRE.server(), SecureOptions.defaults().server(true));
      SecureSession session = Await.get(session(server));
      assertThat(session.serverName()).isEqualTo("localhost");
      assertThat(session.localCertificates()).isNotEmpty();
      assertThat(session.peerCertificates()).isEmpty();
      assertThat(session.protocol()).isEqualTo("TLSv1.3");
      assertThat(session.cipherSuite()).startsWith("TLS_");
      assertThat(session.resumed()).isFalse();
    }
  }

  @Test
  void aSessionIsResumedByItsKey() {
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          serve(net, SecureOptions.defaults(), WIRE.server(), stream -> stream.write("hello"));
      Credentials credentials = trusting();
      assertThat(isResumed(net, address, credentials, "one")).isFalse();
      assertThat(isResumed(net, address, credentials, "two")).isFalse();
      assertThat(isResumed(net, address, credentials, "one")).isTrue();
      assertThatThrownBy(() -> SecureOptions.defaults().sessionKey("a.b"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static boolean isResumed(
      TestNet net, SocketAddress address, Credentials credentials, String key) {
    Stream client = net.connect(address);
    CompletableFuture<Boolean> resumed = new CompletableFuture<>();
    client.onError(resumed::completeExceptionally);
    // Its ticket comes before the data.
    client.onData(bytes -> resumed.complete(client.getSession().resumed()));
    client.setSecure(credentials, SecureOptions.defaults().sessionKey(key));
    boolean result = Await.get(resumed);
    client.destroy();
    return result;
  }

  @Test
  void credentialsAreFoundForANameLater() {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Credentials> found = new CompletableFuture<>();
      SecureOptions options =
          SecureOptions.defaults()
              .serverNames(
                  name -> name.equals("a.test") ? found : CompletableFuture.completedFuture(null));
      SocketAddress address = serve(net, options, WIRE.server(), stream -> {});
      SecureOptions named = SecureOptions.defaults().serverName("a.test");
      CompletableFuture<SecureSession> first =
          session(net.connect(address).setSecure(trusting(), named));
      assertThat(first).isNotDone();
      found.complete(WIRE.credentials(TestCertificates.EC_SERVER).build());
      assertThat(Await.get(first).peerCertificates().get(0).getPublicKey().getAlgorithm())
          .isEqualTo("EC");
      SecureOptions other = SecureOptions.defaults().serverName("b.test");
      assertThat(
              Await.get(session(net.connect(address).setSecure(trusting(), other)))
                  .peerCertificates()
                  .get(0)
                  .getPublicKey()
                  .getAlgorithm())
          .isEqualTo("RSA");
    }
  }

  @Test
  void aNameWithoutCredentialsFailsTheHandshake() {
    try (TestNet net = new TestNet()) {
      CompletableFuture<NetException> failure = new CompletableFuture<>();
      SecureOptions options =
          SecureOptions.defaults()
              .serverNames(name -> CompletableFuture.failedFuture(new IOException("unknown")));
      SocketAddress address =
          serve(net, options, WIRE.server(), stream -> stream.onError(failure::complete));
      Stream client =
          net.connect(address).setSecure(trusting(), SecureOptions.defaults().serverName("a.test"));
      client.onError(ignored -> {});
      assertThat(Await.get(failure)).hasMessageContaining("unknown");
    }
  }

  @Test
  void aServerChoosesTheProtocolOfEachConnection() {
    try (TestNet net = new TestNet()) {
      SecureOptions options =
          SecureOptions.defaults()
              .alpnSelector((name, offered) -> offered.contains("two") ? "two" : null);
      SocketAddress address = serve(net, options, WIRE.server(), stream -> {});
      assertThat(
              Await.get(session(net.connect(address).setSecure(trusting("one", "two"))))
                  .alpnProtocol())
          .isEqualTo("two");
      Stream refused = net.connect(address).setSecure(trusting("three"));
      CompletableFuture<NetException> failure = new CompletableFuture<>();
      refused.onError(failure::complete);
      assertThat(Await.get(failure)).hasMessageContaining("no_application_protocol");
    }
  }
}
