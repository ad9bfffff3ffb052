package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer floods, stops reading, and goes, while we wait for it to read. */
class FailureUnderBackPressureTest {
  private static final byte[] BLOCK = new byte[64 * 1024];

  /** Writes until the socket has taken nothing for a while: both directions are stuck. */
  private static void flood(SocketChannel peer, Stream stream) throws Exception {
    peer.configureBlocking(false);
    ByteBuffer block = ByteBuffer.wrap(BLOCK);
    Await.until(
        "both directions are stuck",
        () -> {
          try {
            block.clear();
            if (peer.write(block) > 0) {
              return false;
            }
            long read = stream.bytesRead();
            Await.get(ticks(stream, 20));
            return read == stream.bytesRead() && stream.bufferSize() > 0;
          } catch (java.io.IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** Completes after so many timers of a millisecond on the stream's loop. */
  private static CompletableFuture<Void> ticks(Stream stream, int count) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    LoopThread thread = stream.engine().thread;
    class Tick implements Runnable {
      private int left = count;

      @Override
      public void run() {
        if (left-- > 0) {
          thread.schedule(this, 1);
        } else {
          done.complete(null);
        }
      }
    }
    thread.later(new Tick());
    return done;
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
                if (how.equals("pipe")) {
                  stream.pipe(stream);
                } else {
                  echo(stream);
                }
                logged.complete(EventLog.withoutData(stream));
                accepted.complete(stream);
              });
      SocketAddress address = net.listen(wire, server);
      SocketChannel peer = Wire.rawSocket(address);
      if (wire == Wire.TCP) {
        peer.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
      }
      Stream stream = Await.get(accepted);
      flood(peer, stream);
      RawBytes.reset(peer);
      assertThat(Await.get(logged).awaitClose()).endsWith("close true").doesNotContain("drain");
      assertThat(Await.get(logged).error().code()).isIn("ECONNRESET", "EPIPE");
      assertThat(stream.fd()).isEqualTo(-1);
      assertThat(server.connections()).isZero();
    }
    Await.until("all descriptors are free", () -> Descriptors.count() <= before);
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
      Await.get(ticks(stream, 50));
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
      flood(peer, Await.get(first));
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
