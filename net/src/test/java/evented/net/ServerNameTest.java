package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import evented.net.TestCertificates.Identity;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics T7, the server's side: which credentials a client gets that asks for a name. */
class ServerNameTest {
  private static final Identity ONE = TestCertificates.CA.issue("CN=one").dns("a.example").make();
  private static final Identity ANY = TestCertificates.CA.issue("CN=any").dns("*.example").make();

  private static SocketAddress serve(TestNet net, SecureWire wire) {
    Credentials credentials =
        wire.credentials(TestCertificates.SERVER)
            .serverName("a.b.example", wire.credentials(ONE).build())
            .serverName("*.B.example", wire.credentials(ANY).build())
            .build();
    return net.serve(Wire.TCP, stream -> stream.setSecure(credentials).onError(error -> {}));
  }

  private static String shown(SocketAddress address, SecureWire wire, String name)
      throws Exception {
    String subject = NamedClient.shown(address, wire, name).getSubjectX500Principal().getName();
    return subject.replaceAll(",.*", "");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T7_aServerShowsWhatBelongsToTheNameThatTheClientSends(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = serve(net, wire);
      assertThat(shown(address, wire, "a.b.example")).isEqualTo("CN=one");
      assertThat(shown(address, wire, "A.B.Example")).isEqualTo("CN=one");
      assertThat(shown(address, wire, "c.b.example")).isEqualTo("CN=any");
    }
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T7_aServerShowsWhatIsItsOwnForAnyOtherNameAndForNone(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = serve(net, wire);
      for (String other : new String[] {"b.example", "x.c.b.example", "example.org", null}) {
        assertThat(shown(address, wire, other)).as(other).isEqualTo("CN=localhost");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T7_aClientOfOursIsServedByItsName(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = serve(net, wire);
      Stream client = net.connect(address).setSecure(wire.client());
      CompletableFuture<String> subject = new CompletableFuture<>();
      client.onSecure(() -> subject.complete(client.getPeerCertificate().subject()));
      assertThat(Await.get(subject)).endsWith("CN=localhost"); // an address is sent as no name
    }
  }

  /** The hello in pieces of one byte, so that it is read in many calls. */
  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T7_aHelloThatDribblesIsReadToItsEnd(SecureWire wire) throws Exception {
    byte[] hello = NamedClient.hello("a.b.example");
    try (TestNet net = new TestNet();
        var client = Wire.rawSocket(serve(net, wire))) {
      client.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
      for (byte b : hello) {
        client.write(java.nio.ByteBuffer.wrap(new byte[] {b}));
      }
      java.nio.ByteBuffer answer = java.nio.ByteBuffer.allocate(1);
      assertThat(client.read(answer)).isEqualTo(1);
      assertThat(answer.get(0)).isEqualTo((byte) 22); // a handshake record, and no alert
    }
  }

  private static EventLog accepted(
      TestNet net, SecureWire wire, java.util.function.Consumer<Stream> asClient) {
    Credentials credentials =
        wire.credentials(TestCertificates.SERVER)
            .handshakeTimeout(200)
            .serverName("a.example", wire.credentials(ONE).build())
            .build();
    CompletableFuture<EventLog> accepted = new CompletableFuture<>();
    SocketAddress address =
        net.serve(
            wire.wire(),
            stream -> {
              stream.setSecure(credentials);
              accepted.complete(EventLog.of(stream));
            });
    Stream client = net.connect(address);
    client.onError(error -> {});
    asClient.accept(client);
    return Await.get(accepted);
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T7_garbageInPlaceOfAHelloIsAnError(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      assertThat(accepted(net, wire, client -> client.write("GET / HTTP/1.0\r\n\r\n")).awaitClose())
          .containsExactly("connect", "error EPROTO", "close true");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T7_aHelloThatNeverComesIsAnErrorInTime(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      assertThat(accepted(net, wire, client -> client.write("\u0016\u0003")).awaitClose())
          .containsExactly("connect", "error ETIMEDOUT", "close true");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T7_aClientThatHangsUpBeforeItsHelloIsAnError(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      assertThat(accepted(net, wire, Stream::end).awaitClose())
          .containsExactly("connect", "error ECONNRESET", "close true");
    }
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T4_whomToTrustBelongsToTheNameToo(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Credentials asking = wire.credentials(ONE).ca(TestCertificates.CA.certPem()).build();
      Credentials credentials =
          wire.credentials(TestCertificates.SERVER).serverName("a.example", asking).build();
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              Wire.TCP,
              stream -> {
                stream.setSecure(credentials);
                accepted.complete(EventLog.of(stream));
              });
      assertThat(shown(address, wire, "a.example")).isEqualTo("CN=one");
      assertThat(Await.get(accepted).awaitClose()).contains("error CERT_UNVERIFIED");
    }
  }

  @Test
  void T3_aServerNameMustBeOne() {
    Credentials good = SecureWire.TCP_JDK_13.server();
    for (String bad :
        new String[] {"", "*", "*.", "a.*.example", "w*.example", "127.0.0.1", "::1"}) {
      assertThatIllegalArgumentException()
          .as(bad)
          .isThrownBy(() -> Credentials.builder().serverName(bad, good))
          .withMessageStartingWith("serverName must be a host name");
    }
  }

  @Test
  void T3_whatAServerNameStandsForMustBeFitToServe() {
    Credentials good = SecureWire.TCP_JDK_13.server();
    Credentials named =
        SecureWire.TCP_JDK_13
            .credentials(TestCertificates.SERVER)
            .serverName("a.example", good)
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Credentials.builder().serverName("a.example", SecureWire.TCP_JDK_13.client()))
        .withMessageContaining("must have a key and a cert");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.builder().serverName("a.example", named))
        .withMessageContaining("have such names themselves");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.builder().serverName("a.example", good).build())
        .withMessageContaining("serverName needs a key and a cert beside it");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SecureWire.TCP_JDK_13
                    .credentials(TestCertificates.SERVER)
                    .serverName("a.example", good)
                    .serverName("A.example", good)
                    .build())
        .withMessageContaining("was given twice");
  }
}
