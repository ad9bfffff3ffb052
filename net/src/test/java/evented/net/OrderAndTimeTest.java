package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 1 of the semantics; O7, which takes processes of its own, is {@link LivenessTest}'s. */
class OrderAndTimeTest {
  private static final byte[] MORE_THAN_THE_KERNEL_TAKES = new byte[16 << 20];

  // O1.

  /** Logs events, and fails them if one comes while a call is under way. */
  private static final class CallWatch {
    boolean calling;
    final List<String> early = new CopyOnWriteArrayList<>();

    void call(Runnable call) {
      calling = true;
      call.run();
      calling = false;
    }

    void watch(EventEmitter<?> emitter, String... events) {
      for (String event : events) {
        emitter.on(
            event,
            () -> {
              if (calling) {
                early.add(event);
              }
            });
      }
    }

    void watch(Stream stream) {
      watch(stream, "connect", "data", "drain", "timeout", "end", "error", "close");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O1_eventsAreNeverEmittedInsideTheCall(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.pipe(stream));
      CallWatch watch = new CallWatch();
      Stream stream = net.loop().newStream();
      EventLog log = EventLog.of(stream);
      watch.watch(stream);
      onLoop(net, () -> watch.call(() -> Wire.connect(stream, address)));
      log.await("connect");
      onLoop(net, () -> watch.call(() -> stream.write("hello")));
      log.awaitText("hello");
      onLoop(net, () -> watch.call(() -> stream.setGather(false).write("world")));
      log.awaitText("world");
      onLoop(net, () -> watch.call(stream::pause));
      onLoop(net, () -> watch.call(() -> stream.unshift(Buffer.of("again", Encoding.ASCII))));
      onLoop(net, () -> watch.call(stream::resume));
      log.awaitText("again");
      onLoop(net, () -> watch.call(() -> stream.end("bye")));
      assertThat(log.awaitClose()).startsWith("connect").endsWith("end", "close false");
      assertThat(log.text()).isEqualTo("helloworldagainbye");
      assertThat(watch.early).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O1_aFailingConnectTellsAfterTheCall(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress nobody = placeWithoutListener(net, wire);
      CallWatch watch = new CallWatch();
      Stream stream = net.loop().newStream();
      EventLog log = EventLog.of(stream);
      watch.watch(stream);
      onLoop(net, () -> watch.call(() -> Wire.connect(stream, nobody)));
      assertThat(log.awaitClose()).last().isEqualTo("close true");
      assertThat(watch.early).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fresh", "opening", "open"})
  void O1_destroyTellsAfterTheCall(String state) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(Wire.TCP, stream -> {});
      CallWatch watch = new CallWatch();
      Stream stream = net.loop().newStream();
      EventLog log = EventLog.of(stream);
      watch.watch(stream);
      if (state.equals("open")) {
        Wire.connect(stream, address);
        log.await("connect");
      }
      onLoop(
          net,
          () -> {
            if (state.equals("opening")) {
              Wire.connect(stream, address);
            }
            watch.call(() -> stream.destroy(new NetException("enough", "ETEST")));
          });
      assertThat(log.awaitClose()).endsWith("error ETEST", "close true");
      assertThat(watch.early).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O1_aServersEventsComeAfterTheCall(Wire wire) {
    try (TestNet net = new TestNet()) {
      CallWatch watch = new CallWatch();
      Server server = net.server(stream -> {});
      EventLog log = EventLog.of(server);
      watch.watch(server, "listening", "error", "close");
      onLoop(net, () -> watch.call(() -> wire.listen(server, net)));
      log.await("listening");
      onLoop(net, () -> watch.call(server::close));
      log.awaitClose();
      onLoop(net, () -> watch.call(() -> server.listen("/nonexistent/folder/socket")));
      log.await("error ENOENT");
      assertThat(watch.early).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O1_listenersThatAreAddedInTheSameTurnMissNothing(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.end("hello"));
      EventLog log =
          net.onLoop(
              () -> {
                Stream stream = net.connect(address);
                return EventLog.of(stream);
              });
      assertThat(log.awaitClose()).containsExactly("connect", "data hello", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O1_listenersThatAreAddedAfterListenInTheSameTurnMissNothing(Wire wire) {
    try (TestNet net = new TestNet()) {
      EventLog log =
          net.onLoop(
              () -> {
                Server server = net.server(stream -> {});
                wire.listen(server, net);
                return EventLog.of(server);
              });
      log.await("listening");
    }
  }

  @Test
  void O1_listenersThatAreAddedAfterDestroyInTheSameTurnMissNothing() {
    try (TestNet net = new TestNet()) {
      EventLog log =
          net.onLoop(
              () -> {
                Stream stream = net.loop().newStream();
                stream.destroy(new NetException("enough", "ETEST"));
                return EventLog.of(stream);
              });
      assertThat(log.awaitClose()).containsExactly("error ETEST", "close true");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "end", "close"})
  void O1_aLateListenerOfAStreamGetsItsEventOnTheLoop(String event) {
    try (TestNet net = new TestNet()) {
      Stream stream = net.connect(net.serve(Wire.TCP, accepted -> accepted.end("hello")));
      EventLog.of(stream).awaitClose();
      assertThat(lateListenersThread(stream, event)).isSameAs(loopThread(net));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "close"})
  void O1_aLateListenerGetsTheErrorAndTheCloseOfAFailedStream(String event) {
    try (TestNet net = new TestNet()) {
      Stream stream = net.connect(placeWithoutListener(net, Wire.TCP));
      EventLog log = EventLog.of(stream);
      log.awaitClose();
      CompletableFuture<Object> argument = new CompletableFuture<>();
      stream.<Object>on(event, argument::complete);
      Object expected = event.equals("error") ? log.error() : true;
      assertThat(Await.get(argument)).isEqualTo(expected);
    }
  }

  @Test
  void O1_aLateListenerGetsNothingThatHasNotHappened() {
    try (TestNet net = new TestNet()) {
      Stream stream = net.connect(net.serve(Wire.TCP, accepted -> accepted.end("hello")));
      EventLog.of(stream).awaitClose();
      AtomicBoolean called = new AtomicBoolean();
      stream.onError(e -> called.set(true));
      stream.onTimeout(() -> called.set(true));
      stream.onDrain(() -> called.set(true));
      stream.onText(text -> called.set(true));
      onLoop(net, () -> {}); // what was to be delivered would have been delivered before this
      assertThat(called).isFalse();
    }
  }

  @Test
  void O1_aLateOnceListenerIsCalledOnce() {
    try (TestNet net = new TestNet()) {
      Stream stream = net.loop().newStream();
      SocketAddress address = net.serve(Wire.TCP, accepted -> accepted.end());
      Wire.connect(stream, address);
      EventLog.of(stream).awaitClose();
      AtomicInteger calls = new AtomicInteger();
      stream.once("connect", calls::incrementAndGet);
      onLoop(net, () -> {});
      Wire.connect(stream, address);
      EventLog secondLife = EventLog.withoutData(stream);
      Await.until("end of the second life", () -> secondLife.entries().contains("end"));
      assertThat(calls).hasValue(1);
      assertThat(stream.listeners("connect")).hasSize(2); // those of the logs
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O1_aLateListenerOfAServerGetsListeningOnTheLoop(Wire wire) {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      net.listen(wire, server);
      assertThat(lateListenersThread(server, "listening")).isSameAs(loopThread(net));
    }
  }

  @Test
  void O1_aLateListenerOfAServerGetsErrorAndClose() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      EventLog log = EventLog.of(server);
      server.listen("/nonexistent/folder/socket");
      log.awaitClose();
      assertThat(lateListenersThread(server, "error")).isSameAs(loopThread(net));
      assertThat(lateListenersThread(server, "close")).isSameAs(loopThread(net));
    }
  }

  @Test
  void O1_aServersNextLifeDeliversNothingOfTheLast() {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> {});
      EventLog log = EventLog.of(server);
      server.listen("/nonexistent/folder/socket");
      log.awaitClose();
      server.listen(0);
      log.await("listening");
      AtomicBoolean called = new AtomicBoolean();
      server.onError(e -> called.set(true));
      server.onClose(() -> called.set(true));
      onLoop(net, () -> {});
      assertThat(called).isFalse();
    }
  }

  private static Thread lateListenersThread(EventEmitter<?> emitter, String event) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    emitter.on(event, () -> thread.complete(Thread.currentThread()));
    return Await.get(thread);
  }

  // O2.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O2_allEventsOfOneStreamRunOnOneThreadOneAfterAnother(Wire wire) {
    try (TestNet net = new TestNet(3);
        TestNet clients = new TestNet()) {
      int streams = 6;
      List<Set<Thread>> threads = new CopyOnWriteArrayList<>();
      AtomicInteger overlaps = new AtomicInteger();
      SocketAddress address =
          net.serve(
              wire,
              stream -> {
                Set<Thread> seen = ConcurrentHashMap.newKeySet();
                AtomicInteger inside = new AtomicInteger();
                threads.add(seen);
                for (String event : List.of("connect", "data", "drain", "end", "close")) {
                  stream.on(
                      event,
                      () -> {
                        seen.add(Thread.currentThread());
                        if (inside.incrementAndGet() != 1) {
                          overlaps.incrementAndGet();
                        }
                        Thread.yield();
                        inside.decrementAndGet();
                      });
                }
                stream.pipe(stream);
              });
      List<EventLog> logs = new CopyOnWriteArrayList<>();
      for (int i = 0; i < streams; i++) {
        Stream stream = clients.connect(address);
        logs.add(EventLog.of(stream));
        for (int j = 0; j < 20; j++) {
          stream.write("x".repeat(10_000));
        }
        stream.end();
      }
      for (EventLog log : logs) {
        assertThat(log.awaitClose()).endsWith("end", "close false");
        assertThat(log.text()).hasSize(200_000);
      }
      Await.until(
          "every server stream ran on one thread",
          () -> threads.size() == streams && threads.stream().allMatch(seen -> seen.size() == 1));
      assertThat(overlaps).hasValue(0);
      assertThat(threads.stream().flatMap(Set::stream).distinct().count()).isEqualTo(3);
    }
  }

