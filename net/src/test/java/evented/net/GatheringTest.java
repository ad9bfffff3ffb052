package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics W2: when what is written leaves. */
class GatheringTest {
  /**
   * Runs a callback on the loop that writes and does not return before the peer has read {@code
   * count} bytes; so it ends only if they leave in its midst.
   */
  private static String readInMidCallback(Wire wire, int count, Consumer<Stream> writes)
      throws IOException {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog.of(stream).await("connect");
      CompletableFuture<String> read = new CompletableFuture<>();
      CompletableFuture<String> seenInCallback = new CompletableFuture<>();
      net.loop()
          .execute(
              () -> {
                writes.accept(stream);
                try {
                  seenInCallback.complete(Await.get(read));
                } catch (Throwable e) {
                  seenInCallback.completeExceptionally(e);
                }
              });
      try (SocketChannel peer = server.accept()) {
        read.complete(RawBytes.readText(peer, count));
        return Await.get(seenInCallback);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W2_moreThan64KiBLeaveThoughTheCallbackHasNotReturned(Wire wire) throws Exception {
    String read =
        readInMidCallback(
            wire,
            LoopThread.GATHERING,
            stream -> {
              for (int sent = 0; sent <= LoopThread.GATHERING; sent += 1024) {
                stream.write("x".repeat(1024));
              }
            });
    assertThat(read).hasSize(LoopThread.GATHERING);
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W2_flushHandsOverThoughTheCallbackHasNotReturned(Wire wire) throws Exception {
    String read =
        readInMidCallback(
            wire,
            3,
            stream -> {
              stream.write("now");
              assertThat(stream.flush()).isTrue();
              stream.write("later");
              assertThat(stream.bufferSize()).isEqualTo(5);
            });
    assertThat(read).isEqualTo("now");
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W2_withoutGatheringAWriteLeavesThoughTheCallbackHasNotReturned(Wire wire) throws Exception {
    String read =
        readInMidCallback(
            wire,
            3,
            stream -> {
              stream.setGather(false);
              assertThat(stream.write("now")).isTrue();
              assertThat(stream.bufferSize()).isZero();
            });
    assertThat(read).isEqualTo("now");
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W2_switchingTheGatheringOffHandsOverWhatIsGathered(Wire wire) throws Exception {
    String read =
        readInMidCallback(
            wire,
            3,
            stream -> {
              stream.write("now");
              stream.setGather(false);
            });
    assertThat(read).isEqualTo("now");
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W2_noDelayLeavesTheGatheringOn(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address()).setNoDelay();
      EventLog.of(stream).await("connect");
      long gathered =
          net.onLoop(
              () -> {
                stream.write("head");
                stream.write("body");
                return stream.bufferSize();
              });
      assertThat(gathered).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W2_writesOfAnotherThreadAreGatheredPerWakeUp(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog.of(stream).await("connect");
      LoopThread thread = stream.engine().thread;
      List<Long> waiting = Collections.synchronizedList(new ArrayList<>());
      CompletableFuture<Void> written = new CompletableFuture<>();
      thread.later(() -> Await.get(written)); // the loop has no time for us
      for (int i = 0; i < 3; i++) {
        stream.write("x");
        thread.later(() -> waiting.add(stream.bufferSize()));
      }
      written.complete(null);
      try (SocketChannel peer = server.accept()) {
        assertThat(RawBytes.readText(peer, 3)).isEqualTo("xxx");
      }
      assertThat(waiting).containsExactly(3L, 3L, 3L);
    }
  }
}
