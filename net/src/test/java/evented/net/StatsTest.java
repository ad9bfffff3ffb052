package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What servers and loops count. */
class StatsTest {
  @ParameterizedTest
  @EnumSource
  void aServerCountsItsConnectionsAndTheirBytes(Wire wire) throws Exception {
    try (TestNet net = new TestNet(2)) {
      Server server = net.server(stream -> stream.pipe(stream));
      SocketAddress address = net.listen(wire, server);
      for (int i = 0; i < 4; i++) {
        try (SocketChannel peer = Wire.rawSocket(address)) {
          peer.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
          ByteBuffer back = ByteBuffer.allocate(3);
          while (back.hasRemaining()) {
            peer.read(back);
          }
        }
      }
      Await.until("all have gone", () -> server.stats().connections() == 0);
      ServerStats stats = server.stats();
      assertThat(stats.accepted()).isEqualTo(4);
      assertThat(stats.bytesRead()).isEqualTo(12);
      assertThat(stats.bytesWritten()).isEqualTo(12);
      assertThat(stats.rejected()).isZero();
      assertThat(stats.errors()).isEmpty();
      assertThat(net.loop().stats().opened()).isEqualTo(4);
      assertThat(net.loop().stats().bytesRead()).isEqualTo(12);
      Await.until("the loop has none", () -> net.loop().stats().streams() == 0);
    }
  }

  @Test
  void aServerCountsWhomItRejects() throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {}).maxConnections(1);
      SocketAddress address = net.listen(Wire.TCP, server);
      EventLog first = EventLog.of(net.connect(address));
      first.await("connect");
      Await.until("it is there", () -> server.stats().connections() == 1);
      EventLog.of(net.connect(address)).awaitClose();
      assertThat(server.stats().rejected()).isEqualTo(1);
      assertThat(server.stats().accepted()).isEqualTo(1);
    }
  }

  @Test
  void errorsAreCountedByTheirCode() throws Exception {
    try (TestNet net = new TestNet()) {
      EventLog.of(net.loop().createConnection(net.socketPath())).awaitClose();
      assertThat(net.loop().stats().errors()).containsEntry("ENOENT", 1L).hasSize(1);
      assertThat(net.loop().stats().opened()).isZero();
    }
  }

  @Test
  void whatAListenerThrowsIsCounted() throws Exception {
    try (TestNet net = new TestNet()) {
      Server server =
          net.server(
              stream -> {
                stream.onError(error -> {});
                throw new IllegalStateException("on purpose");
              });
      SocketAddress address = net.listen(Wire.TCP, server);
      EventLog.of(net.connect(address)).awaitClose();
      Await.until("it is counted", () -> server.stats().errors().containsKey("EXCEPTION"));
    }
  }

  @Test
  void theLagIsTheLongestThatTheLoopWasBusy() throws Exception {
    try (FakeNet net = new FakeNet()) {
      net.run(() -> net.network.advance(150_000_000L));
      assertThat(net.loop.stats().lagNanos()).isEqualTo(150_000_000);
      assertThat(net.loop.stats().maxLagNanos()).isEqualTo(150_000_000);
    }
  }

  @Test
  void aLagIsForgottenAfterAWhileButNotItsMaximum() throws Exception {
    try (FakeNet net = new FakeNet()) {
      net.run(() -> net.network.advance(150_000_000L));
      net.network.advance(25_000_000_000L);
      net.runUntilIdle();
      assertThat(net.loop.stats().lagNanos()).isZero();
      assertThat(net.loop.stats().maxLagNanos()).isEqualTo(150_000_000);
    }
  }

  @Test
  void runningTimersAreCounted() throws Exception {
    try (TestNet net = new TestNet()) {
      Timer timer = net.loop().setTimeout(600_000, () -> {});
      Await.until("one runs", () -> net.loop().stats().timers() == 1);
      timer.cancel();
      Await.until("none runs", () -> net.loop().stats().timers() == 0);
    }
  }

  @Test
  void aLoopThatIsBusyCanBeAsked() throws Exception {
    try (TestNet net = new TestNet()) {
      CountDownLatch asked = new CountDownLatch(1);
      net.loop().execute(() -> Await.until("asked", () -> asked.getCount() == 0));
      assertThat(net.loop().stats().streams()).isZero();
      asked.countDown();
    }
  }
}
