package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The addresses of a name are raced, and connecting has a limit of its own. */
class ConnectRaceTest {
  /**
   * A port of 127.0.0.2 that answers nobody: its backlog is full, so the kernel drops what asks.
   */
  private static final class BlackHole implements AutoCloseable {
    private final ServerSocket socket;
    private final List<SocketChannel> waiting = new ArrayList<>();

    BlackHole(int port) throws Exception {
      socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.2"));
      for (int i = 0; i < 8; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(socket.getLocalSocketAddress());
        waiting.add(channel);
      }
      Await.until(
          "the backlog is full",
          () -> waiting.stream().filter(BlackHole::isConnected).count() >= 2);
    }

    private static boolean isConnected(SocketChannel channel) {
      try {
        return channel.finishConnect();
      } catch (java.io.IOException e) {
        return false;
      }
    }

    @Override
    public void close() throws Exception {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
      socket.close();
    }
  }

  private static Stream newStream(TestNet net, String... addresses) {
    Stream stream = net.loop().newStream();
    stream.engine().thread.lookup =
        name -> {
          InetAddress[] found = new InetAddress[addresses.length];
          for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
          }
          return found;
        };
    return stream;
  }

  private static int portOf(SocketAddress address) {
    return ((InetSocketAddress) address).getPort();
  }

  @Test
  void F43_aDeadFirstAddressCostsOnlyTheAttemptDelay() throws Exception {
    try (TestNet net = new TestNet()) {
      int port = portOf(net.serve(Wire.TCP, stream -> stream.end("hello")));
      try (BlackHole hole = new BlackHole(port)) {
        Stream stream = newStream(net, "127.0.0.2", "127.0.0.1").connect(port, "two.test");
        EventLog log = EventLog.of(stream);
        assertThat(log.awaitClose()).containsExactly("connect", "data hello", "end", "close false");
        assertThat(stream.remoteAddress()).isEqualTo("127.0.0.1");
      }
    }
  }

  @Test
  void F43_theAttemptsThatLoseLeaveNoDescriptorBehind() throws Exception {
    try (TestNet net = new TestNet()) {
      int port = portOf(net.serve(Wire.TCP, stream -> stream.end("hello")));
      try (BlackHole hole = new BlackHole(port)) {
        long before = Descriptors.count();
        EventLog log =
            EventLog.of(newStream(net, "127.0.0.2", "127.0.0.1").connect(port, "two.test"));
        log.awaitClose();
        Await.until("all descriptors are free", () -> Descriptors.count() <= before);
      }
    }
  }

  @Test
  void F9_connectTimeoutIsAnErrorThatNamesThePlace() throws Exception {
    try (TestNet net = new TestNet()) {
      int port = portOf(net.serve(Wire.TCP, stream -> {}));
      try (BlackHole hole = new BlackHole(port)) {
        Stream stream = net.loop().newStream().connectTimeout(100).connect(port, "127.0.0.2");
        EventLog log = EventLog.of(stream);
        assertThat(log.awaitClose()).containsExactly("error ETIMEDOUT", "close true");
        assertThat(log.error()).hasMessage("connect ETIMEDOUT 127.0.0.2:" + port);
        assertThat(log.error().port()).isEqualTo(port);
      }
    }
  }

  @Test
  void F9_aTimeoutFiresWhileConnectingHangsAndDestroyFreesTheDescriptor() throws Exception {
    try (TestNet net = new TestNet()) {
      int port = portOf(net.serve(Wire.TCP, stream -> {}));
      try (BlackHole hole = new BlackHole(port)) {
        long before = Descriptors.count();
        Stream stream = net.loop().newStream().setTimeout(50).connect(port, "127.0.0.2");
        EventLog log = EventLog.of(stream);
        stream.onTimeout(stream::destroy);
        assertThat(log.awaitClose()).containsExactly("timeout", "close false");
        Await.until("the descriptor is free", () -> Descriptors.count() <= before);
      }
    }
  }

  @Test
  void connectTimeoutDoesNotCountOnceConnected() throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(Wire.TCP, stream -> stream.pipe(stream));
      Stream stream = net.loop().newStream().connectTimeout(50);
      Wire.connect(stream, address);
      EventLog log = EventLog.of(stream);
      log.await("connect");
      net.loop().setTimeout(100, () -> stream.end("late"));
      assertThat(log.awaitClose()).endsWith("data late", "end", "close false");
    }
  }

  @Test
  void F3_aNegativeConnectTimeoutThrows() {
    try (TestNet net = new TestNet()) {
      assertThatThrownBy(() -> net.loop().newStream().connectTimeout(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("connectTimeout must be 0 or more, was -1");
    }
  }
}
