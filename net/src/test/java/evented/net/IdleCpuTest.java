package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream on which nothing can move costs no processor time, whatever its peer has done. */
class IdleCpuTest {
  private final CompletableFuture<Stream> accepted = new CompletableFuture<>();
  private final CompletableFuture<EventLog> log = new CompletableFuture<>();

  private void accept(Stream stream) {
    log.complete(EventLog.of(stream));
    accepted.complete(stream);
  }

  private static void assertIdle(TestNet net) {
    // What was under way may have its end; a loop that spins never comes to rest.
    Await.until("the loop is idle", () -> LoopCpu.share(net) < LoopCpu.IDLE);
  }

  @Test
  void theMeasureSeesALoopThatSpins() {
    try (TestNet net = new TestNet()) {
      net.loop().setInterval(1, IdleCpuTest::burn);
      Await.until("the spin shows", () -> LoopCpu.share(net) > LoopCpu.IDLE);
    }
  }

  /** Takes some milliseconds of processor time. */
  private static void burn() {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before < 5_000_000) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C7_aHalfOpenStreamWhosePeerHasClosedIsIdle(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(this::accept).allowHalfOpen(true);
      SocketAddress address = net.listen(wire, server);
      Wire.rawSocket(address).close();
      Await.get(log).await("end");
      assertIdle(net);
      assertThat(Await.get(accepted).readyState()).isEqualTo(ReadyState.WRITE_ONLY);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C7_aHalfOpenStreamWhosePeerHasClosedCanStillEnd(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(this::accept).allowHalfOpen(true);
      SocketAddress address = net.listen(wire, server);
      Wire.rawSocket(address).close();
      Await.get(log).await("end");
      assertIdle(net);
      Await.get(accepted).end();
      assertThat(Await.get(log).awaitClose()).containsExactly("connect", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C7_aWriteToAHalfOpenStreamWhosePeerHasClosedFails(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(this::accept).allowHalfOpen(true);
      SocketAddress address = net.listen(wire, server);
      Wire.rawSocket(address).close();
      Await.get(log).await("end");
      Stream stream = Await.get(accepted);
      stream.engine().thread.run(() -> writeUntilClosed(stream));
      assertThat(Await.get(log).awaitClose())
          .last()
          .isEqualTo("close true"); // the first write may still be taken by the kernel
      assertThat(Await.get(log).error().code()).isIn("EPIPE", "ECONNRESET");
      assertIdle(net);
    }
  }

  /** Writes a byte again and again, as the loop gets round to it. */
  private static void writeUntilClosed(Stream stream) {
    stream.write("x");
    if (stream.readyState() != ReadyState.CLOSED) {
      stream.engine().thread.schedule(() -> writeUntilClosed(stream), 1);
    }
  }

  @Test
  void C11_aWriteOnlyStreamWhosePeerHasResetIsIdleAndItsNextWriteFails() throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(this::accept).allowHalfOpen(true);
      SocketAddress address = net.listen(Wire.TCP, server);
      SocketChannel peer = Wire.rawSocket(address);
      peer.shutdownOutput();
      Await.get(log).await("end");
      RawBytes.reset(peer);
      assertIdle(net);
      Await.get(accepted).write("x");
      List<String> events = Await.get(log).awaitClose();
      assertThat(events).hasSize(4).startsWith("connect", "end").endsWith("close true");
      assertThat(Await.get(log).error().code()).isIn("EPIPE", "ECONNRESET");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C12_aPausedStreamWhosePeerHasClosedIsIdle(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address()).pause();
      EventLog events = EventLog.of(stream);
      byte[] sent = RawBytes.pattern(1 << 20);
      Thread writer;
      try (SocketChannel peer = server.accept()) {
        peer.setOption(java.net.StandardSocketOptions.SO_SNDBUF, 4 << 20);
        writer = new Thread(() -> writeAndClose(peer, sent));
        writer.start();
        Await.until("64 KiB are held", () -> stream.bytesRead() >= ReadHalf.LIMIT - 8192);
        assertIdle(net);
        assertThat(events.entries()).containsExactly("connect");
        stream.resume();
        List<String> all = events.awaitClose();
        assertThat(all.subList(2, all.size())).containsExactly("end", "close false");
        writer.join();
      }
      assertThat(events.text().length()).isEqualTo(sent.length);
    }
  }

  private static void writeAndClose(SocketChannel peer, byte[] bytes) {
    try (peer) {
      RawBytes.write(peer, bytes);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void C12_aPausedStreamAfterAResetIsIdle() throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(Wire.TCP, net)) {
      Stream stream = net.connect(server.address()).pause();
      EventLog events = EventLog.of(stream);
      SocketChannel peer = server.accept();
      RawBytes.write(peer, "last words");
      Await.until("they are held", () -> stream.bytesRead() == 10);
      RawBytes.reset(peer);
      assertIdle(net);
      stream.resume();
      assertThat(events.awaitClose())
          .containsExactly("connect", "data last words", "error ECONNRESET", "close true");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C12_aPausedStreamWithBothFinsExchangedIsIdle(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address()).pause();
      EventLog events = EventLog.of(stream);
      SocketChannel peer = server.accept();
      RawBytes.write(peer, "last words");
      events.await("connect");
      stream.end("mine");
      assertThat(RawBytes.readAllText(peer)).isEqualTo("mine");
      peer.close();
      Await.until("they are held", () -> stream.bytesRead() == 10);
      assertIdle(net);
      stream.resume();
      assertThat(events.awaitClose())
          .containsExactly("connect", "data last words", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F19_aStreamWhosePeerNeverReadsIsIdle(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      try (SocketChannel peer = server.accept()) {
        stream.write(new byte[16 << 20]);
        Await.until("the kernel is full", () -> isStuck(net, stream));
        assertIdle(net);
        assertThat(stream.bufferSize()).isPositive();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F22_aStuckStreamWhosePeerHasEndedIsIdleAndLosesNothing(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(this::accept).allowHalfOpen(true);
      SocketAddress address = net.listen(wire, server);
      try (SocketChannel peer = Wire.rawSocket(address)) {
        Stream stream = Await.get(accepted);
        stream.write(new byte[16 << 20]);
        peer.shutdownOutput();
        Await.get(log).await("end");
        Await.until("the kernel is full", () -> isStuck(net, stream));
        assertIdle(net);
        stream.end();
        int got = RawBytes.readAll(peer).length;
        assertThat(got).isEqualTo(16 << 20);
      }
      Await.get(log).awaitClose();
    }
  }

  /** Whether nothing has moved for some rounds of the loop. */
  private static boolean isStuck(TestNet net, Stream stream) {
    long before = net.onLoop(() -> stream.bytesWritten() - stream.bufferSize());
    for (int round = 0; round < 20; round++) {
      net.onLoop(() -> null);
    }
    return before > 0
        && stream.bufferSize() > 0
        && before == net.onLoop(() -> stream.bytesWritten() - stream.bufferSize());
  }
}
