package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream.Builder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * F3: misuse is a defined exception at the call, which says what would be right; nothing breaks.
 */
class MisuseTest {
  static java.util.stream.Stream<Arguments> callsOnAStream() {
    Builder<Arguments> calls = java.util.stream.Stream.builder();
    BiConsumer<String, Consumer<Stream>> add = (part, call) -> calls.add(Arguments.of(part, call));
    add.accept("millis must be 0 or more, was -1", s -> s.setTimeout(-1));
    add.accept("initialDelayMillis must be 0 or more, was -1", s -> s.setKeepAlive(true, -1));
    add.accept("maxBufferSize must be 0 or more, was -1", s -> s.maxBufferSize(-1));
    add.accept("Unknown encoding: x", s -> s.setEncoding("x"));
    add.accept("Unknown encoding: x", s -> s.write("text", "x"));
    add.accept("Unknown encoding: x", s -> s.end("text", "x"));
    add.accept("encoding", s -> s.write("text", (Encoding) null));
    add.accept("encoding", s -> s.write("text", (String) null));
    add.accept("text", s -> s.write((String) null));
    add.accept("bytes", s -> s.write((Buffer) null));
    add.accept("bytes", s -> s.write((byte[]) null));
    add.accept("bytes", s -> s.write((java.nio.ByteBuffer) null));
    add.accept("bytes", s -> s.unshift(null));
    add.accept("destination", s -> s.pipe((Stream) null));
    add.accept("destination", s -> s.pipe((OutputStream) null));
    add.accept("destination", s -> s.pipe((WritableByteChannel) null));
    add.accept("listener", s -> s.onData(null));
    add.accept("listener", s -> s.onConnect(null));
    add.accept("event", s -> s.on(null, () -> {}));
    add.accept("event", s -> s.addListener(null, () -> {}));
    add.accept("event", s -> s.once(null, () -> {}));
    add.accept("event", s -> s.removeListener(null, "x"));
    add.accept("event", s -> s.removeAllListeners(null));
    add.accept("event", s -> s.listeners(null));
    add.accept("event", s -> s.listenerCount(null));
    add.accept("event", s -> s.emit(null));
    add.accept("event", s -> s.emit(null, "x"));
    add.accept("listener", s -> s.on("data", (Runnable) null));
    add.accept("listener", s -> s.on("data", (Consumer<Object>) null));
    add.accept("listener", s -> s.addListener("data", (Runnable) null));
    add.accept("listener", s -> s.addListener("data", (Consumer<Object>) null));
    add.accept("listener", s -> s.once("data", (Runnable) null));
    add.accept("listener", s -> s.once("data", (Consumer<Object>) null));
    add.accept("listener", s -> s.removeListener("data", null));
    add.accept("listener", s -> s.onText(null));
    add.accept("listener", s -> s.onEnd(null));
    add.accept("listener", s -> s.onDrain(null));
    add.accept("listener", s -> s.onTimeout(null));
    add.accept("listener", s -> s.onSecure(null));
    add.accept("listener", s -> s.onError(null));
    add.accept("listener", s -> s.onClose(null));
    add.accept("text", s -> s.write(null, Encoding.UTF8));
    add.accept("text", s -> s.write(null, "utf8"));
    add.accept("text", s -> s.end((String) null));
    add.accept("text", s -> s.end(null, Encoding.UTF8));
    add.accept("text", s -> s.end(null, "utf8"));
    add.accept("bytes", s -> s.end((Buffer) null));
    add.accept("encoding", s -> s.end("text", (Encoding) null));
    add.accept("encoding", s -> s.end("text", (String) null));
    add.accept("destination", s -> s.pipe((Stream) null, false));
    add.accept("destination", s -> s.pipe((OutputStream) null, false));
    add.accept("destination", s -> s.pipe((WritableByteChannel) null, false));
    add.accept("credentials", s -> s.setSecure(null));
    add.accept("host", s -> s.verifyPeer(null));
    add.accept("Stream is not a secure stream.", s -> s.verifyPeer("localhost"));
    add.accept("Stream is already open", s -> s.connect(1));
    add.accept("Stream is already open", s -> s.connect(1, "127.0.0.1"));
    add.accept("Stream is already open", s -> s.connect("/nowhere"));
    return calls.build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("callsOnAStream")
  void F3_misuseOfAStreamThrowsAndBreaksNothing(String message, Consumer<Stream> call)
      throws Exception {
    try (TestNet net = new TestNet();
        RawServer server = new RawServer(Wire.TCP, net)) {
      Stream stream = net.connect(server.address());
      EventLog events = EventLog.of(stream);
      events.await("connect");
      assertMisuse(() -> call.accept(stream), message);
      try (SocketChannel peer = server.accept()) {
        stream.end("fine");
        assertThat(RawBytes.readAllText(peer)).isEqualTo("fine");
      }
      assertThat(events.awaitClose()).containsExactly("connect", "end", "close false");
    }
  }

  static java.util.stream.Stream<Arguments> placesThatAreNone() {
    Builder<Arguments> calls = java.util.stream.Stream.builder();
    BiConsumer<String, Consumer<Loop>> add = (part, call) -> calls.add(Arguments.of(part, call));
    add.accept("port must be 0..65535, was 70000", l -> l.newStream().connect(70000));
    add.accept("port must be 0..65535, was -1", l -> l.newStream().connect(-1, "::1"));
    add.accept("host must be a name or an address", l -> l.createConnection(1, null));
    add.accept("path must be the path", l -> l.createConnection((String) null));
    add.accept("path must not contain a zero", l -> l.createConnection("a\0b"));
    add.accept("port must be 0..65535, was 70000", l -> l.createServer().listen(70000));
    add.accept("path must be the path", l -> l.createServer().listen((String) null));
    add.accept("callback", l -> l.createServer().listen(0, (Runnable) null));
    add.accept("fd must be 0 or more, was -1", l -> l.createServer().listenFD(-1));
    add.accept("backlog must be 1 or more, was 0", l -> l.createServer().backlog(0));
    add.accept("maxConnections must be 0 or more", l -> l.createServer().maxConnections(-1));
    add.accept("Not running", l -> l.createServer().close());
    add.accept("listener", l -> l.createServer(null));
    add.accept("millis must be 0 or more, was -1", l -> l.setTimeout(-1, () -> {}));
    add.accept("listener", l -> l.setInterval(1, null));
    add.accept("task", l -> l.execute(null));
    add.accept("threads must be 1 or more, was 0", l -> Loop.create(0));
    add.accept("transport", l -> Loop.create(1, null));
    add.accept("millis must be 0 or more, was -1", l -> l.setInterval(-1, () -> {}));
    add.accept("listener", l -> l.setTimeout(1, null));
    add.accept("port must be 0..65535, was -1", l -> l.createConnection(-1));
    add.accept("port must be 0..65535, was 70000", l -> l.createConnection(70000, "::1"));
    add.accept("port must be 0..65535, was -1", l -> l.createServer().listen(-1, "::1"));
    add.accept("host must be a name or an address", l -> l.createServer().listen(0, (String) null));
    add.accept("callback", l -> l.createServer().listen(0, "::1", null));
    add.accept("callback", l -> l.createServer().listen("path", null));
    add.accept("callback", l -> l.createServer().listen((Runnable) null));
    add.accept("listener", l -> l.createServer().onConnection(null));
    add.accept("listener", l -> l.createServer().onListening(null));
    add.accept("listener", l -> l.createServer().onError(null));
    add.accept("listener", l -> l.createServer().onClose(null));
    return calls.build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("placesThatAreNone")
  void F3_misuseOfALoopOrServerThrows(String message, Consumer<Loop> call) {
    try (TestNet net = new TestNet()) {
      assertMisuse(() -> call.accept(net.loop()), message);
      assertThat(net.onLoop(() -> "alive")).isEqualTo("alive");
    }
  }

  @Test
  void F3_listeningTwiceThrowsAndTheFirstGoesOn() throws Exception {
    try (TestNet net = new TestNet()) {
      Server server = net.server(stream -> stream.end("served"));
      SocketAddress address = net.listen(Wire.TCP, server);
      assertMisuse(server::listen, "Server already opened");
      try (SocketChannel peer = Wire.rawSocket(address)) {
        assertThat(RawBytes.readAllText(peer)).isEqualTo("served");
      }
      server.close();
      assertMisuse(server::close, "Not running");
    }
  }

  @Test
  void closingALoopTwiceIsHarmless() {
    Loop loop = Loop.create(1);
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    loop.execute(() -> thread.complete(Thread.currentThread()));
    loop.close();
    Await.until("its thread has ended", () -> !Await.get(thread).isAlive());
    loop.close();
    assertMisuse(loop::newStream, "the loop is closed");
  }

  private static void assertMisuse(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOfAny(
            IllegalArgumentException.class, IllegalStateException.class, NullPointerException.class)
        .hasMessageContaining(message);
  }
}
