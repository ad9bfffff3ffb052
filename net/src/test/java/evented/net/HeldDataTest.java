package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.SocketChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics R4 and R7: what a paused stream holds, and what is put back before it. */
class HeldDataTest {
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
}
