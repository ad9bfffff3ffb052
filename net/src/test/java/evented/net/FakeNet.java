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
 *   net.transport.runUntilIdle();
 *   net.peer().send("hi");
 *   net.run(() -> stream.write("you"));
 * }
 * }</pre>
 *
 * <p>What a listener throws, an assertion that fails in it too, fails the test in the end.
 */
final class FakeNet implements AutoCloseable {
  static final String HOST = "192.0.2.1";
  static final int PORT = 7;

  final FakeTransport transport = new FakeTransport();
  final Loop loop = new Loop(TransportType.NIO, transport);

  private final List<Throwable> uncaught = new ArrayList<>();
  private final Thread.UncaughtExceptionHandler handlerBefore;

  FakeNet() {
    transport.answer(new InetSocketAddress(HOST, PORT));
    Thread thread = Thread.currentThread();
    handlerBefore = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((of, thrown) -> uncaught.add(thrown));
  }

  /** A stream that connects to a peer of the test. */
  Stream connect() {
    return connectAgain(loop.newStream());
  }

  static Stream connectAgain(Stream stream) {
    return stream.connect(PORT, HOST);
  }

  /** The peer that the stream which has connected first talks to; each is given once. */
  FakePeer peer() {
    transport.runUntilIdle();
    FakePeer peer = transport.nextPeer();
    if (peer == null) {
      throw new AssertionError("nothing has connected");
    }
    return peer;
  }

  /** Runs {@code calls} in one callback on the loop, then the loop until it is idle. */
  void run(Runnable calls) {
    loop.execute(calls);
    transport.runUntilIdle();
    rethrow();
  }

  void rethrow() {
    if (!uncaught.isEmpty()) {
      AssertionError failed = new AssertionError("thrown in a callback", uncaught.remove(0));
      uncaught.clear();
      throw failed;
    }
  }

  @Override
  public void close() {
    Thread.currentThread().setUncaughtExceptionHandler(handlerBefore);
    loop.close();
    transport.runUntilIdle();
    transport.advance(Reports.PATIENCE_MILLIS); // lets go of the keep-alive
    rethrow();
    if (!transport.isStopped() || !transport.connections.isEmpty()) {
      throw new AssertionError("left open: " + transport.connections);
    }
  }
}
