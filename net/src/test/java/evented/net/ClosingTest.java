package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics C5 to C9 and C13, and what of the faults belongs to closing. */
class ClosingTest {
  private static final int MEGABYTE = 1 << 20;

  private final CompletableFuture<Stream> accepted = new CompletableFuture<>();
  private final CompletableFuture<EventLog> log = new CompletableFuture<>();

  private void accept(Stream stream) {
    log.complete(EventLog.of(stream));
    accepted.complete(stream);
  }

  // C5 to C8: ending.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C5_endIsIdempotent(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.of(stream);
      events.await("connect");
      stream.end("bye");
      stream.end();
      stream.end();
      try (SocketChannel peer = server.accept()) {
        assertThat(RawBytes.readAllText(peer)).isEqualTo("bye");
      }
      assertThat(events.awaitClose()).containsExactly("connect", "end", "close false");
      stream.end();
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C5_endSendsMegabytesThatWaitBeforeItsFin(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(8 * MEGABYTE);
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      stream.write(bytes);
      stream.end("end", "ascii");
      try (SocketChannel peer = server.accept()) {
        byte[] got = RawBytes.readAll(peer);
        assertThat(got.length).isEqualTo(bytes.length + 3);
        assertThat(Arrays.equals(got, 0, bytes.length, bytes, 0, bytes.length)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C6_whatTheListenersOfEndWriteStillGoesOut(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                accept(stream);
                stream.onEnd(() -> stream.write("goodbye"));
              });
      try (SocketChannel peer = Wire.rawSocket(address)) {
        peer.shutdownOutput();
        assertThat(RawBytes.readAllText(peer)).isEqualTo("goodbye");
      }
      assertThat(Await.get(log).awaitClose()).containsExactly("connect", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C6_megabytesThatTheListenersOfEndWriteGoOutWhole(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(8 * MEGABYTE);
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.onEnd(() -> stream.write(bytes)));
      try (SocketChannel peer = Wire.rawSocket(address)) {
        peer.shutdownOutput();
        assertThat(Arrays.equals(RawBytes.readAll(peer), bytes)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C7_aHalfOpenStreamWritesUntilItsUserEndsIt(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.listen(wire, net.server(this::accept).allowHalfOpen(true));
      try (SocketChannel peer = Wire.rawSocket(address)) {
        peer.shutdownOutput();
        Await.get(log).await("end");
        Stream stream = Await.get(accepted);
        assertThat(stream.readyState()).isEqualTo(ReadyState.WRITE_ONLY);
        stream.write("still ");
        assertThat(RawBytes.readText(peer, 6)).isEqualTo("still ");
        stream.end("here");
        assertThat(RawBytes.readAllText(peer)).isEqualTo("here");
      }
      assertThat(Await.get(log).awaitClose()).containsExactly("connect", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C8_afterDestroyOnlyCloseComes(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      EventLog events = new EventLog();
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                accept(stream);
                stream.onData(
                    bytes -> {
                      stream.destroy();
                      stream.destroy();
                      events.add(stream.readyState().toString());
                    });
                stream.onData(bytes -> events.add("data after destroy"));
              });
      try (SocketChannel peer = Wire.rawSocket(address)) {
        RawBytes.write(peer, "x");
        assertThat(Await.get(log).awaitClose()).containsExactly("connect", "data x", "close false");
        assertThat(events.entries()).containsExactly("closed");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C8_destroyWithAReasonIsErrorThenClose(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> {});
      Stream stream = net.connect(address);
      EventLog events = EventLog.of(stream);
      events.await("connect");
      IllegalArgumentException reason = new IllegalArgumentException("parse error");
      stream.destroy(reason);
      assertThat(events.awaitClose()).hasSize(3).endsWith("close true");
      assertThat(events.error()).hasCause(reason).hasMessageContaining("parse error");
    }
  }

  // C9: readyState.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C9_readyStateInsideEveryListenerWhenThePeerEndsFirst(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.loop().newStream();
      EventLog states = logStates(stream);
      states.add("fresh " + stream.readyState());
      net.onLoop(
          () -> {
            Wire.connect(stream, server.address());
            states.add("connecting " + stream.readyState());
            return null;
          });
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, "x");
        peer.shutdownOutput();
        assertThat(RawBytes.readAllText(peer)).isEmpty();
      }
      states.await("close closed");
      assertThat(states.entries())
          .containsExactly(
              "fresh closed",
              "connecting opening",
              "connect open",
              "data open",
              "end writeOnly",
              "close closed");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C9_readyStateInsideEveryListenerWhenThisSideEndsFirst(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.loop().newStream();
      stream.onConnect(stream::end);
      EventLog states = logStates(stream);
      Wire.connect(stream, server.address());
      try (SocketChannel peer = server.accept()) {
        assertThat(RawBytes.readAllText(peer)).isEmpty();
        RawBytes.write(peer, "x");
      }
      states.await("close closed");
      assertThat(states.entries())
          .containsExactly("connect readOnly", "data readOnly", "end closed", "close closed");
    }
  }

  @Test
  void C9_readyStateInsideTheListenersOfAFailure() {
    try (TestNet net = new TestNet()) {
      Stream stream = net.loop().newStream();
      EventLog states = logStates(stream);
      stream.connect(net.socketPath());
      states.await("close closed");
      assertThat(states.entries()).containsExactly("error closed", "close closed");
    }
  }

  private static EventLog logStates(Stream stream) {
    EventLog states = new EventLog();
    stream.onConnect(() -> states.add("connect " + stream.readyState()));
    stream.onData(bytes -> states.add("data " + stream.readyState()));
    stream.onEnd(() -> states.add("end " + stream.readyState()));
    stream.onError(e -> states.add("error " + stream.readyState()));
    stream.onClose(hadError -> states.add("close " + stream.readyState()));
    return states;
  }

  // C13: end never truncates.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C13_aReplyArrivesWholeThoughThePeersMegabyteWasNeverRead(Wire wire) throws Exception {
    byte[] reply = RawBytes.pattern(MEGABYTE);
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                stream.pause();
                stream.write(reply);
                stream.end();
              });
      try (SocketChannel peer = Wire.rawSocket(address)) {
        Thread writer = new Thread(() -> writeIgnoringFailure(peer, new byte[MEGABYTE]));
        writer.start();
        assertThat(Arrays.equals(RawBytes.readAll(peer), reply)).isTrue();
        peer.close();
        writer.join();
      }
    }
  }

  private static void writeIgnoringFailure(SocketChannel peer, byte[] bytes) {
    try {
      RawBytes.write(peer, bytes);
    } catch (IOException e) {
      // the test has what it wanted and has closed
    }
  }

  // F22: half-close.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F22_theHalfThatIsLeftCarriesAMegabyteAfterThisSideEnded(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(MEGABYTE);
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.of(stream);
      stream.end();
      try (SocketChannel peer = server.accept()) {
        assertThat(RawBytes.readAll(peer)).isEmpty();
        RawBytes.write(peer, bytes);
      }
      assertThat(events.awaitClose()).hasSize(4).endsWith("end", "close false");
      assertThat(events.text().length()).isEqualTo(MEGABYTE);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F22_bothEndAtOnceAndBothMegabytesArrive(Wire wire) {
    byte[] bytes = RawBytes.pattern(MEGABYTE);
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                accept(stream);
                stream.write(bytes);
                stream.end();
              });
      Stream client = net.connect(address);
      EventLog events = EventLog.of(client);
      client.write(bytes);
      client.end();
      assertThat(events.awaitClose()).endsWith("end", "close false");
      assertThat(Await.get(log).awaitClose()).endsWith("end", "close false");
      assertThat(events.text().length()).isEqualTo(MEGABYTE);
      assertThat(Await.get(log).text().length()).isEqualTo(MEGABYTE);
    }
  }
}
