package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** F21: anything may be done inside any listener. */
class ReentrancyTest {
  /**
   * Runs a conversation in which {@code event} does {@code action} once, to the server's stream.
   */
  private static List<String> converse(String event, java.util.function.Consumer<Stream> action)
      throws Exception {
    try (TestNet net = new TestNet()) {
      CompletableFuture<EventLog> log = new CompletableFuture<>();
      SocketAddress address =
          net.serve(
              Wire.TCP,
              stream -> {
                stream.once(event, () -> action.accept(stream));
                log.complete(EventLog.of(stream));
              });
      try (SocketChannel peer = Wire.rawSocket(address)) {
        RawBytes.write(peer, "x");
        peer.shutdownOutput();
        RawBytes.readAll(peer);
      } catch (java.io.IOException reset) {
        // a destroyed stream may reset
      }
      return Await.get(log).awaitClose();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "data", "end"})
  void F21_aListenerThatThrowsDestroysItsStreamAlone(String event) throws Exception {
    List<String> events =
        converse(
            event,
            stream -> {
              Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> {});
              throw new IllegalStateException("thrown by the test");
            });
    assertThat(events).endsWith("error null", "close true").doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "data", "end"})
  void F21_destroyInsideAListenerLeavesOnlyClose(String event) throws Exception {
    List<String> events = converse(event, Stream::destroy);
    assertThat(events).endsWith("close false").doesNotHaveDuplicates();
    assertThat(events).doesNotContain(event, event + " x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"connect", "data", "end", "close"})
  void F21_writeAndEndInsideAListenerKeepTheOrder(String event) throws Exception {
    List<String> events =
        converse(
            event,
            stream -> {
              if (stream.writable()) {
                stream.write("written");
              }
              stream.end();
            });
    assertThat(events).containsExactly("connect", "data x", "end", "close false");
  }

  @Test
  void F21_aListenerThatIsRemovedWhileItsEventRunsIsStillCalledThisTime() throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(Wire.TCP, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.withoutData(stream);
      Runnable second = () -> events.add("second");
      stream.on("data", () -> stream.removeListener("data", second));
      stream.on("data", second);
      try (SocketChannel peer = server.accept()) {
        RawBytes.write(peer, "1");
        events.await("second");
        RawBytes.write(peer, "2");
      }
      assertThat(events.awaitClose()).containsExactly("connect", "second", "end", "close false");
    }
  }

  @Test
  void F21_tenThousandEventsThatCauseOneAnotherDoNotRecurse() {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(Wire.TCP, stream -> stream.onData(stream::write));
      Stream stream = net.connect(address);
      EventLog events = EventLog.withoutData(stream);
      int[] left = {10_000};
      int[] depth = {0};
      stream.onConnect(() -> stream.write("x"));
      stream.onData(
          bytes -> {
            depth[0] = Math.max(depth[0], new Throwable().getStackTrace().length);
            if (--left[0] > 0) {
              stream.write("x");
            } else {
              stream.end();
            }
          });
      assertThat(events.awaitClose()).containsExactly("connect", "end", "close false");
      assertThat(depth[0]).isLessThan(200);
    }
  }
}
