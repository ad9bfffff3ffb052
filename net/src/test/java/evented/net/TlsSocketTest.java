package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import evented.net.TestCertificates.Identity;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS over the seam: two of its sockets back to back, and the ciphertext cut wherever it hurts. */
@org.junit.jupiter.api.Tag("values")
class TlsSocketTest {
  private final MemoryNetwork network = new MemoryNetwork();

  @AfterEach
  void freeTheEngines() {
    network.close();
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void aMegabyteTravelsEachWay(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    pair.exchange(1 << 20);
    assertThat(pair.client.socket.session().getProtocol()).isEqualTo(wire.protocol());
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void aMegabyteTravelsEachWayThroughAKernelThatIsAlwaysFull(SecureWire wire) throws Exception {
    network.capacity(1000);
    TlsPair.connect(network, wire).exchange(1 << 20);
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void theCiphertextMayComeByteByByte(SecureWire wire) throws Exception {
    network.maxRead(1).capacity(1);
    TlsPair.connect(network, wire).exchange(3000);
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void everyRecordMayBeSplit(SecureWire wire) throws Exception {
    network.maxRead(16_000);
    TlsPair.connect(network, wire).exchange(1 << 20);
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_13", "TCP_OPENSSL_13"})
  void oneEngineUnderstandsTheOther(SecureWire wire) throws Exception {
    SecureWire other =
        wire == SecureWire.TCP_JDK_13 ? SecureWire.TCP_OPENSSL_13 : SecureWire.TCP_JDK_13;
    TlsPair.connect(network, wire.client(), other.server()).exchange(100_000);
  }

  /** What there is no room for is kept, and announced without the kernel. */
  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void aReaderWithLittleRoomGetsAll(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    pair.client.room = 7;
    pair.server.room = 16_385;
    pair.exchange(100_000);
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void whatIsLeftOfARecordWaitsBehindAPause(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    network.settle();
    pair.client.room = 5;
    pair.client.pauseAfterRead = true;
    pair.server.send("Hello, World!");
    network.settle();
    assertThat(pair.client.text()).isEqualTo("Hello");
    pair.client.resume();
    network.settle();
    assertThat(pair.client.text()).isEqualTo("Hello, Wor");
    pair.client.pauseAfterRead = false;
    pair.client.resume();
    network.settle();
    assertThat(pair.client.text()).isEqualTo("Hello, World!");
  }

  /** What came behind the plain bytes that asked for the upgrade begins the handshake. */
  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void theHandshakeMayBeginWithBytesThatWereReadBefore(SecureWire wire) throws Exception {
    TlsPeer client = TlsPeer.client(network, wire.client()).start();
    ByteBuffer hello = ByteBuffer.allocate(4096);
    network.right.read(hello);
    Buffer first = Buffer.of(hello.flip());
    TlsPeer server = TlsPeer.server(network, wire.server());
    server.socket.start(List.of(first.slice(0, 3), first.slice(3, 50), first.slice(50)));
    network.until("both are secure", () -> client.isSecure() && server.isSecure());
    server.send("welcome");
    network.until("it is read", () -> client.text().equals("welcome"));
  }

  @Test
  void aLongPlainBeginningIsToldAsAFailureAfterTheCall() throws Exception {
    TlsPeer server = TlsPeer.server(network, SecureWire.TCP_JDK_13.server());
    server.socket.start(List.of(Buffer.of(new byte[64 * 1024]), Buffer.of(new byte[1000])));
    assertThat(server.events).isEmpty();
    network.settle();
    assertThat(server.events).containsExactly("failed EPROTO");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void theChosenApplicationProtocolIsTold(SecureWire wire) throws Exception {
    Credentials server = wire.credentials(TestCertificates.SERVER).alpn("echo/2", "echo/1").build();
    Credentials client = wire.credentials().alpn("http/1.1", "echo/1").build();
    TlsPair pair = TlsPair.connect(network, client, server);
    assertThat(pair.client.socket.alpnProtocol()).isEqualTo("echo/1");
    assertThat(pair.server.socket.alpnProtocol()).isEqualTo("echo/1");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void withoutACommonApplicationProtocolThereIsNone(SecureWire wire) throws Exception {
    Credentials server = wire.credentials(TestCertificates.SERVER).alpn("a").build();
    TlsPair pair = TlsPair.connect(network, wire.credentials().alpn("b").build(), server);
    assertThat(pair.client.socket.alpnProtocol()).isNull();
    assertThat(pair.server.socket.alpnProtocol()).isNull();
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void thePeersCertificateIsKnownAlsoAfterTheClose(SecureWire wire) throws Exception {
    Identity ca = TestCertificates.CA;
    Credentials server = wire.credentials(TestCertificates.SERVER).ca(ca.certPem()).build();
    Credentials client = wire.credentials(TestCertificates.CLIENT).ca(ca.certPem()).build();
    TlsPair pair = TlsPair.connect(network, client, server);
    pair.server.socket.close();
    pair.client.socket.close();
    assertThat(pair.server.socket.session().getPeerCertificates()[0])
        .isEqualTo(TestCertificates.CLIENT.certificate());
    assertThat(pair.client.socket.session().getPeerCertificates()[0])
        .isEqualTo(TestCertificates.SERVER.certificate());
  }

  /** The kernel announces each byte again and again, but a socket asks for what it wants alone. */
  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void aPausedSocketLeavesTheBytesToTheKernel(SecureWire wire) throws Exception {
    network.capacity(50_000);
    TlsPair pair = TlsPair.connect(network, wire);
    network.settle();
    pair.client.pause();
    pair.server.send(TlsPair.random(1 << 20));
    network.settle();
    assertThat(pair.client.received()).isEmpty();
    assertThat(network.left.wantsRead()).isFalse();
    pair.client.resume();
    network.until("all has arrived", () -> pair.client.receivedLength() == 1 << 20);
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void afterACloseNothingHappens(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    pair.client.socket.close();
    pair.client.socket.close();
    assertThat(pair.client.socket.read(ByteBuffer.allocate(10))).isZero();
    assertThat(pair.client.socket.write(ByteBuffer.allocate(10))).isZero();
    assertThat(pair.client.socket.flush()).isTrue();
    pair.client.socket.shutdownOutput();
    pair.client.socket.want(true, true);
    assertThat(network.left.closed).isTrue();
  }
}