  // O3 and O4.

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O3_aLifeGoesFromConnectOverDataAndEndToOneClose(Wire wire) {
    try (TestNet net = new TestNet()) {
      AtomicReference<Stream> peer = new AtomicReference<>();
      SocketAddress address = net.serve(wire, stream -> peer.set(stream.pause()));
      Stream stream = net.connect(address).setTimeout(50);
      EventLog log = EventLog.of(stream);
      stream.once("connect", () -> stream.write(MORE_THAN_THE_KERNEL_TAKES));
      stream.once("timeout", () -> peer.get().resume());
      stream.once("drain", () -> peer.get().end("enough"));
      List<String> life = log.awaitClose().stream().distinct().toList();
      assertThat(life)
          .containsExactly("connect", "timeout", "drain", "data enough", "end", "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O3_nothingComesAfterClose(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.end("hello"));
      Stream stream = net.connect(address).setTimeout(1);
      EventLog log = EventLog.of(stream);
      log.awaitClose();
      List<String> entries = log.entries();
      stream.write("x");
      stream.resume();
      stream.destroy(new NetException("too late", "ETEST"));
      net.onLoop(() -> net.loop().setTimeout(20, () -> log.add("later")));
      log.await("later");
      assertThat(log.entries()).startsWith(entries.toArray(new String[0]));
      assertThat(log.entries()).hasSize(entries.size() + 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O3_anObjectThatConnectsAgainLivesAgain(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.end("hello"));
      Stream stream = net.connect(address);
      EventLog log = EventLog.of(stream);
      CompletableFuture<Boolean> second = new CompletableFuture<>();
      AtomicInteger closes = new AtomicInteger();
      stream.onClose(
          hadError -> {
            if (closes.incrementAndGet() == 1) {
              Wire.connect(stream, address);
            } else {
              second.complete(hadError);
            }
          });
      Await.get(second);
      assertThat(log.entries())
          .containsExactly(
              "connect",
              "data hello",
              "end",
              "close false",
              "connect",
              "data hello",
              "end",
              "close false");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O4_destroyWithACauseGivesErrorThenCloseTrue(Wire wire) {
    try (TestNet net = new TestNet()) {
      Stream stream = net.connect(net.serve(wire, accepted -> {}));
      EventLog log = EventLog.of(stream);
      IllegalStateException cause = new IllegalStateException("enough");
      stream.onConnect(() -> stream.destroy(cause));
      assertThat(log.awaitClose()).containsExactly("connect", "error null", "close true");
      assertThat(log.error()).hasCause(cause);
    }
  }

  @Test
  void O4_aResetGivesErrorThenCloseTrue() throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      SocketAddress address = net.serve(Wire.TCP, stream -> accepted.complete(EventLog.of(stream)));
      try (SocketChannel raw = Wire.rawSocket(address)) {
        Await.get(accepted).await("connect");
        raw.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
      assertThat(Await.get(accepted).awaitClose())
          .containsExactly("connect", "error ECONNRESET", "close true");
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void O4_aCleanEndGivesCloseFalseOnBothSides(Wire wire) {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> accepted = new CompletableFuture<>();
      Stream stream = net.connect(net.serve(wire, peer -> accepted.complete(EventLog.of(peer))));
      EventLog log = EventLog.of(stream);
      stream.end("bye");
      assertThat(log.awaitClose()).startsWith("connect").endsWith("end", "close false");
      assertThat(Await.get(accepted).awaitClose())
          .containsExactly("connect", "data bye", "end", "close false");
    }
  }

  // O5.

  @ParameterizedTest
  @ValueSource(strings = {"connect", "data", "drain", "timeout", "end"})
  void O5_aListenerThatThrowsCostsItsStreamAlone(String event) {
    try (TestNet net = new TestNet()) {
      Uncaught uncaught = Uncaught.on(net);
      SocketAddress address = net.serve(Wire.TCP, peer -> peer.pipe(peer));
      Stream bystander = net.connect(address);
      EventLog bystanderLog = EventLog.of(bystander);
      Stream stream = net.connect(address);
      EventLog log = EventLog.of(stream);
      Error thrown = new AssertionError("thrown in " + event);
      stream.on(event, thrower(thrown));
      CompletableFuture<Boolean> nextListener = new CompletableFuture<>();
      stream.on(event, () -> nextListener.complete(true));
      cause(event, stream);
      assertThat(log.awaitClose()).endsWith("error null", "close true");
      assertThat(log.error()).hasCause(thrown);
      assertThat(Await.get(nextListener)).isTrue();
      assertThat(uncaught.await(1)).containsExactly(thrown);
      bystander.end("unharmed");
      assertThat(bystanderLog.awaitClose()).endsWith("data unharmed", "end", "close false");
    }
  }

  private static void cause(String event, Stream stream) {
    switch (event) {
      case "data" -> stream.write("x");
      case "drain" -> stream.onConnect(() -> stream.write(MORE_THAN_THE_KERNEL_TAKES));
      case "timeout" -> stream.setTimeout(20);
      case "end" -> stream.end();
      default -> {}
    }
  }

  private static Runnable thrower(Error thrown) {
    return () -> {
      throw thrown;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"error", "close"})
  void O5_aListenerThatThrowsInTheLastEventsStopsNoneOfThem(String event) {
    try (TestNet net = new TestNet()) {
      Uncaught uncaught = Uncaught.on(net);
      Stream stream = net.loop().newStream();
      Error thrown = new AssertionError("thrown in " + event);
      stream.on(event, thrower(thrown));
      EventLog log = EventLog.of(stream);
      stream.destroy(new NetException("enough", "ETEST"));
      assertThat(log.awaitClose()).containsExactly("error ETEST", "close true");
      assertThat(uncaught.await(1)).containsExactly(thrown);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void O5_aConnectionListenerThatThrowsCostsThatStreamAlone(int threads) {
    try (TestNet net = new TestNet(threads)) {
      Uncaught uncaught = new Uncaught();
      Error thrown = new AssertionError("thrown in connection");
      AtomicInteger connections = new AtomicInteger();
      CompletableFuture<EventLog> victim = new CompletableFuture<>();
      Server server =
          net.server(
              stream -> {
                if (connections.incrementAndGet() == 1) {
                  uncaught.installOnThisThread();
                  victim.complete(EventLog.of(stream));
                  throw thrown;
                }
                stream.end("served");
              });
      SocketAddress address = net.listen(Wire.TCP, server);
      EventLog first = EventLog.of(net.connect(address));
      first.awaitClose();
      assertThat(Await.get(victim).awaitClose()).containsExactly("error null", "close true");
      assertThat(uncaught.await(1)).containsExactly(thrown);
      assertThat(EventLog.of(net.connect(address)).awaitClose()).contains("data served");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"listening", "drop", "error", "close"})
  void O5_aListenerThatThrowsInAServersEventHarmsNobody(String event) {
    try (TestNet net = new TestNet()) {
      Uncaught uncaught = Uncaught.on(net);
      Error thrown = new AssertionError("thrown in " + event);
      Server server = net.server(stream -> stream.end("served"));
      CompletableFuture<Boolean> nextListener = new CompletableFuture<>();
      server.on(event, thrower(thrown));
      server.on(event, () -> nextListener.complete(true));
      if (event.equals("error")) {
        EventLog log = EventLog.of(server);
        server.listen("/nonexistent/folder/socket");
        log.awaitClose();
      } else {
        SocketAddress address = net.listen(Wire.TCP, server);
        if (event.equals("drop")) {
          server.maxConnections(0);
          EventLog.of(net.connect(address)).awaitClose();
          server.maxConnections(1);
        }
        assertThat(EventLog.of(net.connect(address)).awaitClose()).contains("data served");
        server.close();
      }
      assertThat(Await.get(nextListener)).isTrue();
      assertThat(uncaught.await(1)).containsExactly(thrown);
    }
  }

  @Test
  void O5_aTimerOrTaskThatThrowsHarmsNobody() {
    try (TestNet net = new TestNet()) {
      Uncaught uncaught = Uncaught.on(net);
      Error thrown = new AssertionError("thrown in a task");
      AtomicInteger runs = new AtomicInteger();
      CompletableFuture<Boolean> thirdRun = new CompletableFuture<>();
      net.loop().execute(thrower(thrown));
      net.loop().setTimeout(0, thrower(thrown));
      Timer interval =
          net.loop()
              .setInterval(
                  1,
                  () -> {
                    if (runs.incrementAndGet() == 2) {
                      throw thrown;
                    } else if (runs.get() == 3) {
                      thirdRun.complete(true);
                    }
                  });
      Await.get(thirdRun);
      interval.cancel();
      assertThat(uncaught.await(3)).containsExactly(thrown, thrown, thrown);
    }
  }

  @Test
  void O5_anUncaughtExceptionHandlerThatThrowsDoesNotStopTheLoop() {
    try (TestNet net = new TestNet()) {
      onLoop(
          net,
          () ->
              Thread.currentThread()
                  .setUncaughtExceptionHandler(
                      (thread, e) -> {
                        throw new IllegalStateException(e);
                      }));
      net.loop().execute(thrower(new AssertionError("thrown in a task")));
      onLoop(net, () -> {});
    }
  }

  // O6.

  @Test
  void O6_anErrorThatNoOneListensForIsLogged() {
    try (LoggedReports reports = new LoggedReports();
        TestNet net = new TestNet()) {
      Stream stream = net.loop().newStream();
      NetException error = new NetException("unheard of " + System.identityHashCode(net), "ETEST");
      stream.destroy(error);
      var logged = reports.await(error.getMessage());
      assertThat(logged.getLevel()).isEqualTo(Level.SEVERE);
      assertThat(logged.getThrown()).isNull(); // one line, no stack trace
    }
  }

  @Test
  void O6_whatTheProgramItselfHasThrownIsLoggedWithItsStackTrace() {
    try (LoggedReports reports = new LoggedReports();
        TestNet net = new TestNet()) {
      Exception cause = new IllegalStateException("bad reply " + System.identityHashCode(net));
      net.loop().newStream().destroy(cause);
      assertThat(reports.await(cause.getMessage()).getThrown()).isSameAs(cause);
    }
  }

  @Test
  void O6_anErrorOfAServersStreamThatNoOneListensForIsLogged() {
    try (LoggedReports reports = new LoggedReports();
        TestNet net = new TestNet()) {
      NetException error = new NetException("unheard of " + System.identityHashCode(net), "ETEST");
      EventLog.of(net.connect(net.serve(Wire.TCP, stream -> stream.destroy(error)))).awaitClose();
      assertThat(reports.await(error.getMessage()).getThrown()).isNull();
    }
  }

  @Test
  void O6_anErrorOfAServerThatNoOneListensForIsLogged() {
    try (LoggedReports reports = new LoggedReports();
        TestNet net = new TestNet()) {
      String path = net.folder().resolve("missing/socket").toString();
      net.server(stream -> {}).listen(path);
      assertThat(reports.await(path).getMessage()).contains("listen ENOENT");
    }
  }

  @Test
  void O6_anErrorThatSomeoneListensForIsNotLogged() {
    try (LoggedReports reports = new LoggedReports();
        TestNet net = new TestNet()) {
      String path = net.folder().resolve("missing/socket").toString();
      Server server = net.server(stream -> {});
      EventLog log = EventLog.of(server);
      server.listen(path);
      log.awaitClose();
      onLoop(net, () -> {});
      assertThat(reports.containing(path)).isEmpty();
    }
  }

  // Helpers.

  private static void onLoop(TestNet net, Runnable task) {
    net.onLoop(
        () -> {
          task.run();
          return true;
        });
  }

  private static Thread loopThread(TestNet net) {
    return net.onLoop(Thread::currentThread);
  }

  /** An address that someone listened on a moment ago. */
  private static SocketAddress placeWithoutListener(TestNet net, Wire wire) {
    Server server = net.server(stream -> {});
    SocketAddress address = net.listen(wire, server);
    EventLog log = EventLog.of(server);
    server.close();
    log.awaitClose();
    return address;
  }
}
