package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults F26 and F41 at the seam: peers that mean no good, or speak something else. */
@org.junit.jupiter.api.Tag("values")
class TlsAbuseTest {
  private static final int ALERT = 21;

  private final MemoryNetwork network = new MemoryNetwork();

  @AfterEach
  void freeTheEngines() {
    network.close();
  }

  private TlsPeer serverThatGets(SecureWire wire, byte[] bytes) throws NetException {
    TlsPeer server = TlsPeer.server(network, wire.server()).start();
    network.right.inject(bytes);
    network.until("the handshake has failed", server::hasFailed);
    return server;
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F26_plainHttpIsRefused(SecureWire wire) throws Exception {
    byte[] request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    assertThat(serverThatGets(wire, request).events).containsExactly("failed EPROTO");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F26_aHugeRecordIsRefusedByItsHeader(SecureWire wire) throws Exception {
    byte[] header = {0x16, 3, 1, (byte) 0xff, (byte) 0xff};
    assertThat(serverThatGets(wire, header).error)
        .hasMessage("handshake EPROTO: a record is larger than TLS allows");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F26_aTruncatedHelloIsRefused(SecureWire wire) throws Exception {
    TlsPeer.client(network, wire.client()).start();
    ByteBuffer hello = ByteBuffer.allocate(4096);
    network.right.read(hello);
    hello.flip().limit(hello.limit() / 2);
    network.right.injectFin();
    assertThat(serverThatGets(wire, Buffer.of(hello).toByteArray()).error)
        .hasMessage("handshake ECONNRESET");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F26_twoClientsRefuseEachOther(SecureWire wire) throws Exception {
    TlsPeer client = TlsPeer.client(network, wire.client()).start();
    byte[] hello = network.left.sent.element();
    network.left.inject(hello);
    network.until("the handshake has failed", client::hasFailed);
    assertThat(client.error.code()).isEqualTo("EPROTO");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F26_thePeerIsToldWhyTheHandshakeFailed(SecureWire wire) throws Exception {
    Credentials strict =
        wire.credentials().ca(TestCertificates.OTHER_CA.certPem()).rejectUnauthorized(true).build();
    TlsPair pair = TlsPair.start(network, strict, wire.server());
    network.until("both have failed", () -> pair.client.hasFailed() && pair.server.hasFailed());
    assertThat(pair.client.error.code()).isEqualTo("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    assertThat(pair.server.error.code()).isEqualTo("EPROTO");
    assertThat(pair.server.error)
        .hasMessageStartingWith("handshake EPROTO: the peer sent the alert ");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F26_anAlertLeavesBeforeTheFailureIsTold(SecureWire wire) throws Exception {
    TlsPeer.client(network, wire.client()).start();
    ByteBuffer hello = ByteBuffer.allocate(4096);
    network.right.read(hello);
    byte[] bent = Buffer.of(hello.flip()).toByteArray();
    bent[9] = 9; // a version that never was, in the hello itself
    bent[10] = 9;
    bent[43] = 120; // and more of a session than there can be
    serverThatGets(wire, bent);
    assertThat(network.right.sent.getLast()[0]).isEqualTo((byte) ALERT);
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F26_thousandsOfRandomInputsFailOneByOne(SecureWire wire) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 2500; i++) {
      MemoryNetwork network = new MemoryNetwork();
      TlsPeer server = TlsPeer.server(network, wire.server()).start();
      byte[] bytes = new byte[1 + random.nextInt(600)];
      random.nextBytes(bytes);
      if (random.nextBoolean() && bytes.length > 5) { // noise that looks like a record
        bytes[0] = (byte) (20 + random.nextInt(5));
        bytes[1] = 3;
        bytes[2] = (byte) random.nextInt(5);
        bytes[3] = 0;
      }
      network.right.inject(bytes);
      network.right.injectFin();
      network.settle();
      assertThat(server.events).as("seed %d, input %d", seed, i).hasSize(1);
      assertThat(server.events.get(0)).as("seed %d, input %d", seed, i).startsWith("failed E");
      server.socket.close();
    }
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F26_aBentRecordAfterTheHandshakeIsAnError(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    network.settle();
    byte[] record = new byte[105];
    record[0] = 23;
    record[1] = 3;
    record[2] = 3;
    record[4] = 100;
    network.left.inject(record);
    network.until("the client has failed", pair.client::hasFailed);
    assertThat(pair.client.error.code()).isEqualTo("EPROTO");
    assertThat(pair.client.error.syscall()).isEqualTo("read");
  }

  /** A handshake of the JDK's own engine with our server, and what that engine says after it. */
  private ByteBuffer rawClient(SSLEngine client, TlsPeer server) throws Exception {
    client.beginHandshake();
    ByteBuffer in = ByteBuffer.allocate(40_000);
    for (int i = 0; i < 100 && !(server.isSecure() && isDone(client)); i++) {
      network.settle();
      network.left.read(in);
      in.flip();
      HandshakeStatus status = client.getHandshakeStatus();
      if (status == HandshakeStatus.NEED_WRAP) {
        say(client);
      } else if (status == HandshakeStatus.NEED_TASK) {
        client.getDelegatedTask().run();
      } else {
        client.unwrap(in, ByteBuffer.allocate(20_000));
      }
      in.compact();
    }
    assertThat(server.isSecure()).isTrue();
    return in;
  }

  private static boolean isDone(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
  }

  private void say(SSLEngine client) throws Exception {
    ByteBuffer record = ByteBuffer.allocate(20_000);
    client.wrap(ByteBuffer.allocate(0), record);
    network.left.write(record.flip());
  }

  private void say(SSLEngine client, String text) throws Exception {
    ByteBuffer record = ByteBuffer.allocate(20_000);
    client.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), record);
    network.left.write(record.flip());
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_12", "TCP_OPENSSL_12"})
  void F41_aClientThatRenegotiatesIsRefused(SecureWire wire) throws Exception {
    TlsPeer server = TlsPeer.server(network, wire.server()).start();
    SSLEngine client = SecureWire.TCP_JDK_12.client().engines().newEngine(true, null, -1);
    rawClient(client, server);
    say(client, "hello");
    network.until("it is read", () -> server.text().equals("hello"));
    client.beginHandshake();
    say(client);
    network.until("the server has failed", server::hasFailed);
    assertThat(server.error)
        .hasMessage("read EPROTO: the peer asks to renegotiate, which is refused");
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_13", "TCP_OPENSSL_13"})
  void F41_someKeyUpdatesAreAnsweredAndDataGoesOn(SecureWire wire) throws Exception {
    TlsPeer server = TlsPeer.server(network, wire.server()).start();
    SSLEngine client = SecureWire.TCP_JDK_13.client().engines().newEngine(true, null, -1);
    ByteBuffer in = rawClient(client, server);
    for (int i = 0; i < 5; i++) {
      client.beginHandshake();
      say(client);
      say(client, "x");
    }
    network.until("all is read", () -> server.text().equals("xxxxx"));
    server.send("with keys that are new");
    network.settle();
    network.left.read(in);
    in.flip();
    ByteBuffer answer = ByteBuffer.allocate(20_000);
    while (in.hasRemaining()) {
      client.unwrap(in, answer);
    }
    assertThat(Buffer.of(answer.flip()).toString()).isEqualTo("with keys that are new");
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_13", "TCP_OPENSSL_13"})
  void F41_aFloodOfKeyUpdatesIsRefused(SecureWire wire) throws Exception {
    TlsPeer server = TlsPeer.server(network, wire.server()).start();
    SSLEngine client = SecureWire.TCP_JDK_13.client().engines().newEngine(true, null, -1);
    rawClient(client, server);
    for (int i = 0; i < 40; i++) {
      client.beginHandshake();
      say(client);
    }
    network.until("the server has failed", server::hasFailed);
    assertThat(server.error.code()).isEqualTo("EPROTO");
  }

  /** Data in between does not make the flood any better. */
  @Test
  void F41_aFloodOfKeyUpdatesBetweenDataIsRefused() throws Exception {
    TlsPeer server = TlsPeer.server(network, SecureWire.TCP_JDK_13.server()).start();
    SSLEngine client = SecureWire.TCP_JDK_13.client().engines().newEngine(true, null, -1);
    rawClient(client, server);
    for (int i = 0; i < 40; i++) {
      client.beginHandshake();
      say(client);
      say(client, "x");
    }
    network.until("the server has failed", server::hasFailed);
    assertThat(server.error)
        .hasMessage(
            "read EPROTO: the peer sends more than 32 TLS records without data a second, such as"
                + " KeyUpdates");
    assertThat(server.text()).matches("x{16,32}");
  }

  /** One read takes a fair share of time, however small the records are. */
  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F41_aFloodOfSmallRecordsKeepsNoOneWaiting(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    network.settle();
    pair.client.pause();
    for (int i = 0; i < 10_000; i++) {
      pair.server.send("x");
    }
    ByteBuffer into = ByteBuffer.allocate(64 * 1024);
    assertThat(pair.client.socket.read(into)).isBetween(1000, 2500);
    pair.client.resume();
    network.settle();
    assertThat(into.position() + pair.client.received().length).isEqualTo(10_000);
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F29_aLateRefusalOfAClientsCertificateComesAsItsAlert(SecureWire wire) throws Exception {
    TlsPair pair = refusedClient(wire);
    network.until("the client has failed", pair.client::hasFailed);
    assertThat(pair.client.error.code()).isEqualTo("EPROTO");
    assertThat(pair.client.error.getMessage())
        .containsPattern("the peer sent the alert certificate_(expired|unknown)");
  }

  /** Also where the client finds out by a write that the server has hung up. */
  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_13", "TCP_OPENSSL_13"})
  void F29_aLateRefusalIsFoundBehindAWriteThatFails(SecureWire wire) throws Exception {
    TlsPair pair = refusedClient(wire);
    network.until(
        "the client is secure",
        () -> {
          pair.client.pause();
          return pair.client.isSecure();
        });
    network.until("the server has failed", pair.server::hasFailed);
    pair.server.socket.close();
    pair.client.send("hello");
    assertThat(pair.client.events).containsExactly("secured", "error EPROTO");
    assertThat(pair.client.error.getMessage())
        .containsPattern("the peer sent the alert certificate_(expired|unknown)");
  }

  private TlsPair refusedClient(SecureWire wire) throws Exception {
    TestCertificates.Identity ca = TestCertificates.CA;
    Credentials server =
        wire.credentials(TestCertificates.SERVER).ca(ca.certPem()).rejectUnauthorized(true).build();
    Credentials client =
        wire.credentials(ca.issue("CN=client").expired().make()).ca(ca.certPem()).build();
    return TlsPair.start(network, client, server);
  }

  @Test
  void F41_thereIsAnEndToTheAnswersThatWaitForAPeerThatDoesNotRead() throws Exception {
    TlsPair pair = TlsPair.connect(network, SecureWire.TCP_JDK_13);
    network.settle();
    network.capacity(0);
    SSLEngine engine = pair.server.engine;
    TlsOutput output = new TlsOutput(network.right, engine, ByteBuffer.allocate(64 * 1024));
    assertThatExceptionOfType(NetException.class)
        .isThrownBy(
            () -> {
              for (int i = 0; i < 3000; i++) {
                engine.beginHandshake(); // a KeyUpdate
                output.wrap();
              }
            })
        .withMessage("write EPROTO: the peer makes TLS answer and does not read the answers");
  }
}
