package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers and loops that end without cutting anyone short. */
class ShutdownTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private static Server echo(TestNet net) {
    return net.server(stream -> stream.pipe(stream));
  }

  private static void send(SocketChannel peer, String text) throws Exception {
    peer.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Reads until the peer's FIN; fails on a reset. */
  private static String readToEnd(SocketChannel peer) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
    while (peer.read(bytes) >= 0) {
      assertThat(bytes.hasRemaining()).isTrue();
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void idleConnectionsAreEnded(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = echo(net);
      SocketAddress address = net.listen(wire, server);
      try (SocketChannel served = Wire.rawSocket(address);
          SocketChannel silent = Wire.rawSocket(address)) {
        send(served, "ping");
        assertThat(served.read(ByteBuffer.allocate(4))).isEqualTo(4);
        Await.until("both are there", () -> server.connections() == 2);
        CompletableFuture<Boolean> ended = server.shutdown(LONG);
        assertThat(readToEnd(served)).isEmpty();
        assertThat(readToEnd(silent)).isEmpty();
        served.close();
        silent.close();
        assertThat(Await.get(ended)).isTrue();
        assertThat(server.address()).isNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerThatIsOwedIsWaitedFor(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Stream> asked = new CompletableFuture<>();
      Server server = net.server(stream -> stream.onData(data -> asked.complete(stream)));
      SocketAddress address = net.listen(wire, server);
      try (SocketChannel peer = Wire.rawSocket(address)) {
        send(peer, "question");
        Stream stream = Await.get(asked);
        CompletableFuture<Boolean> ended = server.shutdown(LONG);
        // Several looks later it is still there.
        CompletableFuture<Void> later = new CompletableFuture<>();
        net.loop().setTimeout(300, () -> later.complete(null));
        Await.get(later);
        assertThat(stream.readyState()).isEqualTo(ReadyState.OPEN);
        stream.write("answer");
        assertThat(readToEnd(peer)).isEqualTo("answer");
        peer.close();
        assertThat(Await.get(ended)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatDoesNotEndInTimeIsDestroyed(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.onData(data -> {}));
      SocketAddress address = net.listen(wire, server);
      try (SocketChannel peer = Wire.rawSocket(address)) {
        send(peer, "question without an answer");
        Await.until("it has arrived", () -> server.stats().bytesRead() > 0);
        assertThat(Await.get(server.shutdown(Duration.ofMillis(120)))).isFalse();
        assertThat(server.connections()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whoHasConnectedAlreadyIsServed(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = echo(net);
      SocketAddress address = net.listen(wire, server);
      List<SocketChannel> peers = new ArrayList<>();
      CompletableFuture<Boolean> ended =
          net.onLoop(
              () -> { // which therefore accepts none of them yet
                for (int i = 0; i < 20; i++) {
                  SocketChannel peer = Wire.rawSocket(address);
                  send(peer, "number " + i);
                  peers.add(peer);
                }
                return server.shutdown(LONG);
              });
      for (int i = 0; i < peers.size(); i++) {
        assertThat(readToEnd(peers.get(i))).isEqualTo("number " + i);
        peers.get(i).close();
      }
      assertThat(Await.get(ended)).isTrue();
    }
  }

  /** Asks and reads answers until the server ends the connection; returns how many it got. */
  private static int askUntilEnded(int port, CountDownLatch begun) throws Exception {
    int answers = 0;
    try (SocketChannel peer = SocketChannel.open(new InetSocketAddress("127.0.0.1", port))) {
      ByteBuffer answer = ByteBuffer.allocate(16);
      while (true) {
        send(peer, "0123456789abcdef");
        answer.clear();
        while (answer.hasRemaining()) {
          if (peer.read(answer) < 0) {
            assertThat(answer.position()).as("bytes of a torn answer").isZero();
            return answers;
          }
        }
        answers++;
        begun.countDown();
      }
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void underSigtermInMidLoadNoAnswerIsTornAndNoConnectionReset() throws Exception {
    int clients = 8;
    CountDownLatch begun = new CountDownLatch(clients * 10);
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try (ChildJvm child = ChildJvm.start(ShutdownProgram.class)) {
      int port = Integer.parseInt(child.awaitLine("listening on "));
      List<Future<Integer>> asking = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        asking.add(threads.submit(() -> askUntilEnded(port, begun)));
      }
      Await.until("all are busy", () -> begun.getCount() == 0);
      child.signal("TERM");
      for (Future<Integer> each : asking) {
        assertThat(each.get(60, TimeUnit.SECONDS)).isPositive();
      }
      assertThat(child.awaitLine("ended ")).isEqualTo("true");
      assertThat(child.awaitExit()).isEqualTo(128 + 15);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void connectionsOnOtherThreadsEndToo() throws Exception {
    try (TestNet net = new TestNet(3)) {
      Server server = echo(net);
      SocketAddress address = net.listen(Wire.TCP, server);
      List<SocketChannel> peers = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        peers.add(Wire.rawSocket(address));
        send(peers.get(i), "x");
      }
      CompletableFuture<Boolean> ended = server.shutdown(LONG);
      for (SocketChannel peer : peers) {
        assertThat(readToEnd(peer)).isEqualTo("x");
        peer.close();
      }
      assertThat(Await.get(ended)).isTrue();
    }
  }

  @Test
  void zeroDestroysAtOnce() throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = echo(net);
      SocketAddress address = net.listen(Wire.TCP, server);
      EventLog log = EventLog.of(net.connect(address));
      Await.until("it is there", () -> server.connections() == 1);
      assertThat(Await.get(server.shutdown(Duration.ZERO))).isFalse();
      assertThat(log.awaitClose()).last().asString().startsWith("close");
    }
  }

  @Test
  void aServerThatNeverListenedHasNothingToEnd() {
    try (TestNet net = new TestNet()) {
      assertThat(Await.get(echo(net).shutdown(LONG))).isTrue();
    }
  }

  @Test
  void itMayBeCalledAgainAndAfterClose() throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = echo(net);
      SocketAddress address = net.listen(Wire.TCP, server);
      Stream client = net.connect(address);
      Await.until("it is there", () -> server.connections() == 1);
      server.close();
      CompletableFuture<Boolean> patient = server.shutdown(LONG);
      client.end("last words");
      assertThat(Await.get(server.shutdown(LONG))).isTrue();
      assertThat(Await.get(patient)).isTrue();
    }
  }

  @Test
  void aNegativePatienceIsRefusedAndNothingChanges() throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = echo(net);
      net.listen(Wire.TCP, server);
      assertThatThrownBy(() -> server.shutdown(Duration.ofMillis(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("patience must be 0 or more, was PT-0.001S");
      assertThatThrownBy(() -> net.loop().shutdown(Duration.ofMillis(-1)))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(server.address()).isNotNull();
    }
  }

  @Test
  void aLoopEndsItsServersAndItsClientsAndIsClosed() throws Exception {
    try (TestNet net = new TestNet(2);
        TestNet others = new TestNet()) {
      SocketAddress elsewhere = others.serve(Wire.TCP, stream -> stream.pipe(stream));
      Server server = echo(net);
      SocketAddress address = net.listen(Wire.TCP, server);
      EventLog client = EventLog.of(net.connect(elsewhere));
      EventLog guest = EventLog.of(others.connect(address));
      client.await("connect");
      guest.await("connect");
      assertThat(Await.get(net.loop().shutdown(LONG))).isTrue();
      client.awaitClose();
      guest.awaitClose();
      assertThatThrownBy(() -> net.loop().newStream()).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closingTheLoopMeanwhileHastensTheEnd() throws Exception {
    try (TestNet net = new TestNet(2)) {
      Server server = net.server(stream -> stream.onData(data -> {}));
      SocketAddress address = net.listen(Wire.TCP, server);
      try (SocketChannel peer = Wire.rawSocket(address)) {
        send(peer, "question without an answer");
        Await.until("it has arrived", () -> server.stats().bytesRead() > 0);
        CompletableFuture<Boolean> ended = server.shutdown(LONG);
        net.loop().close();
        assertThat(Await.get(ended)).isFalse();
      }
    }
  }

  @Test
  void aClosedLoopIsShutDownAlready() {
    Loop loop = Loop.create(1);
    loop.close();
    assertThat(Await.get(loop.shutdown(LONG))).isTrue();
  }
}
