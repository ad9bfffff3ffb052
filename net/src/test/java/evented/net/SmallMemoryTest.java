package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peers that never read, and a JVM with little memory. */
class SmallMemoryTest {
  /** An echo server that pays no heed to what {@code write} returns, as a beginner's. */
  static final class HeedlessEcho {
    private HeedlessEcho() {}

    public static void main(String[] arguments) throws Exception {
      Server server =
          Net.createServer(
              stream -> {
                stream.onError(error -> System.out.println("error " + error.code()));
                stream.onData(stream::write);
              });
      server.listen(0, "127.0.0.1", () -> System.out.println("listening on " + server.port()));
      System.in.read();
      System.exit(0);
    }
  }

  /** An echo server that waits for {@code drain}. */
  static final class CarefulEcho {
    private CarefulEcho() {}

    public static void main(String[] arguments) throws Exception {
      Server server =
          Net.createServer(
              stream -> {
                stream.onError(error -> {});
                stream.pipe(stream);
              });
      server.listen(0, "127.0.0.1", () -> System.out.println("listening on " + server.port()));
      System.in.read();
      System.exit(0);
    }
  }

  private static void assertServed(InetSocketAddress address) throws IOException {
    try (SocketChannel client = SocketChannel.open(address)) {
      client.socket().setSoTimeout(20_000);
      client.write(
          ByteBuffer.wrap("still there?".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
      byte[] reply = new byte[12];
      assertThat(client.socket().getInputStream().readNBytes(reply, 0, 12)).isEqualTo(12);
    }
  }

  @Test
  void F38_aStreamThatFillsTheMemoryGetsAnErrorAndOthersAreServed() throws Exception {
    try (ChildJvm child = ChildJvm.startWith(List.of("-Xmx64m"), HeedlessEcho.class)) {
      InetSocketAddress address =
          new InetSocketAddress("127.0.0.1", Integer.parseInt(child.awaitLine("listening on ")));
      for (int round = 0; round < 3; round++) {
        try (SocketChannel hog = SocketChannel.open(address)) {
          ByteBuffer block = ByteBuffer.allocate(1 << 20);
          for (int megabytes = 0; megabytes < 256; megabytes++) {
            block.clear();
            while (block.hasRemaining()) {
              hog.write(block);
            }
          }
          throw new AssertionError("256 MB were taken with a heap of 64 MB");
        } catch (IOException reset) {
          assertServed(address);
        }
      }
      assertThat(child.awaitLine("error ")).isIn("ENOMEM", "ECONNRESET", "EPIPE");
      assertServed(address);
    }
  }

  @Test
  void F38_fourHundredPeersThatNeverReadLeaveOthersServed() throws Exception {
    List<String> little = List.of("-Xmx64m", "-XX:MaxDirectMemorySize=4m");
    try (ChildJvm child = ChildJvm.startWith(little, CarefulEcho.class)) {
      InetSocketAddress address =
          new InetSocketAddress("127.0.0.1", Integer.parseInt(child.awaitLine("listening on ")));
      List<SocketChannel> peers = new ArrayList<>();
      try {
        ByteBuffer block = ByteBuffer.allocate(1 << 16);
        for (int i = 0; i < 400; i++) {
          SocketChannel peer = SocketChannel.open();
          peers.add(peer);
          peer.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 16);
          peer.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 12);
          peer.connect(address);
          peer.configureBlocking(false);
          do {
            block.clear();
          } while (peer.write(block) > 0);
        }
        assertServed(address);
      } finally {
        for (SocketChannel peer : peers) {
          peer.close();
        }
      }
      assertServed(address);
    }
  }
}
