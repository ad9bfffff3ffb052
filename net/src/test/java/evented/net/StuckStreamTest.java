package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics C8 and W8 where nothing moves: the loop is busy elsewhere, or no one reads. */
class StuckStreamTest {
  private static final int MEGABYTE = 1 << 20;

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C8_destroyFromAnotherThreadCountsAtOnce(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.of(stream);
      try (SocketChannel peer = server.accept()) {
        events.await("connect");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        net.loop()
            .execute(
                () -> {
                  held.countDown();
                  await(released);
                });
        await(held);
        try {
          assertThat(stream.readyState()).isEqualTo(ReadyState.OPEN);
          stream.destroy();
          assertThat(stream.readyState()).isEqualTo(ReadyState.CLOSED);
          assertThat(stream.write("late")).isFalse();
          assertThat(events.entries()).containsExactly("connect");
        } finally {
          released.countDown();
        }
        assertThat(events.awaitClose()).containsExactly("connect", "close false");
        assertThat(RawBytes.readAll(peer)).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W8_aQueueIsCountedWithWhatItReallyCosts(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.withoutData(stream);
      try (SocketChannel peer = server.accept()) {
        events.await("connect");
        byte[] block = new byte[16 * 1024];
        Await.until(
            "the kernel is full",
            () -> net.onLoop(() -> !stream.write(block) && !stream.flush() && isStuck(stream)));
        stream.maxBufferSize(4 * MEGABYTE);
        Buffer one = Buffer.of(new byte[MEGABYTE]);
        net.onLoop(
            () -> {
              for (int i = 0; i < 8; i++) {
                stream.write(one.slice(i * 4096, (i + 1) * 4096)); // one array, which counts once
              }
              return null;
            });
        assertThat(stream.readyState()).isEqualTo(ReadyState.OPEN);
        assertThat(stream.bufferSize()).isLessThan(MEGABYTE);
        net.onLoop(
            () -> {
              for (int i = 0; i < 8; i++) {
                stream.write(Buffer.of(new byte[MEGABYTE]).slice(0, 4096));
              }
              return null;
            });
        assertThat(events.awaitClose()).containsExactly("connect", "error ENOBUFS", "close true");
        assertThat(peer.isOpen()).isTrue();
      }
    }
  }

  /** Whether more waits than one gathering, which is so only if the kernel takes no more. */
  private static boolean isStuck(Stream stream) {
    return stream.bufferSize() > 2L * LoopThread.GATHERING;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Await.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
