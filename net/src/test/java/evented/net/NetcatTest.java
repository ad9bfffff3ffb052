package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With {@code nc} on the other side, which half-closes when its input ends ({@code -N}). */
class NetcatTest {
  /** The echo server of the specification. */
  static void echo(Stream stream) {
    stream.setEncoding("utf8");
    stream.on("connect", () -> stream.write("hello\r\n"));
    stream.on("data", (String data) -> stream.write(data));
    stream.on(
        "end",
        () -> {
          stream.write("goodbye\r\n");
          stream.end();
        });
  }

  /** The arguments with which {@code nc} reaches {@code address}. */
  private static Program ncTo(SocketAddress address) {
    Program nc = Program.named("nc").with("-N");
    return address instanceof UnixDomainSocketAddress unix
        ? nc.with("-U", unix.getPath())
        : nc.with("127.0.0.1", ((java.net.InetSocketAddress) address).getPort());
  }

  @ParameterizedTest
  @EnumSource
  void C6_theEchoServerSaysGoodbyeToOneThatHasHalfClosed(Wire wire) {
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, NetcatTest::echo);
      assertThat(ncTo(address).run("hi\r\n")).isEqualTo("hello\r\nhi\r\ngoodbye\r\n");
    }
  }

  @ParameterizedTest
  @EnumSource
  void C13_aReplyIsWholeThoughTheRequestWasNeverRead(Wire wire) {
    String reply = "0123456789abcdef".repeat(64 * 1024);
    try (TestNet net = new TestNet()) {
      SocketAddress address = net.serve(wire, stream -> stream.end(reply));
      assertThat(ncTo(address).run("unread ".repeat(10_000))).isEqualTo(reply);
    }
  }

  @Test
  void C6_aClientIsEndedByItsTcpServer() {
    try (TestNet net = new TestNet();
        RunningProgram nc = Program.named("nc").with("-v", "-l", "-N", "127.0.0.1", "0").start()) {
      int port = nc.awaitNumber("Listening on \\S+ (\\d+)\n");
      speak(nc, net.loop().createConnection(port, "127.0.0.1"));
    }
  }

  @Test
  void C6_aClientIsEndedByItsUnixServer() {
    try (TestNet net = new TestNet()) {
      String path = net.socketPath();
      try (RunningProgram nc = Program.named("nc").with("-l", "-N", "-U", path).start()) {
        Await.until("nc listens", () -> Files.exists(Path.of(path)));
        Stream stream = connectWhenServed(net, path);
        speak(nc, stream);
      }
    }
  }

  /** The file is there a moment before the socket listens. */
  private static Stream connectWhenServed(TestNet net, String path) {
    while (true) {
      Stream stream = net.loop().createConnection(path);
      java.util.concurrent.CompletableFuture<Boolean> established =
          new java.util.concurrent.CompletableFuture<>();
      stream.onConnect(() -> established.complete(true));
      stream.onError(refused -> established.complete(false));
      if (Await.get(established)) {
        return stream;
      }
    }
  }

  private static void speak(RunningProgram nc, Stream stream) {
    EventLog log = EventLog.of(stream);
    stream.onConnect(() -> stream.write("question"));
    nc.await("question");
    nc.write("answer");
    nc.closeInput();
    assertThat(log.awaitClose()).containsExactly("connect", "data answer", "end", "close false");
    assertThat(nc.awaitSuccess()).endsWith("question");
  }
}
