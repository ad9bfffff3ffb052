package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import evented.net.TestCertificates.Identity;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics T4 to T6, and fault F29: whom a stream trusts, and what it tells of its peer. */
class SecurityTrustTest {
  private static final Identity CA = TestCertificates.CA;

  /** Certificates of whoever is not to be trusted, and the code that says why. */
  enum Bad {
    EXPIRED("CERT_HAS_EXPIRED"),
    NOT_YET_VALID("CERT_NOT_YET_VALID"),
    OTHER_CA("UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
    SELF_SIGNED("UNABLE_TO_VERIFY_LEAF_SIGNATURE"),
    WRONG_NAME("ERR_TLS_CERT_ALTNAME_INVALID"),
    NO_NAME("ERR_TLS_CERT_ALTNAME_INVALID");

    final String code;

    Bad(String code) {
      this.code = code;
    }

    Identity make() {
      return switch (this) {
        case EXPIRED -> TestCertificates.server().expired().make();
        case NOT_YET_VALID -> TestCertificates.server().notYetValid().make();
        case OTHER_CA ->
            TestCertificates.OTHER_CA.issue("CN=localhost").dns("localhost").ip("127.0.0.1").make();
        case SELF_SIGNED ->
            TestCertificates.selfSigned("CN=localhost").dns("localhost").ip("127.0.0.1").make();
        case WRONG_NAME -> TestCertificates.server().withoutNames().dns("example.org").make();
        case NO_NAME -> TestCertificates.server().withoutNames().make();
      };
    }
  }

  /*
   * A client of ours keeps a certificate to itself that no authority of the server's has signed, as
   * TLS allows: those of strangers are shown by openssl, in OpenSslPeerTest.
   */

  /** What {@code question} says of a server with this certificate, asked by a client. */
  private static <T> T askClient(SecureWire wire, Identity server, Function<Stream, T> question) {
    try (TestNet net = new TestNet()) {
      Credentials serving = wire.credentials(server).build();
      SocketAddress address = net.serve(wire.wire(), stream -> stream.setSecure(serving));
      Stream client = wire.connect(net, address);
      CompletableFuture<T> answer = new CompletableFuture<>();
      client.onError(answer::completeExceptionally);
      client.onSecure(() -> answer.complete(question.apply(client)));
      return Await.get(answer);
    }
  }

  private static boolean verifies(SecureWire wire, Identity server, Predicate<Stream> question) {
    Function<Stream, Boolean> asking = question::test;
    return askClient(wire, server, asking);
  }

