package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What depends on time, or on how the kernel is called, held on a transport in memory. */
@Tag("values")
class FakeTransportTest {
  private final FakeNet net = new FakeNet();

  @AfterEach
  void close() {
    net.close();
  }

  /** An open stream with its log, and its peer. */
  private record Pair(Stream stream, EventLog log, FakePeer peer) {}

  private Pair open() {
    Stream stream = net.connect();
    EventLog log = EventLog.of(stream);
    FakePeer peer = net.peer();
    assertThat(log.entries()).containsExactly("connect");
    return new Pair(stream, log, peer);
  }

  // W2, W3.

  @Test
  void W2_aHundredSmallWritesOfOneCallbackLeaveInOneFlush() {
    Pair pair = open();
    net.run(
        () -> {
          for (int i = 0; i < 100; i++) {
            assertThat(pair.stream.write("x")).isTrue();
          }
          assertThat(pair.peer.take()).isEmpty();
        });
    assertThat(pair.peer.socket().writes).containsExactly(100);
    assertThat(pair.peer.take()).isEqualTo("x".repeat(100));
  }

  @Test
  void W2_eachCallbackFlushesForItself() {
    Pair pair = open();
    pair.stream.onData(bytes -> pair.stream.write("re: "));
    pair.stream.onData(pair.stream::write);
    pair.peer.send("a");
    net.runUntilIdle();
    pair.peer.send("bc");
    net.runUntilIdle();
    assertThat(pair.peer.socket().writes).containsExactly(5, 6);
    assertThat(pair.peer.take()).isEqualTo("re: are: bc");
  }

  @Test
  void W2_writesOfAnotherThreadAreGatheredPerWakeUp() {
    Pair pair = open();
    net.outside(
        () -> {
          for (int i = 0; i < 100; i++) {
            assertThat(pair.stream.write("x")).isTrue();
          }
        });
    net.runUntilIdle();
    assertThat(pair.peer.socket().writes).containsExactly(100);
  }

  @Test
  void W2_withoutGatheringEachWriteIsAFlushOfItsOwn() {
    Pair pair = open();
    net.run(
        () -> {
          pair.stream.setGather(false);
          pair.stream.write("a");
          pair.stream.write("bc");
          assertThat(pair.peer.take()).isEqualTo("abc");
        });
    assertThat(pair.peer.socket().writes).containsExactly(1, 2);
  }

  @Test
  void W3_drainComesOnceWhenAllThatTheKernelRefusedIsInIt() {
    Pair pair = open();
    pair.peer.limitKernelBuffer(10);
    net.run(() -> assertThat(pair.stream.write("x".repeat(25))).isTrue());
    net.run(() -> assertThat(pair.stream.write("y".repeat(5))).isFalse());
    assertThat(pair.stream.bufferSize()).isEqualTo(20);
    String taken = "";
    for (int wakeUp = 0; wakeUp < 2; wakeUp++) {
      assertThat(pair.log.entries()).containsExactly("connect");
      taken += pair.peer.take();
      net.runUntilIdle();
    }
    // All is in the kernel now, though the peer has not read it.
    assertThat(pair.stream.bufferSize()).isZero();
    assertThat(pair.log.entries()).containsExactly("connect", "drain");
    assertThat(taken + pair.peer.take()).isEqualTo("x".repeat(25) + "y".repeat(5));
    net.runUntilIdle();
    assertThat(pair.log.entries()).containsExactly("connect", "drain");
  }

  @Test
  void W3_falseOnceMoreThan64KiBWait() {
    Stream stream = net.connect();
    EventLog log = EventLog.of(stream);
    FakePeer peer = net.peer();
    peer.limitKernelBuffer(0);
    net.run(
        () -> {
          assertThat(stream.write("x".repeat(LoopThread.GATHERING))).isTrue();
          assertThat(stream.write("x")).isFalse();
        });
    assertThat(log.entries()).containsExactly("connect");
    peer.limitKernelBuffer(Integer.MAX_VALUE);
    net.runUntilIdle();
    assertThat(log.entries()).containsExactly("connect", "drain");
    assertThat(peer.takeBytes()).hasSize(LoopThread.GATHERING + 1);
  }

