package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 2 of the semantics. */
class ServerTest {
  private static InetSocketAddress localPort(int port) {
    return new InetSocketAddress("127.0.0.1", port);
  }

  private static List<String> logOfClient(TestNet net, SocketAddress address) {
    return EventLog.of(net.connect(address)).awaitClose();
  }

  /** Has {@code server} fail to listen and gives the error. */
  private static NetException failure(Server server, Runnable listen) {
    CompletableFuture<NetException> error = new CompletableFuture<>();
    CompletableFuture<NetException> closed = new CompletableFuture<>();
    server.once("error", (NetException e) -> error.complete(e));
    server.once("close", () -> closed.complete(error.getNow(null)));
    listen.run();
    Await.get(error);
    return Await.get(closed);
  }

  // S1.

  @ParameterizedTest
  @ValueSource(strings = {"listen()", "listen(callback)", "listen(0)", "listen(0, callback)"})
  void S1_withoutAHostTheServerTakesAFreePortOfEveryAddress(String form) {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.end("hello"));
      CompletableFuture<Boolean> callback = new CompletableFuture<>();
      CompletableFuture<Boolean> listening = new CompletableFuture<>();
      server.onListening(() -> listening.complete(true));
      Runnable called = () -> callback.complete(true);
      switch (form) {
        case "listen()" -> server.listen();
        case "listen(callback)" -> server.listen(called);
        case "listen(0)" -> server.listen(0);
        default -> server.listen(0, called);
      }
      Await.get(listening);
      if (form.contains("callback")) {
        Await.get(callback);
      }
      assertThat(((InetSocketAddress) server.address()).getAddress().getHostAddress())
          .isEqualTo("0.0.0.0");
      assertThat(server.port()).isBetween(1, 65535);
      assertThat(logOfClient(net, localPort(server.port()))).contains("data hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
  void S1_aHostIsBound(String host) throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.end("hello"));
      CompletableFuture<Boolean> callback = new CompletableFuture<>();
      server.listen(0, host, () -> callback.complete(true));
      Await.get(callback);
      InetSocketAddress address = (InetSocketAddress) server.address();
      assertThat(address.getAddress().isLoopbackAddress()).isTrue();
      assertThat(logOfClient(net, address)).contains("data hello");
    }
  }

  @Test
  void S1_theCallbackIsForOneLifeAlone() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      List<String> called = new CopyOnWriteArrayList<>();
      failure(server, () -> server.listen("/nonexistent/folder/s", () -> called.add("first")));
      CompletableFuture<Boolean> second = new CompletableFuture<>();
      server.listen(0, () -> second.complete(true));
      Await.get(second);
      assertThat(called).isEmpty();
      assertThat(server.listenerCount("listening")).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65536, 70000})
  void S1_aPortOutOfRangeThrowsAtTheCall(int port) {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      assertThatThrownBy(() -> server.listen(port))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("port must be 0..65535, was " + port);
      net.listen(Wire.TCP, server); // nothing is broken
    }
  }

  // S2.

  private static void makeStaleSocket(String path) throws Exception {
    // The JDK leaves the file behind, as a program that is killed does.
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(path));
    }
    assertThat(Path.of(path)).exists();
  }

  @Test
  void S2_aDeadSocketFileIsReplaced() throws Exception {
    try (TestNet net = new TestNet()) {
      String path = net.socketPath();
      makeStaleSocket(path);
      Server server = net.server(stream -> stream.end("hello"));
      EventLog log = EventLog.of(server);
      server.listen(path);
      log.await("listening");
      assertThat(logOfClient(net, UnixDomainSocketAddress.of(path))).contains("data hello");
      assertThat(log.entries()).containsExactly("listening");
    }
  }

  @Test
  void S2_aLiveSocketGivesAnErrorAndIsLeftAlone() {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(Wire.UNIX, stream -> stream.end("hello"));
      String path = ((UnixDomainSocketAddress) address).getPath().toString();
      Server second = net.server(stream -> {});
      NetException error = failure(second, () -> second.listen(path));
      assertThat(error).hasMessage("listen EADDRINUSE " + path);
      assertThat(logOfClient(net, address)).contains("data hello");
    }
  }

  @Test
  void S2_aFileThatIsNoSocketIsLeftAlone() throws Exception {
    try (TestNet net = new TestNet()) {
      Path file = Files.writeString(net.folder().resolve("file"), "precious");
      Server server = net.server(stream -> {});
      NetException error = failure(server, () -> server.listen(file.toString()));
      assertThat(error.code()).isEqualTo("EADDRINUSE");
      assertThat(file).hasContent("precious");
    }
  }

  @Test
  void S2_aPathThatIsTooLongGivesAnError() {
    try (TestNet net = new TestNet()) {
      String path = net.folder().resolve("x".repeat(120)).toString();
      Server server = net.server(stream -> {});
      NetException error = failure(server, () -> server.listen(path));
      assertThat(error).hasMessage("listen ENAMETOOLONG " + path);
      assertThat(error.address()).isEqualTo(path);
    }
  }

  @Test
  void S2_closeRemovesTheFile() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      UnixDomainSocketAddress address = (UnixDomainSocketAddress) net.listen(Wire.UNIX, server);
      EventLog log = EventLog.of(server);
      assertThat(address.getPath()).exists();
      server.close();
      log.awaitClose();
      assertThat(address.getPath()).doesNotExist();
    }
  }

  @Test
  void S2_closeLeavesAFileAloneThatSomeoneElseHasPutThere() throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      Path path = ((UnixDomainSocketAddress) net.listen(Wire.UNIX, server)).getPath();
      EventLog log = EventLog.of(server);
      // The old file is kept under another name, so that its inode is not used again.
      Files.move(path, path.resolveSibling("old"));
      makeStaleSocket(path.toString());
      server.close();
      log.awaitClose();
      assertThat(path).exists();
    }
  }

  // S3.

  private static SocketAddress freePlace(TestNet net, Wire wire) {
    return wire == Wire.TCP ? localPort(0) : UnixDomainSocketAddress.of(net.socketPath());
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void S3_aDescriptorThatListensIsServed(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      SocketAddress place = freePlace(net, wire);
      HandedDownSocket descriptor = HandedDownSocket.listening(place);
      Server server = net.server(stream -> stream.end("hello"));
      EventLog log = EventLog.of(server);
      server.listenFD(descriptor.number());
      log.await("listening");
      assertThat(server.fd()).isIn(descriptor.number(), -1); // nio does not show it
      assertThat(logOfClient(net, server.address())).contains("data hello");
      assertThat(logOfClient(net, server.address())).contains("data hello");
      Path socket = targetOf(Path.of("/proc/self/fd/" + descriptor.number()));
      assertThat(socket).asString().startsWith("socket:");
      server.close();
      log.awaitClose();
      if (place instanceof UnixDomainSocketAddress unix) {
        assertThat(unix.getPath()).exists();
      }
      // The number may be in use again by now, but not for this socket.
      assertThat(targetOf(Path.of("/proc/self/fd/" + descriptor.number()))).isNotEqualTo(socket);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void S3_aDescriptorThatDoesNotListenGivesAnErrorAndIsLeftAsItWas(Wire wire) throws Exception {
    try (TestNet net = new TestNet();
        HandedDownSocket descriptor = HandedDownSocket.bound(freePlace(net, wire))) {
      Server server = net.server(stream -> stream.end("hello"));
      NetException error = failure(server, () -> server.listenFD(descriptor.number()));
      assertThat(error)
          .hasMessage(
              "listenFD EINVAL: descriptor "
                  + descriptor.number()
                  + " is bound but does not listen");
      descriptor.listen(); // it is open, and still unlistened
      assertThat(error.code()).isEqualTo("EINVAL");
    }
  }

  @Test
  void S3_aDatagramSocketGivesAnErrorAndIsLeftAsItWas() throws Exception {
    try (TestNet net = new TestNet();
        HandedDownSocket descriptor = HandedDownSocket.datagram()) {
      Server server = net.server(stream -> {});
      NetException error = failure(server, () -> server.listenFD(descriptor.number()));
      assertThat(error).hasMessageContaining("descriptor " + descriptor.number());
      assertThat(error.code()).isEqualTo("EOPNOTSUPP");
      assertThat(descriptor.address()).isNotNull();
    }
  }

  @Test
  void S3_aFileGivesAnErrorAndIsLeftAsItWas() throws Exception {
    try (TestNet net = new TestNet()) {
      Path path = Files.writeString(net.folder().resolve("file"), "precious");
      try (var file = new java.io.RandomAccessFile(path.toFile(), "r")) {
        int number = descriptorOf(path);
        Server server = net.server(stream -> {});
        NetException error = failure(server, () -> server.listenFD(number));
        assertThat(error).hasMessage("listenFD ENOTSOCK: descriptor " + number + " is no socket");
        assertThat(file.readLine()).isEqualTo("precious");
      }
    }
  }

  private static int descriptorOf(Path path) throws Exception {
    try (var numbers = Files.list(Path.of("/proc/self/fd"))) {
      for (Path number : numbers.toList()) {
        if (path.equals(targetOf(number))) {
          return Integer.parseInt(number.getFileName().toString());
        }
      }
    }
    throw new AssertionError("no descriptor of " + path);
  }

  /** What a descriptor in /proc leads to; null if it has been closed meanwhile. */
  private static Path targetOf(Path number) {
    try {
      return Files.readSymbolicLink(number);
    } catch (IOException e) {
      return null;
    }
  }

  @Test
  void S3_aDescriptorThatIsNoneGivesAnErrorAndTheServerCanListenElsewhere() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.end("hello"));
      NetException error = failure(server, () -> server.listenFD(1_000_000));
      assertThat(error).hasMessage("listenFD EBADF: descriptor 1000000 is not open");
      CompletableFuture<Boolean> listening = new CompletableFuture<>();
      server.listen(0, "127.0.0.1", () -> listening.complete(true));
      Await.get(listening);
      assertThat(logOfClient(net, server.address())).contains("data hello");
    }
  }

  @Test
  void S3_aNegativeDescriptorThrowsAtTheCall() {
    try (TestNet net = new TestNet()) {
      assertThatThrownBy(() -> net.server(stream -> {}).listenFD(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("fd must be 0 or more, was -1");
    }
  }

  // S4.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void S4_listeningTwiceThrowsAndTheServerGoesOn(Wire wire) {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.end("hello"));
      SocketAddress address = net.listen(wire, server);
      assertThatThrownBy(() -> wire.listen(server, net))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Server already opened");
      assertThat(logOfClient(net, address)).contains("data hello");
    }
  }

  @Test
  void S4_listeningTwiceBeforeItIsBoundThrows() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {}).listen(0);
      assertThatThrownBy(() -> server.listenFD(3)).hasMessage("Server already opened");
    }
  }

  @Test
  void S4_closingWhatDoesNotListenThrows() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      assertThatThrownBy(server::close)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Not running");
      EventLog log = EventLog.of(server);
      net.listen(Wire.TCP, server);
      server.close();
      assertThatThrownBy(server::close).hasMessage("Not running");
      log.awaitClose();
      assertThatThrownBy(server::close).hasMessage("Not running");
    }
  }

  // S5.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void S5_closeStopsAcceptingAndAcceptedStreamsLiveOn(Wire wire) {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.pipe(stream));
      SocketAddress address = net.listen(wire, server);
      EventLog serverLog = EventLog.of(server);
      Stream stream = net.connect(address);
      EventLog log = EventLog.of(stream);
      stream.write("before");
      log.awaitText("before");
      server.close();
      serverLog.awaitClose();
      assertThat(logOfClient(net, address)).last().isEqualTo("close true");
      stream.end(", after");
      assertThat(log.awaitClose()).endsWith("end", "close false");
      assertThat(log.text()).isEqualTo("before, after");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void S5_aClosedServerCanListenAgain(Wire wire) {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.end("hello"));
      for (int life = 0; life < 3; life++) {
        CompletableFuture<Boolean> listening = new CompletableFuture<>();
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        wire.listen(server, net);
        server.once("listening", () -> listening.complete(true));
        Await.get(listening);
        assertThat(logOfClient(net, server.address())).contains("data hello");
        server.close();
        server.once("close", () -> closed.complete(true));
        Await.get(closed);
        assertThat(server.address()).isNull();
      }
    }
  }

  // server.pause of the Node of that day.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aPausedServerLeavesClientsInTheBacklogAndServesThemLater(Wire wire) {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.end("hello"));
      SocketAddress address = net.listen(wire, server);
      long paused = System.nanoTime();
      server.pause(300);
      EventLog log = EventLog.of(net.connect(address));
      assertThat(log.awaitClose()).contains("data hello");
      assertThat(System.nanoTime() - paused).isGreaterThanOrEqualTo(300_000_000);
      assertThat(logOfClient(net, address)).contains("data hello");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void aPauseOfNothingEndsAPause(Wire wire) {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.end("hello"));
      SocketAddress address = net.listen(wire, server);
      server.pause(3_600_000);
      EventLog log = EventLog.of(net.connect(address));
      server.pause(0);
      assertThat(log.awaitClose()).contains("data hello");
    }
  }

  @Test
  void aPausedServerClosesAndAcceptsInItsNextLife() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.end("hello"));
      net.listen(Wire.TCP, server);
      server.pause(3_600_000);
      EventLog log = EventLog.of(server);
      server.close();
      log.awaitClose();
      CompletableFuture<Boolean> again = new CompletableFuture<>();
      server.listen(0, "127.0.0.1", () -> again.complete(true));
      Await.get(again);
      assertThat(logOfClient(net, server.address())).contains("data hello");
    }
  }

  @Test
  void pausingAServerThatDoesNotListenThrows() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      assertThatThrownBy(() -> server.pause(1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("Not running");
      assertThatThrownBy(() -> server.pause(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("millis must be 0 or more, was -1");
    }
  }

  // S6.

  @Test
  void S6_theAddressIsWhatTheSystemSays() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      assertThat(server.address()).isNull();
      assertThat(server.port()).isEqualTo(-1);
      InetSocketAddress address = (InetSocketAddress) net.listen(Wire.TCP, server);
      assertThat(address.getAddress().getHostAddress()).isEqualTo("127.0.0.1");
      assertThat(address.getPort()).isEqualTo(server.port()).isBetween(1, 65535);
    }
  }

  @Test
  void S6_theAddressOfAUnixServerIsItsPath() {
    try (TestNet net = new TestNet()) {
      String path = net.socketPath();
      Server server = net.server(stream -> {});
      CompletableFuture<Boolean> listening = new CompletableFuture<>();
      server.listen(path, () -> listening.complete(true));
      Await.get(listening);
      assertThat(server.address()).isEqualTo(UnixDomainSocketAddress.of(path));
      assertThat(server.port()).isEqualTo(-1);
    }
  }

  // S7.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void S7_connectionsBeyondTheLimitAreDroppedAndSlotsAreUsedAgain(Wire wire) {
    int limit = 5;
    try (TestNet net = new TestNet()) {
      List<Stream> served = new CopyOnWriteArrayList<>();
      List<DroppedConnection> drops = new CopyOnWriteArrayList<>();
      List<Integer> counts = new CopyOnWriteArrayList<>();
      Server server =
          net.server(
              stream -> {
                served.add(stream);
                stream.write("welcome");
              });
      server.onConnection(stream -> counts.add(server.connections()));
      server.on("drop", (DroppedConnection dropped) -> drops.add(dropped));
      server.maxConnections(limit);
      SocketAddress address = net.listen(wire, server);
      List<EventLog> kept = new ArrayList<>();
      for (int i = 0; i < limit; i++) {
        EventLog log = EventLog.of(net.connect(address));
        log.awaitText("welcome");
        kept.add(log);
      }
      for (int i = 0; i < limit; i++) {
        EventLog log = EventLog.of(net.connect(address));
        log.awaitClose();
        assertThat(log.text()).isEmpty();
        assertThat(server.connections()).isEqualTo(limit);
      }
      assertThat(counts).containsExactly(1, 2, 3, 4, 5);
      Await.until("all drops", () -> drops.size() == limit);
      assertThat(drops)
          .allSatisfy(drop -> assertThat(drop.localAddress()).isEqualTo(address))
          .allSatisfy(
              drop ->
                  assertThat(drop.remoteAddress() instanceof InetSocketAddress)
                      .isEqualTo(wire == Wire.TCP));
      for (int i = 0; i < 2; i++) {
        served.get(i).end();
        kept.get(i).awaitClose();
      }
      Await.until("two have left", () -> server.connections() == limit - 2);
      for (int i = 0; i < 2; i++) {
        EventLog.of(net.connect(address)).awaitText("welcome");
      }
      assertThat(server.connections()).isEqualTo(limit);
      assertThat(drops).hasSize(limit);
      server.removeAllListeners("connection");
    }
  }

  @Test
  void S7_theCountIsDownBeforeTheStreamsCloseIsEmitted() {
    try (TestNet net = new TestNet()) {
      CompletableFuture<Integer> count = new CompletableFuture<>();
      Server server = net.server(stream -> {});
      server.onConnection(
          stream -> {
            stream.onClose(hadError -> count.complete(server.connections()));
            stream.end();
          });
      Stream client = net.connect(net.listen(Wire.TCP, server));
      EventLog.of(client).awaitClose();
      assertThat(Await.get(count)).isZero();
    }
  }

  @Test
  void S7_aNegativeLimitThrowsAtTheCall() {
    try (TestNet net = new TestNet()) {
      assertThatThrownBy(() -> net.server(stream -> {}).maxConnections(-1))
          .hasMessage("maxConnections must be 0 or more, was -1");
    }
  }

  // S8.

  @Test
  void S8_runningOutOfDescriptorsIsSurvived() throws Exception {
    int clients = 12;
    try (ChildJvm child = ChildJvm.startWithDescriptors(120, ScarceDescriptorsProgram.class);
        TestNet net = new TestNet()) {
      InetSocketAddress address = localPort(Integer.parseInt(child.awaitLine("listening on ")));
      Stream early = net.connect(address);
      EventLog earlyLog = EventLog.of(early);
      early.write("early");
      earlyLog.awaitText("early");
      child.tell("exhaust");
      child.awaitLine("exhausted");
      List<EventLog> late = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        Stream stream = net.connect(address);
        late.add(EventLog.of(stream));
        stream.end("late");
      }
      child.awaitLine("WARNING: Out of descriptors");
      child.tell("before");
      long before = Long.parseLong(child.awaitLine("before "));
      child.tell("wait");
      child.awaitLine("waited");
      early.write(", still served");
      earlyLog.awaitText(", still served");
      child.tell("after");
      long after = Long.parseLong(child.awaitLine("after "));
      assertThat(after - before).as("CPU ms of 1,500 ms").isLessThan(300);
      assertThat(child.lines().stream().filter(line -> line.contains("Out of descriptors")))
          .hasSizeLessThanOrEqualTo(2); // at 100 ms each there would be 15
      child.tell("free");
      for (EventLog log : late) {
        assertThat(log.awaitClose()).endsWith("data late", "end", "close false");
      }
    }
  }

  // S9.

  @Test
  void S9_aPortInUseGivesAnError() {
    try (TestNet net = new TestNet()) {
      int port = ((InetSocketAddress) net.serve(Wire.TCP, stream -> {})).getPort();
      Server server = net.server(stream -> {});
      NetException error = failure(server, () -> server.listen(port, "127.0.0.1"));
      assertThat(error).hasMessage("listen EADDRINUSE 127.0.0.1:" + port);
      assertFields(error, "EADDRINUSE", "listen", "127.0.0.1");
    }
  }

  @Test
  void S9_aForeignAddressGivesAnError() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      NetException error = failure(server, () -> server.listen(0, "192.0.2.1"));
      assertThat(error).hasMessage("listen EADDRNOTAVAIL 192.0.2.1:0");
      assertFields(error, "EADDRNOTAVAIL", "listen", "192.0.2.1");
    }
  }

  @Test
  void S9_aMissingDirectoryGivesAnError() {
    try (TestNet net = new TestNet()) {
      String path = net.folder().resolve("missing/socket").toString();
      Server server = net.server(stream -> {});
      NetException error = failure(server, () -> server.listen(path));
      assertThat(error).hasMessage("listen ENOENT " + path);
      assertFields(error, "ENOENT", "listen", path);
    }
  }

  @Test
  void S9_aPlaceThatIsForbiddenGivesAnError() throws Exception {
    try (TestNet net = new TestNet()) {
      Path folder = net.folder();
      assumeTrue(folder.toFile().setWritable(false), "skipped: no permissions here");
      try {
        assumeTrue(!Files.isWritable(folder), "skipped: root may do anything");
        String path = folder.resolve("socket").toString();
        Server server = net.server(stream -> {});
        assertFields(failure(server, () -> server.listen(path)), "EACCES", "listen", path);
      } finally {
        assertThat(folder.toFile().setWritable(true)).isTrue();
      }
    }
  }

  @Test
  void S9_anUnknownHostGivesAnError() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      NetException error = failure(server, () -> server.listen(0, "no-such-host.invalid"));
      assertThat(error.code()).isIn("ENOTFOUND", "EAI_AGAIN"); // the latter without a network
      assertThat(error.syscall()).isEqualTo("getaddrinfo");
      assertThat(error.address()).isEqualTo("no-such-host.invalid");
    }
  }

  private static void assertFields(
      NetException error, String code, String syscall, String address) {
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.syscall()).isEqualTo(syscall);
    assertThat(error.address()).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "close"})
  void S9_afterAnErrorTheServerCanListenElsewhereAlsoFromWithinItsListeners(String event) {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.end("hello"));
      EventLog log = EventLog.of(server);
      server.once(event, () -> server.listen(0, "127.0.0.1"));
      server.listen("/nonexistent/folder/socket");
      log.await("listening");
      assertThat(log.entries()).containsExactly("error ENOENT", "close", "listening");
      assertThat(logOfClient(net, server.address())).contains("data hello");
      server.close();
    }
  }

  // S10.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void S10_connectComesRightAfterTheConnectionListenersReturned(Wire wire) throws Exception {
    try (TestNet net = new TestNet()) {
      EventLog log = new EventLog();
      Server server = net.server(stream -> log.add("first " + stream.readyState()));
      server.onConnection(
          stream -> {
            stream.onConnect(() -> log.add("connect " + stream.readyState()));
            stream.onText(text -> log.add(text));
            net.loop().execute(() -> log.add("what was put off"));
            log.add("second");
          });
      SocketAddress address = net.listen(wire, server);
      try (SocketChannel raw = Wire.rawSocket(address)) {
        raw.write(ByteBuffer.wrap("data".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        log.await("data");
      }
      assertThat(log.entries()).startsWith("first open", "second", "connect open");
    }
  }

  @Test
  void S10_withSeveralThreadsConnectAndDataComeAfterTheConnectionListeners() {
    try (TestNet net = new TestNet(3)) {
      SocketAddress address = net.serve(Wire.UNIX, stream -> stream.pipe(stream));
      for (int i = 0; i < 30; i++) {
        Stream stream = net.connect(address);
        EventLog log = EventLog.of(stream);
        stream.end("hello");
        assertThat(log.awaitCloseWithout("drain")).endsWith("data hello", "end", "close false");
      }
    }
  }
}
