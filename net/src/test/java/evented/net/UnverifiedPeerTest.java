package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import evented.net.TestCertificates.Identity;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics T4: what becomes of a peer that does not verify when the program does not ask. */
class UnverifiedPeerTest {
  private static final Identity STRANGER =
      TestCertificates.selfSigned("CN=localhost").dns("localhost").ip("127.0.0.1").make();
  private static final Identity NAMESAKE =
      TestCertificates.server().withoutNames().dns("example.org").make();

  private static final String[] REFUSED = {
    "connect", "secure", "error CERT_UNVERIFIED", "close true"
  };

  /** A server that shows {@code identity}, and what happens to its first stream. */
  private static final class Peer {
    final CompletableFuture<EventLog> accepted = new CompletableFuture<>();
    final SocketAddress address;

    Peer(TestNet net, SecureWire wire, Identity identity) {
      Credentials shown = wire.credentials(identity).build();
      address =
          net.serve(
              wire.wire(),
              stream -> {
                stream.setSecure(shown).write("from the server");
                accepted.complete(EventLog.of(stream));
              });
    }

    /** What has come out of the connection, once that is over. */
    String received() {
      EventLog log = Await.get(accepted);
      log.awaitClose();
      return log.text();
    }
  }

  private static EventLog client(
      TestNet net, SecureWire wire, SocketAddress address, Consumer<Stream> listener) {
    // On the loop, so that all listeners are there when the first is called.
    return net.onLoop(
        () -> {
          Stream stream = net.connect(address).setSecure(wire.client());
          EventLog log = EventLog.of(stream);
          stream.onSecure(() -> listener.accept(stream));
          return log;
        });
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aClientThatDoesNotAskFailsAndNothingPasses(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, STRANGER);
      EventLog log =
          net.onLoop(
              () -> {
                Stream stream = net.connect(peer.address).setSecure(wire.client());
                stream.write("before");
                stream.onSecure(() -> stream.write("within"));
                return EventLog.of(stream);
              });
      assertThat(log.awaitClose()).containsExactly(REFUSED);
      assertThat(peer.received()).isEmpty();
      assertThat(log.error().getMessage())
          .startsWith("handshake CERT_UNVERIFIED: ")
          .contains("UNABLE_TO_VERIFY_LEAF_SIGNATURE", "verifyPeer()", "rejectUnauthorized(false)");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aProgramWithoutAListenerForSecureIsProtected(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, STRANGER);
      Stream stream = net.connect(peer.address).setSecure(wire.client());
      stream.write("before");
      CompletableFuture<String> failure = new CompletableFuture<>();
      StringBuilder received = new StringBuilder();
      stream.onText(received::append);
      stream.onError(error -> failure.complete(error.code()));
      assertThat(Await.get(failure)).isEqualTo("CERT_UNVERIFIED");
      assertThat(received).isEmpty();
      assertThat(peer.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_whateverIsWrittenInTheListenerIsHeld(SecureWire wire) {
    List<Consumer<Stream>> writers =
        List.of(
            stream -> stream.end("farewell"),
            stream -> stream.write(Buffer.of(new byte[200_000])),
            stream -> stream.setGather(false).write("at once"),
            stream -> {
              stream.write("now");
              stream.flush();
            });
    for (Consumer<Stream> writer : writers) {
      try (TestNet net = new TestNet()) {
        Peer peer = new Peer(net, wire, STRANGER);
        EventLog log = client(net, wire, peer.address, writer);
        assertThat(log.awaitClose()).containsExactly(REFUSED);
        assertThat(peer.received()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_nothingGoesThroughAPipe(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, STRANGER);
      CompletableFuture<EventLog> behind = new CompletableFuture<>();
      Stream sink =
          net.connect(net.serve(Wire.TCP, stream -> behind.complete(EventLog.of(stream))));
      EventLog.of(sink).await("connect");
      Stream stream = net.connect(peer.address).setSecure(wire.client());
      stream.pipe(sink);
      EventLog log = EventLog.of(stream);
      assertThat(log.awaitClose()).containsExactly(REFUSED);
      sink.end();
      Await.get(behind).awaitClose();
      assertThat(Await.get(behind).text()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aPausedStreamFailsAllTheSame(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, STRANGER);
      EventLog log = client(net, wire, peer.address, Stream::pause);
      assertThat(log.awaitClose()).containsExactly(REFUSED);
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_whoeverAsksDecides(SecureWire wire) {
    List<Consumer<Stream>> questions =
        List.of(
            Stream::verifyPeer,
            stream -> stream.verifyPeer("localhost"),
            Stream::getPeerCertificate);
    for (Consumer<Stream> question : questions) {
      try (TestNet net = new TestNet()) {
        Peer peer = new Peer(net, wire, STRANGER);
        EventLog log =
            client(net, wire, peer.address, question.andThen(stream -> stream.end("hi")));
        assertThat(log.awaitCloseWithout("end"))
            .containsExactly("connect", "secure", "data from the server", "close false");
        assertThat(peer.received()).isEqualTo("hi");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_itIsEnoughThatOneListenerAsks(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, STRANGER);
      EventLog log = client(net, wire, peer.address, stream -> stream.end("hi"));
      EventLog asking =
          client(
              net,
              wire,
              peer.address,
              stream -> {
                stream.end("hi");
                stream.verifyPeer();
              });
      assertThat(log.awaitClose()).containsExactly(REFUSED);
      assertThat(asking.awaitClose()).contains("data from the server").endsWith("close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_toAskWhenTheListenersHaveReturnedIsTooLate(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, STRANGER);
      EventLog log =
          client(net, wire, peer.address, stream -> net.loop().execute(stream::verifyPeer));
      assertThat(log.awaitClose()).containsExactly(REFUSED);
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aListenerThatComesAMomentLateMayAsk(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, STRANGER);
      EventLog log =
          net.onLoop(
              () -> {
                Stream stream = net.connect(peer.address).setSecure(wire.client());
                EventLog events = EventLog.withoutSecure(stream);
                net.loop()
                    .setInterval(
                        1,
                        () -> {
                          if (isSecure(stream) && stream.listenerCount("secure") == 0) {
                            stream.onSecure(
                                () -> {
                                  stream.getPeerCertificate();
                                  stream.end("hi");
                                });
                          }
                        });
                return events;
              });
      assertThat(log.awaitCloseWithout("end"))
          .containsExactly("connect", "data from the server", "close false");
      assertThat(peer.received()).isEqualTo("hi");
    }
  }

  private static boolean isSecure(Stream stream) {
    try {
      return !stream.getProtocol().isEmpty();
    } catch (IllegalStateException e) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aGoodServerNeedsNoQuestion(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, TestCertificates.SERVER);
      EventLog log = client(net, wire, peer.address, stream -> stream.end("hi"));
      assertThat(log.awaitCloseWithout("end"))
          .containsExactly("connect", "secure", "data from the server", "close false");
      assertThat(peer.received()).isEqualTo("hi");
    }
  }

  /** A UNIX socket has a path, which no certificate can be for: there the chain alone counts. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_theNameThatWasConnectedToCounts(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, NAMESAKE);
      EventLog log = client(net, wire, peer.address, Stream::end);
      if (wire.wire() == Wire.UNIX) {
        assertThat(log.awaitClose()).endsWith("close false");
      } else {
        assertThat(log.awaitClose()).containsExactly(REFUSED);
        assertThat(log.error().getMessage()).contains("127.0.0.1", "ERR_TLS_CERT_ALTNAME_INVALID");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_anAddressIsNoNameOfACertificateForNames(SecureWire wire) {
    if (wire.wire() == Wire.UNIX) {
      return; // has neither
    }
    try (TestNet net = new TestNet()) {
      Identity named = TestCertificates.server().withoutNames().dns("localhost").make();
      Peer peer = new Peer(net, wire, named);
      int port = ((InetSocketAddress) peer.address).getPort();
      assertThat(client(net, wire, peer.address, Stream::end).awaitClose())
          .containsExactly(REFUSED);
      Stream byName = net.loop().createConnection(port, "localhost").setSecure(wire.client());
      byName.onSecure(byName::end);
      assertThat(EventLog.of(byName).awaitClose()).endsWith("close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_whoRejectsNoneTakesAny(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, STRANGER);
      Credentials careless = wire.credentials().rejectUnauthorized(false).build();
      Stream stream = net.connect(peer.address).setSecure(careless);
      EventLog log = EventLog.of(stream);
      stream.end("hi");
      assertThat(log.awaitClose()).contains("data from the server").endsWith("close false");
      assertThat(peer.received()).isEqualTo("hi");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aResumedSessionIsJudgedAsTheFirst(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Credentials shared = wire.credentials().ca(TestCertificates.CA.certPem()).build();
      Peer peer = new Peer(net, wire, STRANGER);
      Stream asking = net.connect(peer.address);
      asking.onSecure(asking::verifyPeer);
      EventLog first = EventLog.of(asking.setSecure(shared));
      first.await("data from the server"); // with the tickets of TLS 1.3 before it
      asking.end();
      first.awaitClose();
      for (int i = 0; i < 2; i++) {
        assertThat(EventLog.of(net.connect(peer.address).setSecure(shared)).awaitClose())
            .containsExactly(REFUSED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aListenerThatThrowsIsWhatTheStreamFailsWith(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, STRANGER);
      EventLog log =
          client(
              net,
              wire,
              peer.address,
              stream -> {
                throw new IllegalStateException("thrown by the test");
              });
      assertThat(log.awaitClose()).containsExactly("connect", "secure", "error null", "close true");
      assertThat(log.error()).hasRootCauseMessage("thrown by the test");
      assertThat(peer.received()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aStreamDestroyedInTheListenerHasNoError(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, STRANGER);
      EventLog log = client(net, wire, peer.address, Stream::destroy);
      assertThat(log.awaitClose()).containsExactly("connect", "secure", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_theDecisionMayBeHadAtOnce(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Peer peer = new Peer(net, wire, STRANGER);
      EventLog log =
          client(net, wire, peer.address, stream -> stream.rejectUnverified().verifyPeer());
      assertThat(log.awaitClose()).containsExactly(REFUSED);
    }
  }

  /** What a server that asks for certificates, but not about them, answers to a client. */
  private static EventLog askingServer(SecureWire wire, TestNet net, Credentials client) {
    Credentials asking =
        wire.credentials(TestCertificates.SERVER).ca(TestCertificates.CA.certPem()).build();
    CompletableFuture<EventLog> accepted = new CompletableFuture<>();
    SocketAddress address =
        net.serve(
            wire.wire(),
            stream -> {
              stream.setSecure(asking);
              accepted.complete(EventLog.of(stream));
              stream.onSecure(() -> stream.write("secret"));
            });
    Stream stream = net.connect(address).setSecure(client);
    EventLog log = EventLog.of(stream);
    stream.onSecure(() -> stream.end("hello"));
    List<String> seen = log.awaitClose();
    EventLog server = Await.get(accepted);
    server.awaitClose();
    if (server.error() != null) {
      assertThat(seen).doesNotContain("data secret");
    }
    return server;
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aServerWithCasThatDoesNotAskRefusesAClientWithoutCertificate(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      assertThat(askingServer(wire, net, wire.client()).awaitClose()).containsExactly(REFUSED);
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aServerWithCasThatDoesNotAskTakesAGoodClient(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Credentials good =
          wire.credentials(TestCertificates.CLIENT).ca(TestCertificates.CA.certPem()).build();
      assertThat(askingServer(wire, net, good).awaitClose())
          .startsWith("connect", "secure", "data hello")
          .endsWith("close false");
    }
  }
}