  @Test
  void W3_falseWhileConnectingAndThenOneDrain() {
    Stream stream = net.loop.newStream();
    EventLog log = EventLog.of(stream);
    net.run(
        () -> {
          FakeNet.connectAgain(stream);
          assertThat(stream.write("a")).isFalse();
          assertThat(stream.write("b")).isFalse();
        });
    assertThat(log.entries()).containsExactly("connect", "drain");
    assertThat(net.peer().take()).isEqualTo("ab");
  }

  // R5.

  /** A stream with a timeout of a second, which counts from now. */
  private Pair openWithTimeout() {
    Pair pair = open();
    net.run(() -> pair.stream.setTimeout(1000));
    return pair;
  }

  private static long timeouts(EventLog log) {
    return Collections.frequency(log.entries(), "timeout");
  }

  @Test
  void R5_timeoutComesOnTimeAndAgainAfterTheNextIdlePeriod() {
    Pair pair = openWithTimeout();
    for (int period = 0; period < 3; period++) {
      net.advance(999);
      assertThat(timeouts(pair.log)).isEqualTo(period);
      net.advance(1);
      assertThat(timeouts(pair.log)).isEqualTo(period + 1);
    }
    assertThat(pair.stream.readyState()).isEqualTo(ReadyState.OPEN);
  }

  @Test
  void R5_readingPutsItOff() {
    Pair pair = openWithTimeout();
    net.advance(600);
    pair.peer.send("x");
    net.advance(999);
    assertThat(timeouts(pair.log)).isZero();
    net.advance(2);
    assertThat(timeouts(pair.log)).isEqualTo(1);
  }

  @Test
  void R5_writingPutsItOff() {
    Pair pair = openWithTimeout();
    net.advance(600);
    net.run(() -> pair.stream.write("x"));
    net.advance(999);
    assertThat(timeouts(pair.log)).isZero();
    net.advance(2);
    assertThat(timeouts(pair.log)).isEqualTo(1);
  }

  @Test
  void R5_progressOfAWriteThatTheKernelRefusedPutsItOff() {
    Pair pair = openWithTimeout();
    pair.peer.limitKernelBuffer(10);
    net.run(() -> pair.stream.write("x".repeat(100)));
    net.advance(600);
    pair.peer.take();
    net.advance(999);
    assertThat(timeouts(pair.log)).isZero();
    net.advance(1001); // a stuck write moves nothing, so it is idle
    assertThat(timeouts(pair.log)).isEqualTo(1);
  }

  @Test
  void R5_connectingPutsItOff() {
    net.network.connectNanos = 600_000_000L;
    Stream stream = net.loop.newStream().setTimeout(1000);
    EventLog log = EventLog.of(FakeNet.connectAgain(stream));
    net.advance(600 + 999);
    assertThat(log.entries()).containsExactly("connect");
    net.advance(2);
    assertThat(log.entries()).containsExactly("connect", "timeout");
  }

  @Test
  void R5_aConnectThatHangsTimesOut() {
    net.network.connectNanos = 5_000_000_000L;
    Stream stream = net.loop.newStream().setTimeout(1000);
    EventLog log = EventLog.of(FakeNet.connectAgain(stream));
    stream.onTimeout(stream::destroy);
    net.advance(1000);
    assertThat(log.entries()).containsExactly("timeout", "close false");
  }

  @Test
  void R5_zeroSwitchesItOff() {
    Pair pair = openWithTimeout();
    net.advance(999);
    net.run(() -> pair.stream.setTimeout(0));
    net.advance(100_000);
    assertThat(timeouts(pair.log)).isZero();
  }

  @Test
  void R5_noTimeoutAfterClose() {
    Pair pair = openWithTimeout();
    net.run(pair.stream::destroy);
    net.advance(5000);
    assertThat(pair.log.entries()).containsExactly("connect", "close false");
  }

