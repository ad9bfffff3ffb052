package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics T8 at the seam: how a secure socket ends, and what does not pass for an end. */
@org.junit.jupiter.api.Tag("values")
class TlsClosingTest {
  private final MemoryNetwork network = new MemoryNetwork();

  @AfterEach
  void freeTheEngines() {
    network.close();
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T8_aReceivedCloseNotifyIsTheEnd(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    pair.client.send("bye");
    pair.client.end();
    network.until("the server has read to the end", pair.server::hasEnded);
    assertThat(pair.server.text()).isEqualTo("bye");
    assertThat(pair.server.error).isNull();
    assertThat(network.left.hasSentFin()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T8_onlyTls13OfTheJdkHalfCloses(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    assertThat(pair.client.socket.halfCloses()).isEqualTo(wire.canHalfClose());
    assertThat(pair.server.socket.halfCloses()).isEqualTo(wire.canHalfClose());
  }

  @Test
  void T8_afterThePeersEndAMegabyteStillArrives() throws Exception {
    TlsPair pair = TlsPair.connect(network, SecureWire.TCP_JDK_13);
    pair.client.end();
    network.until("the server has read to the end", pair.server::hasEnded);
    byte[] answer = TlsPair.random(1 << 20);
    pair.server.send(answer);
    pair.server.end();
    network.until("the client has read to the end", pair.client::hasEnded);
    assertThat(pair.client.received()).isEqualTo(answer);
    assertThat(pair.client.error).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_12", "TCP_OPENSSL_12", "TCP_OPENSSL_13"})
  void T8_whereTlsCannotHalfCloseTheAnswerGoesOutByItself(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    pair.client.end();
    network.until("the client has its answer", pair.client::hasEnded);
    assertThat(pair.client.events).containsExactly("secured", "end");
    assertThat(pair.server.events).containsExactly("secured", "end");
  }

  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_12", "TCP_OPENSSL_12", "TCP_OPENSSL_13"})
  void T8_whereTlsCannotHalfCloseAWriteAfterThePeersEndFails(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    pair.client.end();
    network.until("the server has read to the end", pair.server::hasEnded);
    pair.server.send("too late");
    assertThat(pair.server.error.code()).isEqualTo("EPIPE");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T8_whatThePeerWasSendingArrivesAfterOnesOwnEnd(SecureWire wire) throws Exception {
    network.capacity(50_000);
    TlsPair pair = TlsPair.connect(network, wire);
    pair.server.pause();
    pair.server.send(new byte[40_000]);
    pair.client.end();
    network.settle();
    assertThat(pair.client.received()).hasSize(40_000);
    assertThat(pair.client.error).isNull();
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T8_theFinFollowsWhatAFullKernelHadRefused(SecureWire wire) throws Exception {
    network.capacity(50);
    TlsPair pair = TlsPair.connect(network, wire);
    network.settle();
    pair.server.pause();
    pair.client.send(new byte[10_000]);
    pair.client.end();
    network.settle();
    assertThat(network.left.hasSentFin()).isFalse();
    pair.server.resume();
    network.until("the server has read to the end", pair.server::hasEnded);
    assertThat(pair.server.received()).hasSize(10_000);
    assertThat(network.left.hasSentFin()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F30_aFinWithoutCloseNotifyIsToldApart(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    pair.server.send("half");
    network.right.shutdownOutput();
    network.until("the client has failed", pair.client::hasFailed);
    assertThat(pair.client.text()).isEqualTo("half");
    assertThat(pair.client.error)
        .hasMessage(
            "read ECONNRESET: the peer hung up without close_notify, so data may be missing");
    assertThat(pair.client.error.code()).isEqualTo("ECONNRESET");
  }

  /** A record that is cut in the middle, too. */
  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F30_aRecordThatIsCutIsToldApart(SecureWire wire) throws Exception {
    network.capacity(5000);
    TlsPair pair = TlsPair.connect(network, wire);
    network.settle();
    pair.client.pause();
    pair.server.send(new byte[16_000]);
    network.settle();
    network.right.shutdownOutput();
    pair.client.resume();
    network.until("the client has failed", pair.client::hasFailed);
    assertThat(pair.client.received()).isEmpty();
    assertThat(pair.client.error.code()).isEqualTo("ECONNRESET");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F30_aBareFinAfterOnesOwnEndIsTheEnd(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    network.settle();
    pair.server.pause();
    pair.client.end();
    network.right.shutdownOutput();
    network.until("the client has read to the end", pair.client::hasEnded);
    assertThat(pair.client.error).isNull();
  }

  @Test
  void F30_aBareFinAfterDataThatFollowedOnesOwnEndIsToldApart() throws Exception {
    TlsPair pair = TlsPair.connect(network, SecureWire.TCP_JDK_13);
    pair.client.end();
    network.until("the server has read to the end", pair.server::hasEnded);
    pair.server.send("half");
    network.right.shutdownOutput();
    network.until("the client has failed", pair.client::hasFailed);
    assertThat(pair.client.text()).isEqualTo("half");
    assertThat(pair.client.error.code()).isEqualTo("ECONNRESET");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void T8_closeSendsNoCloseNotify(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    network.settle();
    int sent = network.right.sent.size();
    pair.server.socket.close();
    assertThat(network.right.sent).hasSize(sent);
    network.until("the client has failed", pair.client::hasFailed);
    assertThat(pair.client.error.code()).isEqualTo("ECONNRESET");
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void C12_aHangUpIsForwardedAndWhatArrivedBeforeIsReadToItsEnd(SecureWire wire) throws Exception {
    TlsPair pair = TlsPair.connect(network, wire);
    network.settle();
    pair.client.pause();
    pair.server.send(new byte[100_000]);
    pair.server.end();
    network.settle();
    network.left.hangUp(null);
    assertThat(pair.client.events).containsExactly("secured", "hungUp null");
    ByteBuffer into = ByteBuffer.allocate(1 << 20);
    int count;
    do {
      count = pair.client.socket.read(into);
    } while (count > 0);
    assertThat(count).isEqualTo(-1);
    assertThat(into.position()).isEqualTo(100_000);
  }

  @ParameterizedTest
  @EnumSource(value = SecureWire.class, names = "TCP_.*", mode = EnumSource.Mode.MATCH_ANY)
  void F26_aHangUpDuringTheHandshakeFailsIt(SecureWire wire) throws Exception {
    TlsPeer server = TlsPeer.server(network, wire.server()).start();
    network.right.hangUp(null);
    assertThat(server.events).containsExactly("failed ECONNRESET");
    assertThat(server.error).hasMessage("handshake ECONNRESET");
  }
}
