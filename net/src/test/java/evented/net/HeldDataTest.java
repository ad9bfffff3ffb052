package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.SocketChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics R4 and R7: what a paused stream holds, and what is put back before it. */
class HeldDataTest {
  // R4.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R4_aCutCharacterWaitsForResume(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address()).setEncoding(Encoding.UTF8).pause();
      EventLog events = EventLog.withoutData(stream);
      stream.on("data", (String piece) -> events.add("text " + piece));
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, new byte[] {(byte) 0xE2, (byte) 0x82});
      }
      Await.until("it is read", () -> stream.bytesRead() == 2);
      awaitIdle(net);
      assertThat(events.entries()).containsExactly("connect");
      stream.resume();
      assertThat(events.awaitClose())
          .containsExactly("connect", "text \uFFFD", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R4_aCutCharacterThatWasReadBeforeThePauseWaitsForResume(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address()).setEncoding(Encoding.UTF8);
      EventLog events = EventLog.withoutData(stream);
      stream.on("data", (String piece) -> events.add("text " + piece));
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, new byte[] {(byte) 0xE2, (byte) 0x82});
        Await.until("it is read", () -> stream.bytesRead() == 2);
        net.onLoop(stream::pause);
      }
      awaitIdle(net);
      assertThat(events.entries()).containsExactly("connect");
      stream.resume();
      assertThat(events.awaitClose())
          .containsExactly("connect", "text \uFFFD", "end", "close false");
    }
  }

  // R7.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R7_unshiftedBytesComeBeforeWhatIsHeld(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address()).pause();
      EventLog events = EventLog.of(stream);
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, "b");
        Await.until("b is held", () -> stream.bytesRead() == 1);
        stream.unshift(Buffer.of("a"));
        assertThat(net.onLoop(events::text)).isEmpty();
        stream.resume();
        events.awaitText("b");
      }
      assertThat(events.awaitClose()).containsExactly("connect", "data ab", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R7_ofTwoUnshiftsTheLaterComesFirst(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address()).pause();
      EventLog events = EventLog.of(stream);
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, "c");
        Await.until("c is held", () -> stream.bytesRead() == 1);
        stream.unshift(Buffer.of("b")).unshift(Buffer.of("a")).resume();
        events.awaitText("c");
      }
      assertThat(events.awaitClose()).containsExactly("connect", "data abc", "end", "close false");
    }
  }

  /** Waits until the loop has nothing to do, so that what has arrived has been noticed. */
  private static void awaitIdle(TestNet net) {
    Await.until("the loop is idle", () -> LoopCpu.share(net) < LoopCpu.IDLE);
  }
}