  // R1, R4.

  @Test
  void R1_whatNoOneHasClaimedIsKeptForTheFirstConsumer() {
    Stream stream = net.connect();
    FakePeer peer = net.peer();
    peer.send("kept");
    peer.end();
    net.advance(1999);
    EventLog log = EventLog.of(stream);
    net.runUntilIdle();
    assertThat(log.entries()).containsExactly("connect", "data kept", "end", "close false");
  }

  @Test
  void R1_itIsGivenUpTwoSecondsAfterThePeerHasEnded() {
    Stream stream = net.connect();
    EventLog log = EventLog.withoutData(stream);
    FakePeer peer = net.peer();
    peer.send("kept");
    net.advance(60_000);
    peer.end();
    net.advance(1999);
    assertThat(log.entries()).containsExactly("connect");
    net.advance(1);
    assertThat(log.entries()).containsExactly("connect", "end", "close false");
  }

  @Test
  void R1_aPausedStreamKeepsItForAsLongAsItIsPaused() {
    Stream stream = net.connect();
    EventLog log = EventLog.withoutData(stream);
    FakePeer peer = net.peer();
    net.run(stream::pause);
    peer.send("kept");
    peer.end();
    net.advance(60_000);
    assertThat(log.entries()).containsExactly("connect");
    stream.onData(bytes -> log.add("data " + bytes));
    net.run(stream::resume);
    assertThat(log.entries()).containsExactly("connect", "data kept", "end", "close false");
  }

  @Test
  void R1_whatNoOneHasClaimedDoesNotKeepAFailedStreamOpen() {
    Stream stream = net.connect();
    EventLog log = EventLog.withoutData(stream);
    net.peer().send("kept").reset();
    net.advance(1999);
    assertThat(log.entries()).containsExactly("connect");
    net.advance(1);
    assertThat(log.entries()).containsExactly("connect", "error ECONNRESET", "close true");
  }

  @Test
  void R4_aPausedStreamHolds64KiBAndLeavesTheRestToTcp() {
    Pair pair = open();
    FakeSocket socket = pair.peer.socket();
    net.run(pair.stream::pause);
    pair.peer.send(new byte[200_000]);
    net.runUntilIdle();
    assertThat(200_000 - socket.in.size()).isBetween(1, ReadHalf.LIMIT);
    assertThat(socket.readingWants).containsExactly(true, false);
    net.run(pair.stream::resume);
    assertThat(pair.log.text()).hasSize(200_000);
    assertThat(socket.readingWants).containsExactly(true, false, true);
  }

  @Test
  void R4_noDataAfterPauseNotEvenWhatWasRead() {
    Pair pair = open();
    net.run(pair.stream::pause);
    pair.peer.send("a");
    net.runUntilIdle();
    pair.peer.send("b");
    net.runUntilIdle();
    pair.stream.onData(bytes -> pair.stream.pause());
    net.run(pair.stream::resume);
    assertThat(pair.log.text()).isEqualTo("a");
    net.run(pair.stream::resume);
    assertThat(pair.log.text()).isEqualTo("ab");
  }

  // C6, C12.

  @Test
  void C6_whatEndListenersWriteGoesOutBeforeFin() {
    Pair pair = open();
    pair.stream.onEnd(() -> pair.stream.write("good"));
    pair.stream.onEnd(() -> pair.stream.write("bye"));
    pair.peer.limitKernelBuffer(4);
    pair.peer.end();
    net.runUntilIdle();
    assertThat(pair.peer.take()).isEqualTo("good");
    assertThat(pair.peer.atEnd()).isFalse();
    assertThat(pair.log.entries()).containsExactly("connect", "end");
    net.runUntilIdle();
    assertThat(pair.peer.take()).isEqualTo("bye");
    assertThat(pair.peer.atEnd()).isTrue();
    assertThat(pair.log.entries()).containsExactly("connect", "end", "close false");
  }

