package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fault F40: a server has called {@code setSecure}, and the plain bytes that it wrote before cannot
 * leave, since the peer does not read; so the handshake cannot begin.
 */
class FloodBeforeHandshakeTest {
  /** More than the kernel takes on any wire. */
  private static final int PLAIN = 16 << 20;

  /** What may be held in memory, and one read beyond it. */
  private static final int BOUND = ReadHalf.LIMIT + LoopThread.READ_SIZE;

  private final CompletableFuture<Stream> accepted = new CompletableFuture<>();
  private final CompletableFuture<EventLog> log = new CompletableFuture<>();

  private SocketAddress serve(TestNet net, SecureWire wire, boolean securesAtOnce) {
    return net.serve(
        wire.wire(),
        stream -> {
          if (securesAtOnce) {
            secure(stream, wire);
          } else {
            stream.pause();
          }
          stream.onSecure(() -> stream.write("welcome"));
          log.complete(EventLog.of(stream));
          accepted.complete(stream);
        });
  }

  private static void secure(Stream stream, SecureWire wire) {
    stream.write(new byte[PLAIN]);
    stream.setSecure(wire.server());
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F40_theFloodStaysInTheKernel(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet();
        SocketChannel peer = Wire.rawSocket(serve(net, wire, /* securesAtOnce= */ true))) {
      Stream stream = Await.get(accepted);
      Flood.untilBothDirectionsAreStuck(peer, stream);
      assertThat(stream.bytesRead()).isLessThanOrEqualTo(BOUND);
      readAway(peer);
      assertThat(Await.get(log).awaitClose())
          .containsExactly("connect", "error EPROTO", "close true"); // the flood was no TLS
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F40_nothingIsAddedToWhatAPausedStreamHeldBefore(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet();
        SocketChannel peer = Wire.rawSocket(serve(net, wire, /* securesAtOnce= */ false))) {
      Stream stream = Await.get(accepted);
      Flood.untilStuck(peer, stream);
      long held = stream.bytesRead();
      assertThat(held).isLessThanOrEqualTo(BOUND);
      net.loop().execute(() -> secure(stream, wire));
      net.onLoop(stream::resume);
      Flood.untilBothDirectionsAreStuck(peer, stream);
      assertThat(stream.bytesRead()).isEqualTo(held);
      readAway(peer);
      assertThat(Await.get(log).awaitClose())
          .containsExactly("connect", "error EPROTO", "close true");
    }
  }

  /** Reads until the server has hung up, which is a reset where it has not read all. */
  private static void readAway(SocketChannel peer) throws IOException {
    peer.configureBlocking(true);
    ByteBuffer into = ByteBuffer.allocate(1 << 16);
    try {
      while (peer.read(into.clear()) >= 0) {
        // what came is of no interest
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void F40_aHelloThatCameMeanwhileSucceedsOnceThePeerReadsOn(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet();
        SocketChannel peer = Wire.rawSocket(serve(net, wire, /* securesAtOnce= */ true))) {
      RawTlsClient client = new RawTlsClient(peer, wire);
      client.sayHello();
      Stream stream = Await.get(accepted);
      Await.get(Flood.ticks(stream, 50));
      assertThat(Await.get(log).entries()).doesNotContain("secure");
      assertThat(RawBytes.readText(peer, PLAIN)).isEqualTo("\0".repeat(PLAIN));
      client.shakeHands();
      assertThat(client.readText(7)).isEqualTo("welcome");
      client.write("thanks");
      Await.get(log).await("data thanks");
    }
  }
}
