package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer floods, stops reading, and goes, while we wait for it to read. */
class FailureUnderBackPressureTest {
  private static void serve(Stream stream, String how) {
    if (how.equals("pipe")) {
      stream.pipe(stream);
    } else {
      echo(stream);
    }
  }

  /** Echoes as one should: pauses while the peer does not read. */
  private static void echo(Stream stream) {
    stream.onData(
        chunk -> {
          if (!stream.write(chunk)) {
            stream.pause();
          }
        });
    stream.onDrain(stream::resume);
  }

  @ParameterizedTest
  @CsvSource({"TCP, listener", "TCP, pipe", "UNIX, listener", "UNIX, pipe"})
  void F35_aResetWhileWaitingForDrainClosesTheStreamAndFreesTheDescriptor(Wire wire, String how)
      throws Exception {
    long before = Descriptors.count();
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> accepted = new CompletableFuture<>();
      CompletableFuture<EventLog> logged = new CompletableFuture<>();
      Server server =
          net.server(
              stream -> {
                serve(stream, how);
                logged.complete(EventLog.withoutData(stream));
                accepted.complete(stream);
              });
      SocketAddress address = net.listen(wire, server);
      SocketChannel peer = Wire.rawSocket(address);
      if (wire == Wire.TCP) {
        peer.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      }
      Stream stream = Await.get(accepted);
      Flood.untilBothDirectionsAreStuck(peer, stream);
      RawBytes.reset(peer);
      assertThat(Await.get(logged).awaitClose()).endsWith("close true").doesNotContain("drain");
      assertThat(Await.get(logged).error().code()).isIn("ECONNRESET", "EPIPE");
      assertThat(stream.fd()).isEqualTo(-1);
      assertThat(server.connections()).isZero();
    }
    Await.until("all descriptors are free", () -> Descriptors.count() <= before);
  }

  static java.util.stream.Stream<Arguments> securely() {
    return Arrays.stream(SecureWire.values())
        .flatMap(
            wire ->
                java.util.stream.Stream.of(
                    Arguments.of(wire, "listener"), Arguments.of(wire, "pipe")));
  }

  @ParameterizedTest
  @MethodSource("securely")
  void F35_aResetWhileWaitingForDrainClosesASecureStreamToo(SecureWire wire, String how)
      throws Exception {
    long before = Descriptors.count();
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> accepted = new CompletableFuture<>();
      CompletableFuture<EventLog> logged = new CompletableFuture<>();
      Server server =
          net.server(
              stream -> {
                stream.setSecure(wire.server());
                serve(stream, how);
                logged.complete(EventLog.withoutData(stream));
                accepted.complete(stream);
              });
      SocketAddress address = net.listen(wire.wire(), server);
      SocketChannel peer = Wire.rawSocket(address);
      RawTlsClient secure = new RawTlsClient(peer, wire);
      secure.shakeHands();
      Stream stream = Await.get(accepted);
      secure.floodUntilBothDirectionsAreStuck(stream);
      RawBytes.reset(peer);
      assertThat(Await.get(logged).awaitClose())
          .startsWith("connect", "secure")
          .endsWith("close true")
          .doesNotContain("drain");
      assertThat(Await.get(logged).error().code()).isIn("ECONNRESET", "EPIPE");
      assertThat(stream.fd()).isEqualTo(-1);
      assertThat(server.connections()).isZero();
    }
    Await.until("all descriptors are free", () -> Descriptors.count() <= before);
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F35_whatHadArrivedBeforeTheResetOfASecureStreamIsDeliveredIfItIsTakenInTime(SecureWire wire)
      throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> accepted = new CompletableFuture<>();
      CompletableFuture<EventLog> logged = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              wire.wire(),
              stream -> {
                stream.setSecure(wire.server());
                stream.pause();
                stream.onSecure(() -> stream.write("x")); // unread, so that UNIX resets too
                logged.complete(EventLog.of(stream));
                accepted.complete(stream);
              });
      SocketChannel peer = Wire.rawSocket(address);
      RawTlsClient secure = new RawTlsClient(peer, wire);
      secure.shakeHands();
      Stream stream = Await.get(accepted);
      secure.write("last words");
      Await.until("they are held", () -> stream.bytesRead() == 10);
      RawBytes.reset(peer);
      Await.get(Flood.ticks(stream, 50));
      stream.resume();
      assertThat(Await.get(logged).awaitCloseWithout("drain"))
          .containsExactly(
              "connect", "secure", "data last words", "error ECONNRESET", "close true");
    }
  }

  @ParameterizedTest
  @CsvSource({"TCP", "UNIX"})
  void F35_whatHadArrivedBeforeTheResetIsDeliveredIfItIsTakenInTime(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> accepted = new CompletableFuture<>();
      CompletableFuture<EventLog> logged = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                stream.pause();
                logged.complete(EventLog.of(stream));
                accepted.complete(stream);
              });
      SocketChannel peer = Wire.rawSocket(address);
      Stream stream = Await.get(accepted);
      net.onLoop(() -> stream.write("x")); // unread, so that a UNIX socket is reset too
      RawBytes.write(peer, "last words");
      Await.until("they are held", () -> stream.bytesRead() == 10);
      RawBytes.reset(peer);
      Await.get(Flood.ticks(stream, 50));
      stream.resume();
      assertThat(Await.get(logged).awaitClose())
          .containsExactly("connect", "data last words", "error ECONNRESET", "close true");
    }
  }

  @ParameterizedTest
  @CsvSource({"TCP", "UNIX"})
  void F35_otherStreamsOfTheLoopGoOn(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> first = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                first.complete(stream);
                stream.onError(error -> {});
                echo(stream);
              });
      SocketChannel peer = Wire.rawSocket(address);
      Flood.untilBothDirectionsAreStuck(peer, Await.get(first));
      try (SocketChannel other = Wire.rawSocket(address)) {
        RawBytes.write(other, "still there?");
        assertThat(RawBytes.readText(other, 12)).isEqualTo("still there?");
        RawBytes.reset(peer);
        RawBytes.write(other, "and now?");
        assertThat(RawBytes.readText(other, 8)).isEqualTo("and now?");
      }
    }
  }
}
