package evented.net;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop over a {@link FakeTransport}, driven by the test on its own thread:
 *
 * <pre>{@code
 * try (FakeNet net = new FakeNet()) {
 *   Stream stream = net.connect();
 *   EventLog log = EventLog.of(stream);
 *   FakePeer peer = net.peer();
 *   peer.send("hi");
 *   net.run(() -> stream.write("you"));
 * }
 * }</pre>
 *
 * <p>What a listener throws, an assertion that fails in it too, fails the test in the end.
 */
final class FakeNet implements AutoCloseable {
  static final String HOST = "192.0.2.1";
  static final int PORT = 7;

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int MOST_TURNS = 100_000;

  final FakeNetwork network = new FakeNetwork();
  final FakeTransport transport = new FakeTransport(network);
  final Loop loop = new Loop(transport, network);

  private final LoopThread thread = loop.nextThread();
  private final List<Throwable> uncaught = new ArrayList<>();
  private final Thread.UncaughtExceptionHandler handlerBefore;

  FakeNet() {
    network.answer(new InetSocketAddress(HOST, PORT));
    Thread thread = Thread.currentThread();
    handlerBefore = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((of, thrown) -> uncaught.add(thrown));
  }

  // Driving.

  /** Has the loop take turns until nothing is left to do but to wait. */
  void runUntilIdle() {
    for (int turns = 0; turns < 2 || isBusy(); turns++) {
      if (turns == MOST_TURNS) {
        throw new AssertionError("the loop spins");
      }
      thread.turn(/* mayBlock= */ false);
    }
  }

  private boolean isBusy() {
    return thread.hasTasks() || transport.isReady() || nanosToNextTimer() == 0;
  }

  private long nanosToNextTimer() {
    TimerQueue timers = thread.timers();
    return timers.isEmpty() ? Long.MAX_VALUE : timers.nanosToNext(network.getAsLong());
  }

  /** Lets time pass; whatever is due on the way happens at its time. */
  void advance(long millis) {
    runUntilIdle();
    long left = millis * NANOS_PER_MILLI;
    while (true) {
      long outcome = network.nanosToNextOutcome();
      long next = Math.min(nanosToNextTimer(), outcome < 0 ? Long.MAX_VALUE : outcome);
      if (next > left) {
        break;
      }
      network.advance(next);
      left -= next;
      runUntilIdle();
    }
    network.advance(left);
    runUntilIdle();
  }

  /** Does what another thread would do, and lets the loop carry it out. */
  void outside(Runnable calls) {
    List<Throwable> thrown = new ArrayList<>();
    Thread other = new Thread(calls);
    other.setUncaughtExceptionHandler((of, e) -> thrown.add(e));
    other.start();
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    uncaught.addAll(thrown);
    rethrow();
  }

  /** Runs {@code calls} in one callback on the loop, then the loop until it is idle. */
  void run(Runnable calls) {
    loop.execute(calls);
    runUntilIdle();
    rethrow();
  }

  void rethrow() {
    if (!uncaught.isEmpty()) {
      AssertionError failed = new AssertionError("thrown in a callback", uncaught.remove(0));
      uncaught.clear();
      throw failed;
    }
  }

  // Connecting.

  /** A stream that connects to a peer of the test. */
  Stream connect() {
    return connectAgain(loop.newStream());
  }

  static Stream connectAgain(Stream stream) {
    return stream.connect(PORT, HOST);
  }

  /** The peer that the stream which has connected first talks to; each is given once. */
  FakePeer peer() {
    runUntilIdle();
    FakePeer peer = network.nextPeer();
    if (peer == null) {
      throw new AssertionError("nothing has connected");
    }
    return peer;
  }

  @Override
  public void close() {
    Thread.currentThread().setUncaughtExceptionHandler(handlerBefore);
    loop.close();
    runUntilIdle();
    advance(Reports.PATIENCE_MILLIS); // lets go of the keep-alive
    rethrow();
    if (!thread.tryEnd() || !transport.isClosed()) {
      throw new AssertionError("left open: " + transport.sockets());
    }
  }
}
