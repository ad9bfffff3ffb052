package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics R6: back-pressure through a pipe, and how the end of one side reaches the other. */
class PipeTest {
  private static final int MEGABYTE = 1 << 20;

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R6_aPipeHoldsTheSourceBackWhenTheDestinationIsStuck(Wire wire) throws Exception {
    assertHoldsBack(wire, null);
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R6_aPipeWithASecondListenerHoldsTheSourceBackToo(Wire wire) throws Exception {
    AtomicLong seen = new AtomicLong();
    int sent = assertHoldsBack(wire, seen);
    assertThat(seen.get()).isEqualTo(sent);
  }

  /** A second listener counts into {@code seen} unless it is null; says how much was sent. */
  private static int assertHoldsBack(Wire wire, AtomicLong seen) throws Exception {
    byte[] bytes = RawBytes.pattern(32 * MEGABYTE);
    try (TestNet net = new TestNet();
        RawServer from = new RawServer(wire, net);
        RawServer to = new RawServer(wire, net)) {
      Stream source = net.connect(from.address());
      Stream destination = net.connect(to.address());
      if (seen != null) {
        source.onData(chunk -> seen.addAndGet(chunk.length()));
      }
      EventLog destinationLog = EventLog.withoutData(destination);
      EventLog sourceLog = EventLog.withoutData(source);
      source.pipe(destination);
      try (SocketChannel writer = from.accept();
          SocketChannel reader = to.accept()) {
        reader.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
        destinationLog.await("connect");
        CompletableFuture<Void> written = write(writer, bytes);
        awaitStuck(net, source, destination);
        assertThat(source.bytesRead()).isLessThan(16L * MEGABYTE);
        assertThat(destination.bufferSize()).isLessThan(MEGABYTE);
        assertThat(written).isNotDone();
        assertThat(Arrays.equals(RawBytes.readAll(reader), bytes)).isTrue();
        Await.get(written);
      }
      assertThat(sourceLog.awaitClose()).containsExactly("connect", "end", "close false");
      assertThat(destinationLog.awaitCloseWithout("drain"))
          .containsExactly("connect", "end", "close false");
    }
    return bytes.length;
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R6_theSourceComesToItsEndWhenTheDestinationClosesWhilePaused(Wire wire) throws Exception {
    byte[] bytes = new byte[32 * MEGABYTE];
    try (TestNet net = new TestNet();
        RawServer from = new RawServer(wire, net);
        RawServer to = new RawServer(wire, net)) {
      Stream source = net.connect(from.address());
      Stream destination = net.connect(to.address());
      EventLog destinationLog = EventLog.withoutData(destination);
      EventLog sourceLog = EventLog.withoutData(source);
      source.pipe(destination);
      try (SocketChannel writer = from.accept();
          SocketChannel reader = to.accept()) {
        reader.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
        destinationLog.await("connect");
        CompletableFuture<Void> written = write(writer, bytes);
        awaitStuck(net, source, destination);
        destination.destroy();
        assertThat(destinationLog.awaitClose()).containsExactly("connect", "close false");
        assertThat(sourceLog.awaitClose()).containsExactly("connect", "end", "close false");
        Await.get(written);
      }
      assertThat(source.bytesRead()).isEqualTo(bytes.length);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void R6_aSourceThatIsResetDestroysTheDestination(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer from = new RawServer(wire, net);
        RawServer to = new RawServer(wire, net)) {
      Stream source = net.connect(from.address());
      Stream destination = net.connect(to.address());
      EventLog destinationLog = EventLog.withoutData(destination);
      EventLog sourceLog = EventLog.withoutData(source);
      source.pipe(destination);
      SocketChannel writer = from.accept();
      try (SocketChannel reader = to.accept()) {
        destinationLog.await("connect");
        sourceLog.await("connect");
        source.write("unread"); // so that a UNIX socket is reset too
        Await.until("it is sent", () -> source.bytesWritten() - source.bufferSize() == 6);
        RawBytes.write(writer, "cut");
        assertThat(RawBytes.readText(reader, 3)).isEqualTo("cut");
        RawBytes.reset(writer);
        assertThat(sourceLog.awaitClose())
            .containsExactly("connect", "error ECONNRESET", "close true");
        assertThat(destinationLog.awaitClose()).containsExactly("connect", "close false");
        assertThat(RawBytes.readAll(reader)).isEmpty();
      }
    }
  }

  /** Writes all on a thread of its own, then FIN. */
  private static CompletableFuture<Void> write(SocketChannel channel, byte[] bytes) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                RawBytes.write(channel, bytes);
                channel.shutdownOutput();
                written.complete(null);
              } catch (IOException e) {
                written.completeExceptionally(e);
              }
            });
    writer.start();
    return written;
  }

  /** Waits until the pipe has paused its source and nothing moves while the loop is idle. */
  private static void awaitStuck(TestNet net, Stream source, Stream destination) {
    Await.until(
        "the pipe is stuck",
        () -> {
          long read = source.bytesRead();
          long waiting = destination.bufferSize();
          return net.onLoop(() -> source.engine().isPaused())
              && LoopCpu.share(net) < LoopCpu.IDLE
              && read == source.bytesRead()
              && waiting == destination.bufferSize();
        });
  }
}