  @Test
  void C12_aFailedWriteDeliversWhatHadArrived() {
    Pair pair = open();
    pair.peer.send("last words").reset();
    net.run(() -> pair.stream.write("x"));
    assertThat(pair.log.entries())
        .containsExactly("connect", "data last words", "error ECONNRESET", "close true");
  }

  @Test
  void C12_aFailedWriteDeliversWhatHadArrivedThoughReadingShowsNoFailure() {
    Pair pair = open();
    pair.peer.send("last words").failWrites(ErrorCode.EPIPE);
    net.run(() -> pair.stream.write("x"));
    net.advance(1000);
    assertThat(pair.log.entries())
        .containsExactly("connect", "data last words", "error EPIPE", "close true");
  }

  @Test
  void C12_behindAPauseAFailureWaitsForAWhileForWhatHadArrived() {
    Pair pair = open();
    net.run(pair.stream::pause);
    pair.peer.send(new byte[100_000]);
    pair.peer.reset();
    net.run(() -> pair.stream.write("x"));
    net.advance(4_999);
    assertThat(pair.log.entries()).containsExactly("connect");
    assertThat(pair.peer.socket().isClosed()).isTrue(); // what is held needs no descriptor
    net.run(pair.stream::resume);
    assertThat(pair.log.text()).hasSize(100_000);
    assertThat(pair.log.entries()).endsWith("error ECONNRESET", "close true");
  }

  @Test
  void F35_whatNoOneTakesInTimeIsGivenUpAfterAFailure() {
    Pair pair = open();
    net.run(pair.stream::pause);
    pair.peer.send("held");
    pair.peer.reset();
    net.advance(5_000);
    assertThat(pair.log.entries()).containsExactly("connect", "error ECONNRESET", "close true");
  }

  @Test
  void C12_aPeerThatHangsUpWhileTheWriteQueueIsStuckIsNoticed() {
    Pair pair = open();
    pair.peer.limitKernelBuffer(10);
    net.run(() -> pair.stream.write("x".repeat(100)));
    pair.peer.send("bye").reset();
    net.runUntilIdle();
    assertThat(pair.log.entries())
        .containsExactly("connect", "data bye", "error EPIPE", "close true");
  }

  @Test
  void C12_setGatherIsHarmlessOnceOnlyHeldDataKeepsTheStreamOpen() {
    Pair pair = open();
    net.run(pair.stream::pause);
    pair.peer.send("held");
    pair.peer.end();
    net.run(pair.stream::end);
    assertThat(pair.peer.socket().isClosed()).isTrue();
    net.run(() -> pair.stream.setGather(true));
    net.run(pair.stream::resume);
    assertThat(pair.log.entries()).containsExactly("connect", "data held", "end", "close false");
  }

  // O1.

  /**
   * Makes a call in a callback, and asserts that nothing is emitted inside it, but {@code then}.
   */
  private void assertLater(EventLog log, Runnable call, String... then) {
    List<String> before = log.entries();
    net.run(
        () -> {
          call.run();
          assertThat(log.entries()).isEqualTo(before);
        });
    List<String> expected = new ArrayList<>(before);
    Collections.addAll(expected, then);
    assertThat(log.entries()).isEqualTo(expected);
  }

  @Test
  void O1_connectEmitsNothingInsideTheCall() {
    Stream stream = net.loop.newStream();
    EventLog log = EventLog.of(stream);
    assertLater(log, () -> FakeNet.connectAgain(stream), "connect");
  }

  @Test
  void O1_aConnectThatCannotWorkEmitsNothingInsideTheCall() {
    Stream stream = net.loop.newStream();
    EventLog log = EventLog.of(stream);
    assertLater(log, () -> stream.connect(""), "error ENOENT", "close true");
    assertLater(log, () -> stream.connect(8, FakeNet.HOST), "error ECONNREFUSED", "close true");
  }