  /** What a server, which trusts our CA, says of a client with these credentials. */
  private static String askServer(SecureWire wire, Credentials client) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      SocketAddress address = wire.serveAsking(net, CA, answer, stream -> {});
      net.connect(address).setSecure(client);
      return Await.get(answer);
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T5_aGoodServerVerifies(SecureWire wire) {
    assertThat(verifies(wire, TestCertificates.SERVER, Stream::verifyPeer)).isTrue();
    assertThat(verifies(wire, TestCertificates.EC_SERVER, Stream::verifyPeer)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F29_aBadServerDoesNotVerifyThoughTheHandshakeSucceeds(SecureWire wire) {
    for (Bad bad : Bad.values()) {
      assertThat(verifies(wire, bad.make(), stream -> stream.verifyPeer("localhost")))
          .as(bad.name())
          .isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T5_aNameIsOnlyLookedAtWhenAskedFor(SecureWire wire) {
    assertThat(verifies(wire, Bad.WRONG_NAME.make(), Stream::verifyPeer)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T5_aChainThroughAnIntermediateVerifies(SecureWire wire) {
    Identity intermediate = CA.issue("CN=Intermediate").asAuthority().make();
    Identity server = intermediate.issue("CN=localhost").dns("localhost").make();
    assertThat(verifies(wire, server, stream -> stream.verifyPeer("localhost"))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T5_aLeafMayNotSignForOthers(SecureWire wire) {
    Identity leaf = CA.issue("CN=leaf").make();
    Identity server = leaf.issue("CN=localhost").dns("localhost").make();
    assertThat(verifies(wire, server, Stream::verifyPeer)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T5_aChainWithoutItsIntermediateDoesNotVerify(SecureWire wire) {
    Identity intermediate = CA.issue("CN=Intermediate").asAuthority().make();
    Identity whole = intermediate.issue("CN=localhost").dns("localhost").make();
    Identity alone = new Identity(whole.key(), List.of(whole.certificate()));
    assertThat(verifies(wire, alone, Stream::verifyPeer)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T5_withoutCasThePlatformsListCounts(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Stream client = net.connect(wire.serve(net, stream -> {}));
      client.setSecure(wire.credentials().build());
      CompletableFuture<Boolean> answer = new CompletableFuture<>();
      client.onSecure(() -> answer.complete(client.verifyPeer()));
      assertThat(Await.get(answer)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T5_theNameIsCheckedAsRfc9525Says(SecureWire wire) {
    Identity server =
        CA.issue("CN=common.example.org")
            .dns("www.example.org")
            .dns("*.wild.example.org")
            .dns("*.org")
            .dns("xn--bcher-kva.example.org")
            .ip("192.0.2.1")
            .ip("2001:db8::1")
            .make();
    List<String> good =
        List.of(
            "www.example.org",
            "WWW.Example.ORG",
            "www.example.org.",
            "a.wild.example.org",
            "bücher.example.org",
            "192.0.2.1",
            "2001:db8::1",
            "2001:DB8:0:0:0:0:0:1");
    List<String> wrong =
        List.of(
            "common.example.org", // the common name is no one's name
            "wild.example.org",
            "a.b.wild.example.org",
            "example.org", // no wildcard stands for all of .org
            "192.0.2.2",
            "2001:db8::2",
            "",
            "www.example.org.evil.example");
    askClient(
        wire,
        server,
        stream -> {
          assertThat(good).allMatch(stream::verifyPeer);
          assertThat(wrong).noneMatch(stream::verifyPeer);
          return true;
        });
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aServerWithCasAsksForACertificate(SecureWire wire) {
    Credentials client = wire.credentials(TestCertificates.CLIENT).build();
    assertThat(askServer(wire, client)).isEqualTo("/O=Evented Tests/CN=client true");
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aClientWithoutACertificateIsLetIn(SecureWire wire) {
    assertThat(askServer(wire, wire.client())).isEqualTo("none false");
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aClientWithABadCertificateIsLetInAndDoesNotVerify(SecureWire wire) {
    for (Bad bad : List.of(Bad.EXPIRED, Bad.NOT_YET_VALID)) {
      assertThat(askServer(wire, wire.credentials(bad.make()).build()))
          .as(bad.name())
          .endsWith("CN=localhost false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aServerWithoutCasDoesNotAsk(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<String> answer = new CompletableFuture<>();
      SocketAddress address =
          wire.serve(
              net,
              stream ->
                  stream.onSecure(
                      () ->
                          answer.complete(
                              stream.getPeerCertificate() + " " + stream.verifyPeer())));
      net.connect(address).setSecure(wire.credentials(TestCertificates.CLIENT).build());
      assertThat(Await.get(answer)).isEqualTo("null false");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_.*"},
      mode = EnumSource.Mode.MATCH_ANY)
  void F29_aClientThatRejectsTheUnauthorizedFailsWithACode(SecureWire wire) {
    for (Bad bad : Bad.values()) {
      try (TestNet net = new TestNet()) {
        Credentials serving = wire.credentials(bad.make()).build();
        SocketAddress address = net.serve(wire.wire(), stream -> stream.setSecure(serving));
        Credentials strict = wire.credentials().ca(CA.certPem()).rejectUnauthorized(true).build();
        EventLog log = EventLog.of(net.connect(address).setSecure(strict));
        assertThat(log.awaitClose()).containsExactly("connect", "error " + bad.code, "close true");
        assertThat(log.error().getMessage()).startsWith("handshake " + bad.code + ": ");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aClientThatRejectsTheUnauthorizedAcceptsAGoodServer(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = wire.serve(net, stream -> stream.end("x"));
      Credentials strict = wire.credentials().ca(CA.certPem()).rejectUnauthorized(true).build();
      EventLog log = EventLog.of(net.connect(address).setSecure(strict));
      assertThat(log.awaitClose())
          .containsExactly("connect", "secure", "data x", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F29_aServerThatRejectsTheUnauthorizedFailsWithACode(SecureWire wire) {
    for (Bad bad : List.of(Bad.EXPIRED, Bad.NOT_YET_VALID)) {
      assertThat(rejection(wire, wire.credentials(bad.make()).build()))
          .as(bad.name())
          .containsExactly("connect", "error " + bad.code, "close true");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F29_aServerThatRejectsTheUnauthorizedInsistsOnACertificate(SecureWire wire) {
    assertThat(rejection(wire, wire.client()))
        .containsExactly("connect", "error EPROTO", "close true");
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T4_aServerThatRejectsTheUnauthorizedAcceptsAGoodClient(SecureWire wire) {
    assertThat(rejection(wire, wire.credentials(TestCertificates.CLIENT).build()))
        .contains("secure")
        .endsWith("close false");
  }

  /** The events of a strict server's stream; its client ends as soon as it may. */
  private static List<String> rejection(SecureWire wire, Credentials client) {
    try (TestNet net = new TestNet()) {
      Credentials strict =
          wire.credentials(TestCertificates.SERVER)
              .ca(CA.certPem())
              .rejectUnauthorized(true)
              .build();
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                stream.setSecure(strict);
                accepted.complete(EventLog.of(stream));
              });
      Stream stream = net.connect(address);
      stream.onSecure(
          () -> {
            stream.verifyPeer();
            stream.end();
          });
      stream.setSecure(client);
      stream.onError(error -> {});
      return Await.get(accepted).awaitClose();
    }
  }

  @Test
  void T5_onAPlainStreamThereIsNothingToAsk() {
    try (TestNet net = new TestNet()) {
      Stream stream = net.connect(net.serve(Wire.TCP, s -> {}));
      EventLog.of(stream).await("connect");
      for (Runnable question :
          List.<Runnable>of(
              stream::verifyPeer,
              () -> stream.verifyPeer("localhost"),
              stream::getPeerCertificate,
              stream::getCipher,
              stream::getProtocol)) {
        assertThatThrownBy(question::run)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("Stream is not a secure stream.");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T6_thePeersCertificateIsToldInWords(SecureWire wire) {
    PeerCertificate peer = askClient(wire, TestCertificates.SERVER, Stream::getPeerCertificate);
    assertThat(peer.subject()).isEqualTo("/C=UK/O=Evented Tests/CN=localhost");
    assertThat(peer.issuer()).isEqualTo("/C=UK/O=Evented Tests/CN=Root");
    assertThat(peer.validFrom()).matches("[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d \\d{4} GMT");
    assertThat(peer.fingerprint()).matches("[0-9A-F]{2}(:[0-9A-F]{2}){19}");
    assertThat(peer.certificate()).isEqualTo(TestCertificates.SERVER.certificate());
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void T6_thePeersCertificateStaysWhenTheStreamHasClosed(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Stream client = wire.connect(net, wire.serve(net, stream -> stream.end("x")));
      EventLog.of(client).awaitClose();
      assertThat(client.verifyPeer("localhost")).isTrue();
      assertThat(client.getPeerCertificate().subject()).endsWith("CN=localhost");
    }
  }
}
