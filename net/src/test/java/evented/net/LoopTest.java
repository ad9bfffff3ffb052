package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LoopTest {
  @Test
  void aTaskOfTheLoopsOwnComesAfterThoseThatOtherThreadsHaveGivenBefore() {
    try (Loop loop = Loop.create(1)) {
      List<String> order = Collections.synchronizedList(new ArrayList<>());
      CompletableFuture<Void> given = new CompletableFuture<>();
      CompletableFuture<Void> done = new CompletableFuture<>();
      loop.execute(
          () -> {
            Await.get(given);
            loop.execute(
                () -> {
                  order.add("the loop's own");
                  done.complete(null);
                });
          });
      loop.execute(() -> order.add("another thread's"));
      given.complete(null);
      Await.get(done);
      assertThat(order).containsExactly("another thread's", "the loop's own");
    }
  }

  @Test
  void theSharedLoopIsOneAndCannotBeClosed() {
    assertThat(Loop.shared()).isSameAs(Loop.shared());
    assertThatThrownBy(() -> Loop.shared().close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the shared loop cannot be closed");
    CompletableFuture<Boolean> ran = new CompletableFuture<>();
    Loop.shared().execute(() -> ran.complete(true));
    Await.get(ran);
  }

  @Test
  void aLoopNeedsAThread() {
    assertThatThrownBy(() -> Loop.create(0)).hasMessage("threads must be 1 or more, was 0");
  }

  @Test
  void aLoopSaysHowManyThreadsItHas() {
    assertThat(Loop.shared().threads()).isEqualTo(1);
    try (TestNet net = new TestNet(3)) {
      assertThat(net.loop().threads()).isEqualTo(3);
    }
  }

  @Test
  void streamsAreSpreadOverTheThreads() {
    try (TestNet net = new TestNet(3)) {
      SocketAddress address = net.serve(Wire.TCP, stream -> stream.end());
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      List<EventLog> logs = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Stream stream = net.connect(address);
        stream.onConnect(() -> threads.add(Thread.currentThread()));
        logs.add(EventLog.of(stream));
      }
      logs.forEach(EventLog::awaitClose);
      assertThat(threads).hasSize(3).allMatch(Thread::isDaemon);
    }
  }

  @Test
  void tasksRunInTheirOrder() {
    try (TestNet net = new TestNet()) {
      List<Integer> order = new CopyOnWriteArrayList<>();
      for (int i = 0; i < 100; i++) {
        int number = i;
        net.loop().execute(() -> order.add(number));
      }
      net.onLoop(() -> true);
      assertThat(order).hasSize(100).isSorted();
    }
  }

  @Test
  void aTimeoutRunsOnceOnTheLoopAndNotBeforeItsTime() {
    try (TestNet net = new TestNet()) {
      long started = System.nanoTime();
      CompletableFuture<Long> ran = new CompletableFuture<>();
      Thread thread = net.onLoop(Thread::currentThread);
      net.loop()
          .setTimeout(
              30,
              () -> {
                if (Thread.currentThread() == thread) {
                  ran.complete(System.nanoTime());
                }
              });
      assertThat(Await.get(ran) - started).isGreaterThanOrEqualTo(30_000_000);
    }
  }

  @Test
  void timersRunInTheOrderOfTheirTimes() {
    try (TestNet net = new TestNet()) {
      List<String> order = new CopyOnWriteArrayList<>();
      CompletableFuture<Boolean> last = new CompletableFuture<>();
      net.loop()
          .execute(
              () -> {
                net.loop().setTimeout(40, () -> last.complete(order.add("c")));
                net.loop().setTimeout(20, () -> order.add("b"));
                net.loop().setTimeout(0, () -> order.add("a"));
              });
      Await.get(last);
      assertThat(order).containsExactly("a", "b", "c");
    }
  }

  @Test
  void anIntervalRunsUntilItIsCancelled() {
    try (TestNet net = new TestNet()) {
      List<Integer> runs = new CopyOnWriteArrayList<>();
      CompletableFuture<Boolean> third = new CompletableFuture<>();
      Timer[] timer = {null};
      net.onLoop(
          () ->
              timer[0] =
                  net.loop()
                      .setInterval(
                          1,
                          () -> {
                            runs.add(runs.size());
                            if (runs.size() == 3) {
                              timer[0].cancel();
                              net.loop().setTimeout(20, () -> third.complete(true));
                            }
                          }));
      Await.get(third);
      assertThat(runs).hasSize(3);
      timer[0].cancel(); // harmless when repeated
    }
  }

  @Test
  void aNegativeTimeThrowsAtTheCall() {
    try (TestNet net = new TestNet()) {
      assertThatThrownBy(() -> net.loop().setTimeout(-1, () -> {}))
          .hasMessage("millis must be 0 or more, was -1");
      assertThatThrownBy(() -> net.loop().setInterval(-1, () -> {}))
          .hasMessage("millis must be 0 or more, was -1");
    }
  }

  @Test
  void closingEndsStreamsServersAndTimersAndTheirThreads() {
    TestNet net = new TestNet(2);
    Server server = net.server(stream -> {});
    SocketAddress address = net.listen(Wire.TCP, server);
    EventLog serverLog = EventLog.of(server);
    EventLog log = EventLog.of(net.connect(address));
    log.await("connect");
    net.loop().setInterval(1, () -> {});
    Thread thread = net.onLoop(Thread::currentThread);
    net.close();
    assertThat(log.awaitClose().get(0)).isEqualTo("connect");
    assertThat(serverLog.awaitClose()).endsWith("close");
    Await.until("end of the thread", () -> !thread.isAlive());
  }

  @Test
  void aClosedLoopMakesNothingNew() {
    Loop loop = Loop.create(1);
    loop.close();
    for (Runnable call :
        List.<Runnable>of(
            loop::newStream,
            loop::createServer,
            () -> loop.setTimeout(0, () -> {}),
            () -> loop.execute(() -> {}))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the loop is closed");
    }
  }

  @Test
  void whatAClosedLoopLeavesBehindIsHarmless() {
    TestNet net = new TestNet();
    Stream stream = net.connect(net.serve(Wire.TCP, peer -> {}));
    Server server = net.server(peer -> {});
    Timer timer = net.loop().setInterval(1000, () -> {});
    EventLog.of(stream).await("connect");
    Thread thread = net.onLoop(Thread::currentThread);
    net.close();
    Await.until("end of the thread", () -> !thread.isAlive());
    net.loop().close();
    timer.cancel();
    stream.pause().resume().setTimeout(1).setNoDelay().setGather(false).unshift(Buffer.of("x"));
    assertThat(stream.write("x")).isFalse();
    stream.flush();
    stream.end();
    stream.destroy();
    stream.onClose(hadError -> {});
    assertThat(stream.readyState()).isEqualTo(ReadyState.CLOSED);
    assertThatThrownBy(() -> stream.connect(1)).hasMessage("the loop is closed");
    assertThatThrownBy(() -> server.listen()).hasMessage("the loop is closed");
    assertThatThrownBy(server::close).hasMessage("Not running");
  }

  @Test
  void everyMethodMayBeCalledFromAnyThread() {
    try (TestNet net = new TestNet(2)) {
      SocketAddress address = net.serve(Wire.TCP, stream -> stream.pipe(stream));
      Stream stream = net.connect(address);
      EventLog log = EventLog.of(stream);
      stream.setNoDelay().setNoDelay(false).setKeepAlive().setKeepAlive(true, 1000);
      stream.setTimeout(60_000).setGather(false).setGather(true).maxBufferSize(1 << 20);
      stream.setEncoding("utf8").setEncoding((Encoding) null).allowHalfOpen(false);
      stream.ref().unref().ref().pause().resume();
      stream.write("text");
      stream.write("é", "utf8");
      stream.write("7a", Encoding.HEX);
      stream.write(new byte[] {'b'});
      stream.write(java.nio.ByteBuffer.wrap(new byte[] {'c'}));
      stream.write(Buffer.of("d"));
      stream.flush();
      assertThat(stream.bufferSize()).isNotNegative();
      stream.end("e");
      assertThat(log.awaitClose()).endsWith("end", "close false");
      assertThat(log.text()).isEqualTo("textÃ©zbcde");
      assertThat(stream.bytesWritten()).isEqualTo(stream.bytesRead()).isEqualTo(11);
      assertThat(stream.fd()).isEqualTo(-1);
      assertThat(stream.toString()).contains("closed");
    }
  }
}