  @Test
  void O1_destroyEmitsNothingInsideTheCall() {
    Pair pair = open();
    assertLater(pair.log, pair.stream::destroy, "close false");
    FakeNet.connectAgain(pair.stream);
    net.peer();
    assertLater(
        pair.log,
        () -> pair.stream.destroy(new IllegalStateException("no more")),
        "error " + StreamEngine.asNetException(new IllegalStateException("no more")).code(),
        "close true");
  }

  @Test
  void O1_endEmitsNothingInsideTheCall() {
    Pair pair = open();
    pair.stream.allowHalfOpen(true);
    pair.peer.end();
    net.runUntilIdle();
    assertThat(pair.log.entries()).containsExactly("connect", "end");
    assertLater(pair.log, pair.stream::end, "close false");
  }

  @Test
  void O1_aWriteThatFailsAtOnceEmitsNothingInsideTheCall() {
    Pair pair = open();
    net.run(() -> pair.stream.setGather(false));
    pair.peer.failWrites(ErrorCode.EPIPE);
    assertLater(pair.log, () -> pair.stream.write("x"), "error EPIPE", "close true");
  }

  @Test
  void O1_aFlushThatFailsEmitsNothingInsideTheCall() {
    Pair pair = open();
    pair.peer.failWrites(ErrorCode.EPIPE);
    assertLater(
        pair.log,
        () -> {
          pair.stream.write("x");
          pair.stream.flush();
        },
        "error EPIPE",
        "close true");
  }

  @Test
  void O1_resumeAndUnshiftEmitNothingInsideTheCall() {
    Pair pair = open();
    net.run(pair.stream::pause);
    pair.peer.send("held");
    pair.peer.end();
    net.runUntilIdle();
    assertLater(
        pair.log,
        () -> {
          pair.stream.resume();
          pair.stream.unshift(Buffer.of("up"));
        },
        "data upheld",
        "end",
        "close false");
  }

  @Test
  void O1_listenAndCloseEmitNothingInsideTheCall() {
    Server server = net.loop.createServer();
    EventLog log = EventLog.of(server);
    assertLater(log, () -> server.listen(80, "192.0.2.2"), "listening");
    Server second = net.loop.createServer();
    EventLog ofSecond = EventLog.of(second);
    assertLater(ofSecond, () -> second.listen(80, "192.0.2.2"), "error EADDRINUSE", "close");
    assertLater(log, server::close, "close");
  }

  // S7.

  @Test
  void S7_oneBeyondMaxConnectionsIsClosedAtOnceAndTheNextOneGetsInWhenOneLeaves() {
    List<String> log = new ArrayList<>();
    Server server = net.loop.createServer(stream -> log.add("connection"));
    server.on("drop", dropped -> log.add("drop"));
    server.maxConnections(2).listen(80, "192.0.2.2");
    net.runUntilIdle();

    FakePeer first = net.network.dial(server.address());
    FakePeer second = net.network.dial(server.address());
    FakePeer third = net.network.dial(server.address());
    net.runUntilIdle();
    assertThat(log).containsExactly("connection", "connection", "drop");
    assertThat(server.connections()).isEqualTo(2);
    assertThat(third.atEnd()).isTrue();
    assertThat(second.atEnd()).isFalse();

    first.end();
    net.runUntilIdle();
    assertThat(server.connections()).isEqualTo(1);
    FakePeer fourth = net.network.dial(server.address());
    net.runUntilIdle();
    assertThat(log).endsWith("drop", "connection");
    assertThat(server.connections()).isEqualTo(2);
    assertThat(fourth.atEnd()).isFalse();
  }

  @Test
  void aStreamAndAServerTalkInMemory() {
    Server server = net.loop.createServer(stream -> stream.onData(stream::end));
    server.listen(80, "192.0.2.2");
    net.runUntilIdle();
    Stream stream = net.loop.createConnection(80, "192.0.2.2");
    EventLog log = EventLog.of(stream);
    stream.write("hello");
    net.runUntilIdle();
    assertThat(log.entries())
        .containsExactly("connect", "drain", "data hello", "end", "close false");
  }
}
