package evented.bench.jmh;

import evented.net.Buffer;
import evented.net.Loop;
import evented.net.Server;
import evented.net.Stream;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A write of 64 bytes to a stream over the loopback, from another thread and on the loop. Each
 * invocation makes many, and waits until the loop has seen the last one, so that nothing piles up.
 */
@State(Scope.Benchmark)
public class WriteBenchmark {
  private static final int WRITES = 1000;

  private final Buffer message = Buffer.of("x".repeat(64));
  private Loop loop;
  private Loop otherLoop;
  private Stream stream;

  @Setup(Level.Trial)
  public void connect() throws InterruptedException {
    loop = Loop.create(1);
    otherLoop = Loop.create(1);
    CountDownLatch connected = new CountDownLatch(1);
    Server sink = otherLoop.createServer(Stream::resume);
    sink.listen(
        0,
        "127.0.0.1",
        () -> {
          stream = loop.createConnection(sink.port(), "127.0.0.1");
          stream.onConnect(connected::countDown);
        });
    connected.await();
  }

  @TearDown(Level.Trial)
  public void close() {
    loop.close();
    otherLoop.close();
  }

  @Benchmark
  @OperationsPerInvocation(WRITES)
  public void fromAnotherThread() throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    writeAll();
    loop.execute(seen::countDown);
    seen.await();
  }

  @Benchmark
  @OperationsPerInvocation(WRITES)
  public void onTheLoop() throws InterruptedException {
    CountDownLatch seen = new CountDownLatch(1);
    loop.execute(
        () -> {
          writeAll();
          seen.countDown();
        });
    seen.await();
  }

  private void writeAll() {
    for (int i = 0; i < WRITES; i++) {
      stream.write(message);
    }
  }
}
