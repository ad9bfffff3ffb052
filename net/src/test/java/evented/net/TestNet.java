package evented.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The things that one test opens, on a loop of its own, all of which are closed with it:
 *
 * <pre>{@code
 * try (TestNet net = new TestNet()) {
 *   SocketAddress address = net.serve(wire, stream -> stream.end("bye"));
 *   EventLog log = EventLog.of(net.connect(address));
 *   assertThat(log.awaitClose()).containsExactly("connect", "data bye", "end", "close false");
 * }
 * }</pre>
 */
final class TestNet implements AutoCloseable {
  private final Loop loop;
  private final List<Path> folders = new ArrayList<>();
  private final AtomicInteger sockets = new AtomicInteger();

  /** With one loop thread. */
  TestNet() {
    this(1);
  }

  TestNet(int threads) {
    loop = Loop.create(threads);
  }

  Loop loop() {
    return loop;
  }

  Server server(Consumer<Stream> listener) {
    return loop.createServer(listener);
  }

  /** Starts a server and gives its address once it listens. */
  SocketAddress serve(Wire wire, Consumer<Stream> listener) {
    return listen(wire, server(listener));
  }

  /** Has {@code server} listen and gives its address. */
  SocketAddress listen(Wire wire, Server server) {
    CompletableFuture<SocketAddress> bound = new CompletableFuture<>();
    server.onListening(() -> bound.complete(server.address()));
    server.onError(bound::completeExceptionally);
    wire.listen(server, this);
    return Await.get(bound);
  }

  /** A stream that connects to {@code address}. */
  Stream connect(SocketAddress address) {
    Stream stream = loop.newStream();
    Wire.connect(stream, address);
    return stream;
  }

  /** Runs {@code task} on the loop and waits for its result. */
  <T> T onLoop(java.util.concurrent.Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    loop.execute(
        () -> {
          try {
            result.complete(task.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    return Await.get(result);
  }

  /** A path for a UNIX socket; short enough for every system, and there is no file at it. */
  String socketPath() {
    return folder().resolve("s" + sockets.incrementAndGet()).toString();
  }

  /** A new folder, which is deleted in the end. */
  Path folder() {
    try {
      Path folder = Files.createTempDirectory("evented");
      folders.add(folder);
      return folder;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    loop.close();
    for (Path folder : folders) {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}
