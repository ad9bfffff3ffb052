package evented.net;

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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Semantics C1 to C13, and what of the faults belongs to opening and closing. */
class OpeningAndClosingTest {
  private static final int MEGABYTE = 1 << 20;

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
  void C1_theLoopGoesOnWhileANameIsLookedUp() {
    try (TestNet net = new TestNet()) {
      EventLog events = new EventLog();
      net.onLoop(
          () -> {
            Stream stream = net.loop().createConnection(1, "localhost");
            stream.onError(e -> events.add("failed"));
            net.loop().execute(() -> events.add("the loop goes on"));
            return null;
          });
      events.await("failed");
      assertThat(events.entries()).containsExactly("the loop goes on", "failed");
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

  // C5 to C8: ending.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C5_endIsIdempotent(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.of(stream);
      events.await("connect");
      stream.end("bye");
      stream.end();
      stream.end();
      try (SocketChannel peer = server.accept()) {
        assertThat(RawBytes.readAllText(peer)).isEqualTo("bye");
      }
      assertThat(events.awaitClose()).containsExactly("connect", "end", "close false");
      stream.end();
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C5_endSendsMegabytesThatWaitBeforeItsFin(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(8 * MEGABYTE);
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      stream.write(bytes);
      stream.end("end", "ascii");
      try (SocketChannel peer = server.accept()) {
        byte[] got = RawBytes.readAll(peer);
        assertThat(got.length).isEqualTo(bytes.length + 3);
        assertThat(Arrays.equals(got, 0, bytes.length, bytes, 0, bytes.length)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C6_whatTheListenersOfEndWriteStillGoesOut(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                accept(stream);
                stream.onEnd(() -> stream.write("goodbye"));
              });
      try (SocketChannel peer = Wire.rawSocket(address)) {
        peer.shutdownOutput();
        assertThat(RawBytes.readAllText(peer)).isEqualTo("goodbye");
      }
      assertThat(Await.get(log).awaitClose()).containsExactly("connect", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C6_megabytesThatTheListenersOfEndWriteGoOutWhole(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(8 * MEGABYTE);
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.onEnd(() -> stream.write(bytes)));
      try (SocketChannel peer = Wire.rawSocket(address)) {
        peer.shutdownOutput();
        assertThat(Arrays.equals(RawBytes.readAll(peer), bytes)).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C7_aHalfOpenStreamWritesUntilItsUserEndsIt(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.listen(wire, net.server(this::accept).allowHalfOpen(true));
      try (SocketChannel peer = Wire.rawSocket(address)) {
        peer.shutdownOutput();
        Await.get(log).await("end");
        Stream stream = Await.get(accepted);
        assertThat(stream.readyState()).isEqualTo(ReadyState.WRITE_ONLY);
        stream.write("still ");
        assertThat(RawBytes.readText(peer, 6)).isEqualTo("still ");
        stream.end("here");
        assertThat(RawBytes.readAllText(peer)).isEqualTo("here");
      }
      assertThat(Await.get(log).awaitClose()).containsExactly("connect", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C8_afterDestroyOnlyCloseComes(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      EventLog events = new EventLog();
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                accept(stream);
                stream.onData(
                    bytes -> {
                      stream.destroy();
                      stream.destroy();
                      events.add(stream.readyState().toString());
                    });
                stream.onData(bytes -> events.add("data after destroy"));
              });
      try (SocketChannel peer = Wire.rawSocket(address)) {
        RawBytes.write(peer, "x");
        assertThat(Await.get(log).awaitClose()).containsExactly("connect", "data x", "close false");
        assertThat(events.entries()).containsExactly("closed");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C8_destroyWithAReasonIsErrorThenClose(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> {});
      Stream stream = net.connect(address);
      EventLog events = EventLog.of(stream);
      events.await("connect");
      IllegalArgumentException reason = new IllegalArgumentException("parse error");
      stream.destroy(reason);
      assertThat(events.awaitClose()).hasSize(3).endsWith("close true");
      assertThat(events.error()).hasCause(reason).hasMessageContaining("parse error");
    }
  }

  // C9: readyState.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C9_readyStateInsideEveryListenerWhenThePeerEndsFirst(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.loop().newStream();
      EventLog states = logStates(stream);
      states.add("fresh " + stream.readyState());
      net.onLoop(
          () -> {
            Wire.connect(stream, server.address());
            states.add("connecting " + stream.readyState());
            return null;
          });
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, "x");
        peer.shutdownOutput();
        assertThat(RawBytes.readAllText(peer)).isEmpty();
      }
      states.await("close closed");
      assertThat(states.entries())
          .containsExactly(
              "fresh closed",
              "connecting opening",
              "connect open",
              "data open",
              "end writeOnly",
              "close closed");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C9_readyStateInsideEveryListenerWhenThisSideEndsFirst(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.loop().newStream();
      stream.onConnect(stream::end);
      EventLog states = logStates(stream);
      Wire.connect(stream, server.address());
      try (SocketChannel peer = server.accept()) {
        assertThat(RawBytes.readAllText(peer)).isEmpty();
        RawBytes.write(peer, "x");
      }
      states.await("close closed");
      assertThat(states.entries())
          .containsExactly("connect readOnly", "data readOnly", "end closed", "close closed");
    }
  }

  @Test
  void C9_readyStateInsideTheListenersOfAFailure() {
    try (TestNet net = new TestNet()) {
      Stream stream = net.loop().newStream();
      EventLog states = logStates(stream);
      stream.connect(net.socketPath());
      states.await("close closed");
      assertThat(states.entries()).containsExactly("error closed", "close closed");
    }
  }

  private static EventLog logStates(Stream stream) {
    EventLog states = new EventLog();
    stream.onConnect(() -> states.add("connect " + stream.readyState()));
    stream.onData(bytes -> states.add("data " + stream.readyState()));
    stream.onEnd(() -> states.add("end " + stream.readyState()));
    stream.onError(e -> states.add("error " + stream.readyState()));
    stream.onClose(hadError -> states.add("close " + stream.readyState()));
    return states;
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
      Await.until("as much as may be is held", () -> stream.bytesRead() >= Inbox.LIMIT / 2);
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
      Await.until("the queue is stuck", () -> net.onLoop(() -> stream.progress() > 0));
      RawBytes.write(peer, "last words");
      peer.close();
      List<String> events = withoutEnd(Await.get(log).awaitClose());
      assertThat(events).startsWith("connect").endsWith("close true");
      if (wire == Wire.UNIX) { // TCP's reset may overtake the words and destroy them
        assertThat(Await.get(log).text()).isEqualTo("last words");
      }
    }
  }

  // C13: end never truncates.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void C13_aReplyArrivesWholeThoughThePeersMegabyteWasNeverRead(Wire wire) throws Exception {
    byte[] reply = RawBytes.pattern(MEGABYTE);
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                stream.pause();
                stream.write(reply);
                stream.end();
              });
      try (SocketChannel peer = Wire.rawSocket(address)) {
        Thread writer = new Thread(() -> writeIgnoringFailure(peer, new byte[MEGABYTE]));
        writer.start();
        assertThat(Arrays.equals(RawBytes.readAll(peer), reply)).isTrue();
        peer.close();
        writer.join();
      }
    }
  }

  private static void writeIgnoringFailure(SocketChannel peer, byte[] bytes) {
    try {
      RawBytes.write(peer, bytes);
    } catch (IOException e) {
      // the test has what it wanted and has closed
    }
  }

  // F22: half-close.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F22_theHalfThatIsLeftCarriesAMegabyteAfterThisSideEnded(Wire wire) throws Exception {
    byte[] bytes = RawBytes.pattern(MEGABYTE);
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(wire, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.of(stream);
      stream.end();
      try (SocketChannel peer = server.accept()) {
        assertThat(RawBytes.readAll(peer)).isEmpty();
        RawBytes.write(peer, bytes);
      }
      assertThat(events.awaitClose()).hasSize(4).endsWith("end", "close false");
      assertThat(events.text().length()).isEqualTo(MEGABYTE);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void F22_bothEndAtOnceAndBothMegabytesArrive(Wire wire) {
    byte[] bytes = RawBytes.pattern(MEGABYTE);
    try (TestNet net = new TestNet()) {
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                accept(stream);
                stream.write(bytes);
                stream.end();
              });
      Stream client = net.connect(address);
      EventLog events = EventLog.of(client);
      client.write(bytes);
      client.end();
      assertThat(events.awaitClose()).endsWith("end", "close false");
      assertThat(Await.get(log).awaitClose()).endsWith("end", "close false");
      assertThat(events.text().length()).isEqualTo(MEGABYTE);
      assertThat(Await.get(log).text().length()).isEqualTo(MEGABYTE);
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
          "the queue is stuck", () -> net.onLoop(() -> stream.progress() > 0 && !stream.flush()));
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
