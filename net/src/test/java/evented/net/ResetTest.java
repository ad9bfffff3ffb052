package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics C11 and C12: peers that reset, hang up or are killed. */
class ResetTest {
  private static final int MEGABYTE = 1 << 20;

  private final CompletableFuture<Stream> accepted = new CompletableFuture<>();
  private final CompletableFuture<EventLog> log = new CompletableFuture<>();

  private void accept(Stream stream) {
    log.complete(EventLog.of(stream));
    accepted.complete(stream);
  }

  // C11: resets.

  @Test
  void C11_aResetWhileIdleIsEconnreset() throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(Wire.TCP, this::accept);
      SocketChannel peer = Wire.rawSocket(address);
      Await.get(log).await("connect");
      RawBytes.reset(peer);
      assertThat(Await.get(log).awaitClose())
          .containsExactly("connect", "error ECONNRESET", "close true");
    }
  }

  @Test
  void C11_aResetOfAnIdleHalfClosedStreamIsEconnreset() throws Exception {
    try (TestNet net = new TestNet()) {
      assumeTrue(net.loop().transport().equals("epoll"), "skipped: only epoll tells of it");
      SocketAddress address = net.listen(Wire.TCP, net.server(this::accept).allowHalfOpen(true));
      SocketChannel peer = Wire.rawSocket(address);
      peer.shutdownOutput();
      Await.get(log).await("end");
      RawBytes.reset(peer);
      assertThat(Await.get(log).awaitClose())
          .containsExactly("connect", "end", "error ECONNRESET", "close true");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C11_F20_aResetInMidWriteIsOneErrorAndOneClose(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, this::accept);
      SocketChannel peer = Wire.rawSocket(address);
      Stream stream = Await.get(accepted);
      stream.write(new byte[16 * MEGABYTE]);
      RawBytes.readText(peer, 1000);
      RawBytes.reset(peer);
      List<String> events = withoutEnd(Await.get(log).awaitClose());
      assertThat(events).hasSize(3).startsWith("connect").endsWith("close true");
      assertThat(Await.get(log).error().code()).isIn("ECONNRESET", "EPIPE");
      assertThat(stream.bufferSize()).isZero();
    }
  }

  /** Whether a close of the peer is seen as its FIN first is up to the kernel. */
  private static List<String> withoutEnd(List<String> entries) {
    return entries.stream().filter(entry -> !entry.equals("end")).toList();
  }

  @Test
  void C11_F7_aFloodOfResetsLeavesNothingBehind() throws Exception {
    try (TestNet net = new TestNet()) {
      AtomicInteger closed = new AtomicInteger();
      AtomicInteger opened = new AtomicInteger();
      Server server =
          net.server(
              stream -> {
                opened.incrementAndGet();
                stream.onError(e -> {});
                stream.onClose(hadError -> closed.incrementAndGet());
                stream.onData(stream::write);
              });
      SocketAddress address = net.listen(Wire.TCP, server);
      echoes(address);
      Await.until("closed", () -> server.connections() == 0);
      long before = Descriptors.count();
      for (int i = 0; i < 10_000; i++) {
        RawBytes.reset(Wire.rawSocket(address));
      }
      echoes(address);
      Await.until("the counter is at zero", () -> server.connections() == 0);
      Await.until("each one is closed", () -> opened.get() == closed.get());
      Await.until("descriptors are free", () -> Descriptors.count() <= before);
    }
  }

  private static void echoes(SocketAddress address) throws IOException {
    try (SocketChannel peer = Wire.rawSocket(address)) {
      RawBytes.write(peer, "still there?");
      assertThat(RawBytes.readText(peer, 12)).isEqualTo("still there?");
    }
  }

  // C12: hanging up.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C12_F14_whatCameBeforeTheHangUpOfAPausedStreamIsDelivered(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(100_000); // more than is held
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                stream.pause();
                accept(stream);
              });
      try (SocketChannel peer = Wire.rawSocket(address)) {
        RawBytes.write(peer, bytes);
      }
      Stream stream = Await.get(accepted);
      Await.until("as much as may be is held", () -> stream.bytesRead() >= ReadHalf.LIMIT / 2);
      assertThat(Await.get(log).entries()).containsExactly("connect");
      stream.resume();
      List<String> events = Await.get(log).awaitClose();
      assertThat(events).hasSize(4).startsWith("connect").endsWith("end", "close false");
      assertThat(Await.get(log).text().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
          .isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C12_whatCameBeforeTheHangUpOfAStuckStreamIsDelivered(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, this::accept);
      SocketChannel peer = Wire.rawSocket(address);
      Stream stream = Await.get(accepted);
      stream.write(new byte[16 * MEGABYTE]);
      Await.until(
          "the queue is stuck",
          () -> net.onLoop(() -> stream.bytesWritten() > stream.bufferSize()));
      RawBytes.write(peer, "last words");
      peer.close();
      List<String> events = withoutEnd(Await.get(log).awaitClose());
      assertThat(events).startsWith("connect").endsWith("close true");
      if (wire == Wire.UNIX) { // TCP's reset may overtake the words and destroy them
        assertThat(Await.get(log).text()).isEqualTo("last words");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C12_whatArrivedBeforeTheResetOfAStuckAndPausedStreamIsDelivered(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                stream.pause();
                accept(stream);
              });
      SocketChannel peer = Wire.rawSocket(address);
      Stream stream = Await.get(accepted);
      stream.write(new byte[16 * MEGABYTE]);
      Await.until(
          "the queue is stuck",
          () -> net.onLoop(() -> stream.bytesWritten() > stream.bufferSize()));
      RawBytes.write(peer, "last words");
      Await.until("they have arrived", () -> stream.bytesRead() == 10);
      RawBytes.reset(peer);
      Await.until("the reset is noticed", () -> stream.bufferSize() == 0);
      assertThat(Await.get(log).entries()).containsExactly("connect");
      stream.resume();
      List<String> events = withoutEnd(Await.get(log).awaitClose());
      assertThat(events).hasSize(4).startsWith("connect", "data last words").endsWith("close true");
    }
  }

  // F23.

  @Test
  void F23_aKilledPeerUnderBackPressureIsOneClose() throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(Wire.TCP, this::accept);
      int port = ((InetSocketAddress) address).getPort();
      Process peer =
          new ProcessBuilder(
                  System.getProperty("java.home") + "/bin/java",
                  "-cp",
                  System.getProperty("java.class.path"),
                  SilentPeer.class.getName(),
                  String.valueOf(port))
              .start();
      Stream stream = Await.get(accepted);
      stream.write(new byte[32 * MEGABYTE]);
      Await.until(
          "the queue is stuck",
          () -> net.onLoop(() -> stream.bytesWritten() > stream.bufferSize() && !stream.flush()));
      peer.destroyForcibly();
      List<String> events = withoutEnd(Await.get(log).awaitClose());
      assertThat(events).hasSize(3).startsWith("connect").endsWith("close true");
      assertThat(LoopCpu.share(net)).isLessThan(LoopCpu.IDLE);
    }
  }

  /** A process that connects and never reads. */
  static final class SilentPeer {
    public static void main(String[] arguments) throws Exception {
      try (SocketChannel channel = SocketChannel.open(loopback(Integer.parseInt(arguments[0])))) {
        System.in.read(); // until it is killed, or the test has gone
        channel.close();
      }
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress("127.0.0.1", port);
  }
}
