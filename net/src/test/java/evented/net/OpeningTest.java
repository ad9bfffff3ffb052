package evented.net;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics C1 to C4 and C10, and what of the faults belongs to opening. */
class OpeningTest {
  private final CompletableFuture<Stream> accepted = new CompletableFuture<>();
  private final CompletableFuture<EventLog> log = new CompletableFuture<>();

  private void accept(Stream stream) {
    log.complete(EventLog.of(stream));
    accepted.complete(stream);
  }

  // C1, C2: connecting.

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void C1_everyAddressOfANameIsTried(String onlyAddress) throws Exception {
    List<String> localhost = new ArrayList<>();
    for (InetAddress address : InetAddress.getAllByName("localhost")) {
      localhost.add(IpAddress.format(address.getAddress()));
    }
    assumeTrue(localhost.contains(onlyAddress), "skipped: localhost is not " + onlyAddress);
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.end("found"));
      CompletableFuture<Integer> port = new CompletableFuture<>();
      server.onListening(() -> port.complete(server.port()));
      server.listen(0, onlyAddress);
      EventLog events = EventLog.of(net.loop().createConnection(Await.get(port)));
      assertThat(events.awaitClose())
          .containsExactly("connect", "data found", "end", "close false");
    }
  }

  @Test
  void C2_F8_aRefusedConnectionIsOneErrorAndClose() throws Exception {
    try (TestNet net = new TestNet()) {
      int port;
      try (ServerSocketChannel free = ServerSocketChannel.open().bind(loopback(0))) {
        port = ((InetSocketAddress) free.getLocalAddress()).getPort();
      }
      EventLog events = EventLog.of(net.loop().createConnection(port, "127.0.0.1"));
      assertThat(events.awaitClose()).containsExactly("error ECONNREFUSED", "close true");
      assertThat(events.error()).hasMessage("connect ECONNREFUSED 127.0.0.1:" + port);
      assertThat(events.error().syscall()).isEqualTo("connect");
      assertThat(events.error().address()).contains("127.0.0.1");
    }
  }

  @Test
  void F8_anUnknownNameIsOneErrorAndClose() {
    try (TestNet net = new TestNet()) {
      EventLog events = EventLog.of(net.loop().createConnection(1, "no-such-host.invalid"));
      assertThat(events.awaitClose()).hasSize(2).endsWith("close true");
      assertThat(events.error().code()).isIn("ENOTFOUND", "EAI_AGAIN");
      assertThat(events.error().getMessage()).contains("no-such-host.invalid");
    }
  }

  @Test
  void F8_anUnreachableAddressIsOneErrorAndClose() {
    try (TestNet net = new TestNet()) {
      EventLog events = EventLog.of(net.loop().createConnection(1, "255.255.255.255"));
      assertThat(events.awaitClose()).hasSize(2).endsWith("close true");
      assertThat(events.error().syscall()).isEqualTo("connect");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/no/such/folder/socket"})
  void F8_aUnixPathWithoutASocketIsOneErrorAndClose(String path) {
    try (TestNet net = new TestNet()) {
      EventLog events = EventLog.of(net.loop().createConnection(path));
      assertThat(events.awaitClose()).containsExactly("error ENOENT", "close true");
    }
  }

  @Test
  void F8_aUnixSocketThatNoOneServesRefuses() throws Exception {
    try (TestNet net = new TestNet()) {
      String path = net.socketPath();
      try (var dead = ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
        dead.bind(UnixDomainSocketAddress.of(path));
      }
      EventLog events = EventLog.of(net.loop().createConnection(path));
      assertThat(events.awaitClose()).containsExactly("error ECONNREFUSED", "close true");
      assertThat(events.error().getMessage()).contains(path);
    }
  }

  @Test
  void F9_aConnectThatHangsTimesOutAndCanBeDestroyed() throws Exception {
    try (TestNet net = new TestNet();
        RawServer full = new RawServer(Wire.TCP, net, 1)) {
      List<SocketChannel> fillers = fill(full.address());
      long before = Descriptors.count();
      try {
        Stream stream = net.connect(full.address());
        stream.setTimeout(20);
        EventLog events = EventLog.of(stream);
        events.await("timeout");
        assertThat(stream.readyState()).isEqualTo(ReadyState.OPENING);
        stream.destroy();
        assertThat(withoutTimeouts(events.awaitClose())).containsExactly("close false");
        Await.until("the descriptor is free", () -> Descriptors.count() <= before);
      } finally {
        for (SocketChannel filler : fillers) {
          filler.close();
        }
      }
    }
  }

  @Test
  void F9_timeoutComesInItsPlaceAmongTheTimersOfTheLoop() throws Exception {
    try (TestNet net = new TestNet();
        RawServer full = new RawServer(Wire.TCP, net, 1)) {
      List<SocketChannel> fillers = fill(full.address());
      try {
        EventLog events = new EventLog();
        Stream stream =
            net.onLoop(
                () -> {
                  net.loop().setTimeout(60, () -> events.add("timer of 60 ms"));
                  net.loop().setTimeout(20, () -> events.add("timer of 20 ms"));
                  Stream opening = net.connect(full.address()).setTimeout(40);
                  opening.once("timeout", () -> events.add("timeout of 40 ms"));
                  return opening;
                });
        events.await("timer of 60 ms");
        assertThat(events.entries())
            .containsExactly("timer of 20 ms", "timeout of 40 ms", "timer of 60 ms");
        assertThat(stream.readyState()).isEqualTo(ReadyState.OPENING);
      } finally {
        for (SocketChannel filler : fillers) {
          filler.close();
        }
      }
    }
  }

  /** Fills the backlog until connecting no longer works at once. */
  private static List<SocketChannel> fill(SocketAddress address) throws IOException {
    List<SocketChannel> fillers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      SocketChannel filler = SocketChannel.open();
      filler.configureBlocking(false);
      filler.connect(address);
      fillers.add(filler);
    }
    return fillers;
  }

  private static List<String> withoutTimeouts(List<String> entries) {
    return entries.stream().filter(entry -> !entry.equals("timeout")).toList();
  }

  // C3: connecting again.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C3_connectOnAnOpeningOrOpenStreamThrows(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> {});
      Stream stream = net.connect(address);
      assertThatThrownBy(() -> Wire.connect(stream, address))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageMatching("Stream is already (opening|open)");
      EventLog events = EventLog.of(stream);
      events.await("connect");
      assertThatThrownBy(() -> Wire.connect(stream, address))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Stream is already open");
      assertThat(events.entries()).containsExactly("connect");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C3_aClosedStreamConnectsAgainInsideItsCloseListener(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.end("hi"));
      Stream stream = net.connect(address);
      EventLog events = EventLog.of(stream);
      AtomicInteger lives = new AtomicInteger();
      CompletableFuture<List<String>> done = new CompletableFuture<>();
      stream.onClose(
          hadError -> {
            if (lives.incrementAndGet() < 3) {
              Wire.connect(stream, address);
            } else {
              done.complete(events.entries());
            }
          });
      List<String> one = List.of("connect", "data hi", "end", "close false");
      assertThat(Await.get(done)).isEqualTo(repeat(one, 3));
    }
  }

  private static List<String> repeat(List<String> entries, int times) {
    List<String> all = new ArrayList<>();
    Collections.nCopies(times, entries).forEach(all::addAll);
    return all;
  }

  @Test
  void C3_connectInsideAnErrorListenerOpensAfterClose() throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(Wire.TCP, stream -> stream.end("hi"));
      Stream stream = net.loop().createConnection(net.socketPath());
      EventLog events = EventLog.of(stream);
      stream.onError(e -> Wire.connect(stream, address));
      events.await("close false");
      assertThat(events.entries())
          .containsExactly(
              "error ENOENT", "close true", "connect", "data hi", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C3_connectRightAfterDestroyOpensAfterClose(Wire wire) {
    try (TestNet net = new TestNet()) {
      AtomicInteger lives = new AtomicInteger();
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                if (lives.incrementAndGet() == 2) {
                  stream.end("hi");
                }
              });
      Stream stream = net.connect(address);
      EventLog events = EventLog.of(stream);
      events.await("connect");
      net.onLoop(
          () -> {
            stream.destroy();
            events.add("again");
            Wire.connect(stream, address);
            return null;
          });
      events.await("end");
      assertThat(events.entries())
          .startsWith("connect", "again", "close false", "connect", "data hi", "end");
    }
  }

  // C4: before connect.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C4_F10_whatIsCalledBeforeConnectIsAppliedInOrder(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.loop().newStream();
      EventLog events = EventLog.of(stream);
      stream.setNoDelay().setKeepAlive(true, 1000).setTimeout(60_000).pause();
      assertThat(stream.write("one ")).isFalse();
      stream.write("two ");
      Wire.connect(stream, server.address());
      stream.write("three");
      stream.end(" four");
      try (SocketChannel peer = server.accept()) {
        assertThat(RawBytes.readAllText(peer)).isEqualTo("one two three four");
        RawBytes.write(peer, "answer");
        Await.until("it is held", () -> stream.bytesRead() == 6);
        assertThat(events.text()).isEmpty();
        stream.resume();
        events.awaitText("answer");
      }
      assertThat(events.awaitClose())
          .containsExactly("connect", "drain", "data answer", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F10_destroyBeforeConnectLeavesOnlyClose(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> {});
      EventLog events =
          net.onLoop(
              () -> {
                Stream stream = net.connect(address);
                stream.write("lost");
                stream.destroy();
                return EventLog.of(stream);
              });
      assertThat(events.awaitClose()).containsExactly("close false");
    }
  }

  // C10.

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void C10_remoteAddressIsThePeersIp(String host) throws Exception {
    assumeTrue(canBind(host), "skipped: this machine has no " + host);
    try (TestNet net = new TestNet()) {
      CompletableFuture<Integer> port = new CompletableFuture<>();
      Server server = net.server(this::accept);
      server.listen(0, host, () -> port.complete(server.port()));
      Stream client = net.loop().createConnection(Await.get(port), host);
      assertThat(Await.get(accepted).remoteAddress()).isEqualTo(host);
      EventLog.of(client).await("connect");
      assertThat(client.remoteAddress()).isEqualTo(host);
      assertThat(client.remotePort()).isEqualTo(Await.get(port));
    }
  }

  private static boolean canBind(String host) {
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      channel.bind(new InetSocketAddress(host, 0));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void C10_aUnixSocketHasNoRemoteAddress() throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(Wire.UNIX, this::accept);
      try (SocketChannel peer = Wire.rawSocket(address)) {
        assertThat(Await.get(accepted).remoteAddress()).isNull();
        assertThat(peer.isConnected()).isTrue();
      }
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress("127.0.0.1", port);
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C4_nothingIsLostThatAnotherThreadWritesWhileTheStreamOpens(Wire wire) {
    try (TestNet net = new TestNet()) {
      BlockingQueue<EventLog> accepted = new LinkedBlockingQueue<>();
      SocketAddress address = net.serve(wire, stream -> accepted.add(EventLog.of(stream)));
      String expected = IntStream.range(0, 100).mapToObj(i -> i + " ").collect(joining());
      for (int round = 0; round < 200; round++) {
        Stream stream = net.connect(address);
        for (int i = 0; i < 100; i++) {
          stream.write(i + " ");
        }
        stream.end();
        EventLog log = Await.get(CompletableFuture.supplyAsync(() -> take(accepted)));
        log.awaitClose();
        assertThat(log.text()).isEqualTo(expected);
      }
    }
  }

  private static <T> T take(BlockingQueue<T> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
