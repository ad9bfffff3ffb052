package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rows of reading and writing that make sense behind TLS: order, pause, pipe, back-pressure,
 * timeouts and limits. Options of the socket, addresses and what is in the kernel's buffers are the
 * same with and without it, and are tested without.
 */
class SecureStreamTest {
  private static final int SIZE = 64 << 20;

  /** Both ways at once, through an echo that respects back-pressure. */
  @ParameterizedTest
  @EnumSource(
      value = SecureWire.class,
      names = {"TCP_JDK_13", "TCP_OPENSSL_13", "TCP_OPENSSL_12", "UNIX_OPENSSL_13"})
  void W1_sixtyFourMegabytesArriveEachWay(SecureWire wire) throws Exception {
    try (TestNet net = new TestNet(2)) {
      SocketAddress address = wire.serve(net, stream -> stream.pipe(stream, false));
      Stream client = wire.connect(net, address);
      MessageDigest received = MessageDigest.getInstance("SHA-256");
      MessageDigest sent = MessageDigest.getInstance("SHA-256");
      CompletableFuture<Long> done = new CompletableFuture<>();
      long[] counts = {0, 0};
      byte[] chunk = new byte[100_000];
      new Random(7).nextBytes(chunk);
      Runnable writer =
          () -> {
            while (counts[0] < SIZE) {
              int length = (int) Math.min(chunk.length, SIZE - counts[0]);
              counts[0] += length;
              sent.update(chunk, 0, length);
              if (!client.write(Buffer.of(chunk, 0, length))) {
                return;
              }
            }
          };
      client.onDrain(writer);
      client.onSecure(writer);
      client.onData(
          bytes -> {
            received.update(bytes.toByteArray());
            counts[1] += bytes.length();
            if (counts[1] == SIZE) {
              client.end();
            }
          });
      client.onError(done::completeExceptionally);
      client.onClose(hadError -> done.complete(counts[1]));
      assertThat(Await.get(done)).isEqualTo(SIZE);
      assertThat(HexFormat.of().formatHex(received.digest()))
          .isEqualTo(HexFormat.of().formatHex(sent.digest()));
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void R4_pauseStopsDataAndPushesBackOnThePeer(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> accepted = new CompletableFuture<>();
      byte[] much = new byte[32 << 20];
      SocketAddress address =
          wire.serve(
              net,
              stream -> {
                stream.write(much);
                accepted.complete(stream);
              });
      Stream client = wire.connect(net, address);
      EventLog log = EventLog.withoutData(client);
      long[] seen = {0};
      client.onData(
          bytes -> {
            seen[0] += bytes.length();
            client.pause();
          });
      log.await("secure");
      Stream server = Await.get(accepted);
      Await.until("something has come", () -> net.onLoop(() -> seen[0]) > 0);
      long once = net.onLoop(() -> seen[0]);
      assertThat(net.onLoop(() -> seen[0])).isEqualTo(once);
      assertThat(server.bufferSize()).isGreaterThan(16L << 20);
      assertThat(client.bytesRead()).isLessThan(1 << 20);
      client.removeAllListeners("data");
      client.onData(bytes -> seen[0] += bytes.length());
      client.resume();
      Await.until("all has come", () -> net.onLoop(() -> seen[0]) == much.length);
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void W3_writeReturnsFalseWhenThePeerDoesNotReadAndDrainFollows(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> accepted = new CompletableFuture<>();
      SocketAddress address =
          wire.serve(
              net,
              stream -> {
                stream.pause();
                accepted.complete(stream);
              });
      Stream client = wire.connect(net, address);
      EventLog log = EventLog.of(client);
      log.await("secure");
      boolean calm = net.onLoop(() -> client.write(new byte[32 << 20]));
      assertThat(calm).isFalse();
      assertThat(client.bufferSize()).isPositive();
      assertThat(log.entries()).doesNotContain("drain");
      Await.get(accepted).resume();
      log.await("drain");
      assertThat(client.bufferSize()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void W8_anOverrunOfTheLimitIsAnError(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = wire.serve(net, Stream::pause);
      Stream client = wire.connect(net, address).maxBufferSize(1 << 20);
      EventLog log = EventLog.of(client);
      log.await("secure");
      client.write(new byte[32 << 20]);
      assertThat(log.awaitClose()).endsWith("error ENOBUFS", "close true");
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void R5_anIdleSecureStreamTimesOut(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      Stream client = wire.connect(net, wire.serve(net, stream -> {}));
      EventLog log = EventLog.of(client);
      log.await("secure");
      client.setTimeout(50);
      log.await("timeout");
      assertThat(client.readyState()).isEqualTo(ReadyState.OPEN);
    }
  }

  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void R6_aSecureStreamIsPipedToAPlainOne(SecureWire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress echo = net.serve(wire.wire(), stream -> stream.pipe(stream));
      SocketAddress front =
          wire.serve(
              net,
              stream -> {
                Stream back = net.connect(echo);
                stream.pipe(back);
                back.pipe(stream);
              });
      Stream client = wire.connect(net, front);
      EventLog log = EventLog.of(client);
      client.write("there and back");
      log.awaitText("there and back");
      client.end();
      assertThat(log.awaitClose()).endsWith("end", "close false");
    }
  }

  /** Every way that a handshake may end gives its descriptors back. */
  @ParameterizedTest
  @EnumSource(SecureWire.class)
  void C11_noDescriptorIsLeaked(SecureWire wire) throws Exception {
    Path descriptors = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(descriptors), "skipped: there is no /proc/self/fd");
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          wire.serve(net, stream -> stream.onError(error -> {}).onSecure(() -> stream.end("x")));
      EventLog.of(wire.connect(net, address)).awaitClose();
      long before = count(descriptors);
      for (int i = 0; i < 20; i++) {
        EventLog.of(wire.connect(net, address)).awaitClose();
        try (SocketChannel peer = Wire.rawSocket(address)) {
          peer.write(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}));
        }
        Stream hasty = wire.connect(net, address);
        hasty.destroy();
        EventLog.of(hasty).awaitClose();
      }
      Await.until("all are closed", () -> count(descriptors) <= before);
    }
  }

  private static long count(Path folder) {
    try (var files = Files.list(folder)) {
      return files.count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
