package evented.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Redis server, spoken to byte by byte, and by Redis's own programs. */
class RespServerTest {
  private static final int DEADLINE_MILLIS = 20_000;

  private static RunningProgram server;
  private static int port;

  @BeforeAll
  static void start() {
    server = Program.java("RespServer").with(0).start();
    port = server.awaitNumber("listening on (\\d+)\n");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A command as programs send it. */
  private static String command(String... words) {
    StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      command.append(bulk(word));
    }
    return command.toString();
  }

  private static String bulk(String bytes) {
    return "$" + bytes.length() + "\r\n" + bytes + "\r\n";
  }

  /** Sends bytes, then FIN, and returns all that comes back. */
  private static String ask(String... requests) throws IOException {
    try (Client client = new Client()) {
      client.send(String.join("", requests));
      client.socket.shutdownOutput();
      return client.receiveAll();
    }
  }

  private static final class Client implements AutoCloseable {
    final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);

    Client() throws IOException {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(DEADLINE_MILLIS);
    }

    void send(String bytes) throws IOException {
      socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    }

    String receive(int length) throws IOException {
      return new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
    }

    String receiveAll() throws IOException {
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** Returns when the server has dealt with what was sent to it before, on any connection. */
    void fence() throws IOException {
      send("PING\r\n");
      assertThat(receive(7)).isEqualTo("+PONG\r\n");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void pingAndEchoReply() throws IOException {
    assertThat(ask(command("PING"), command("ping", "hi"), command("Echo", "")))
        .isEqualTo("+PONG\r\n" + bulk("hi") + bulk(""));
  }

  @Test
  void getRepliesWhatWasSet() throws IOException {
    assertThat(
            ask(
                command("GET", "set"),
                command("SET", "set", "1st"),
                command("SET", "set", "second"),
                command("GET", "set"),
                command("SET", "set", ""),
                command("GET", "set")))
        .isEqualTo("$-1\r\n+OK\r\n+OK\r\n" + bulk("second") + "+OK\r\n" + bulk(""));
  }

  @Test
  void delAndExistsCount() throws IOException {
    assertThat(
            ask(
                command("SET", "del 1", "x"),
                command("SET", "del 2", "x"),
                command("EXISTS", "del 1", "del 1", "del 2", "del 3"),
                command("DEL", "del 1", "del 1", "del 2", "del 3"),
                command("EXISTS", "del 1", "del 2")))
        .isEqualTo("+OK\r\n+OK\r\n:3\r\n:2\r\n:0\r\n");
  }

  @Test
  void incrCounts() throws IOException {
    assertThat(
            ask(
                command("INCR", "incr"),
                command("INCR", "incr"),
                command("GET", "incr"),
                command("SET", "incr", "-1"),
                command("INCR", "incr"),
                command("GET", "incr"),
                command("SET", "incr", "-9223372036854775808"),
                command("INCR", "incr")))
        .isEqualTo(
            ":1\r\n:2\r\n"
                + bulk("2")
                + "+OK\r\n:0\r\n"
                + bulk("0")
                + "+OK\r\n:-9223372036854775807\r\n");
  }

  @Test
  void incrStopsAtTheGreatestNumber() throws IOException {
    assertThat(
            ask(
                command("SET", "incr limit", "9223372036854775806"),
                command("INCR", "incr limit"),
                command("INCR", "incr limit"),
                command("GET", "incr limit")))
        .isEqualTo(
            "+OK\r\n:9223372036854775807\r\n-ERR increment or decrement would overflow\r\n"
                + bulk("9223372036854775807"));
  }

  static Stream<String> notIntegers() {
    return Stream.of(
        "", "x", "1x", " 1", "1 ", "01", "+1", "-0", "-", "1.0", "9223372036854775808", "\u00b2");
  }

  @ParameterizedTest
  @MethodSource("notIntegers")
  void incrRefusesWhatIsNoInteger(String value) throws IOException {
    assertThat(
            ask(command("SET", "incr text", value), command("INCR", "incr text"), command("PING")))
        .isEqualTo("+OK\r\n-ERR value is not an integer or out of range\r\n+PONG\r\n");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(command("BLPOP", "a", "0"), "unknown command 'BLPOP'"),
        Arguments.of(command(""), "unknown command ''"),
        Arguments.of(command("a\r\nb"), "unknown command 'a  b'"),
        Arguments.of(command("x".repeat(200)), "unknown command '" + "x".repeat(128) + "'"),
        Arguments.of(command("GET"), "wrong number of arguments for 'get' command"),
        Arguments.of(command("gEt", "a", "b"), "wrong number of arguments for 'get' command"),
        Arguments.of(command("SET", "a"), "wrong number of arguments for 'set' command"),
        Arguments.of(command("DEL"), "wrong number of arguments for 'del' command"),
        Arguments.of(command("PING", "a", "b"), "wrong number of arguments for 'ping' command"),
        Arguments.of(command("SET", "a", "b", "SOON"), "syntax error"),
        Arguments.of(command("SELECT", "1"), "DB index is out of range"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsToldAndTheNextCommandServed(String request, String message) throws IOException {
    assertThat(ask(request, command("PING"))).isEqualTo("-ERR " + message + "\r\n+PONG\r\n");
  }

  static Stream<Arguments> protocolErrors() {
    return Stream.of(
        Arguments.of("*x\r\n", "invalid multibulk length"),
        Arguments.of("*\r\n", "invalid multibulk length"),
        Arguments.of("*01\r\n", "invalid multibulk length"),
        Arguments.of("*+1\r\n", "invalid multibulk length"),
        Arguments.of("*1048577\r\n", "invalid multibulk length"),
        Arguments.of("*99999999999999999999\r\n", "invalid multibulk length"),
        Arguments.of("*1\r\nPING\r\n", "expected '$', got 'P'"),
        Arguments.of("*1\r\n\u00ff\r\n", "expected '$', got '\u00ff'"),
        Arguments.of("*1\r\n$-1\r\n", "invalid bulk length"),
        Arguments.of("*1\r\n$\r\n", "invalid bulk length"),
        Arguments.of("*1\r\n$4x\r\n", "invalid bulk length"),
        Arguments.of("*1\r\n$536870913\r\n", "invalid bulk length"),
        Arguments.of("*1\r\n$4294967296\r\n", "invalid bulk length"),
        Arguments.of("x".repeat(70_000), "too big inline request"),
        Arguments.of("*" + "1".repeat(70_000), "too big mbulk count string"),
        Arguments.of("*1\r\n$" + "1".repeat(70_000), "too big bulk count string"));
  }

  @ParameterizedTest
  @MethodSource("protocolErrors")
  void aProtocolErrorIsTheLastReply(String request, String message) throws IOException {
    try (Client client = new Client()) {
      client.send(command("PING") + request);
      assertThat(client.receiveAll())
          .as("up to the end, though we have not ended")
          .isEqualTo("+PONG\r\n-ERR Protocol error: " + message + "\r\n");
    }
  }

  @Test
  void nothingFollowsQuit() throws IOException {
    try (Client client = new Client()) {
      client.send(command("QUIT") + command("PING"));
      assertThat(client.receiveAll()).isEqualTo("+OK\r\n");
    }
  }

  @Test
  void emptyCommandsGetNoReply() throws IOException {
    assertThat(ask("\r\n\n  \r\n*0\r\n*-1\r\n", command("PING"))).isEqualTo("+PONG\r\n");
  }

  @Test
  void peopleMayTypeCommands() {
    assertThat(
            Program.named("nc")
                .with("-N", "localhost", port)
                .run("PING\r\nset  typed  3\nget typed\r\n\r\nincr typed\nquit\n"))
        .isEqualTo("+PONG\r\n+OK\r\n" + bulk("3") + ":4\r\n+OK\r\n");
  }

  @Test
  void keysAndValuesAreBytes() throws IOException {
    StringBuilder all = new StringBuilder();
    IntStream.range(0, 256).forEach(b -> all.append((char) b));
    String bytes = all.toString();
    assertThat(
            ask(
                command("SET", bytes, bytes + bytes),
                command("SET", "\0", "\r\n$3\r\n"),
                command("GET", bytes),
                command("GET", "\0"),
                command("EXISTS", bytes.substring(1), "\0\0", "\0", bytes)))
        .isEqualTo("+OK\r\n+OK\r\n" + bulk(bytes + bytes) + bulk("\r\n$3\r\n") + ":2\r\n");
  }

  @Test
  void aConversationMayBeCutAnywhere() throws IOException {
    String request =
        command("SET", "cut", "\r\n*1\r\n")
            + "\r\nget cut\r\n"
            + command("GET", "cut")
            + "*0\r\n"
            + command("ECHO", "")
            + command("DEL", "cut", "none")
            + command("nonsense")
            + "ping\n";
    String value = bulk("\r\n*1\r\n");
    String reply =
        "+OK\r\n" + value + value + bulk("") + ":1\r\n-ERR unknown command 'nonsense'\r\n+PONG\r\n";
    try (Client client = new Client();
        Client other = new Client()) {
      for (int cut = 0; cut <= request.length(); cut++) {
        client.send(request.substring(0, cut));
        other.fence();
        client.send(request.substring(cut));
        assertThat(client.receive(reply.length())).as("cut at %d", cut).isEqualTo(reply);
      }
      for (int at = 0; at < request.length(); at++) {
        client.send(request.substring(at, at + 1));
        other.fence();
      }
      assertThat(client.receive(reply.length())).as("byte by byte").isEqualTo(reply);
    }
  }

  @Test
  void aLongValueComesInManyChunks() throws Exception {
    String value = "0123456789abcdef".repeat(1 << 19); // 8 MiB
    try (Client client = new Client()) {
      String request = command("SET", "long", value) + command("GET", "long");
      CompletableFuture<Void> sent = inBackground(() -> client.send(request));
      String reply = "+OK\r\n" + bulk(value);
      assertThat(client.receive(reply.length()).equals(reply)).isTrue();
      sent.get();
      client.send(command("DEL", "long"));
      assertThat(client.receive(4)).isEqualTo(":1\r\n");
    }
  }

  @Test
  void thousandsOfCommandsMayBeUnderWay() throws Exception {
    StringBuilder requests = new StringBuilder();
    StringBuilder replies = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      String value = "v".repeat(i % 100) + i;
      requests.append(command("SET", "key " + i % 777, value)).append(command("INCR", "many"));
      requests.append(command("GET", "key " + i % 777));
      replies.append("+OK\r\n:").append(i + 1).append("\r\n").append(bulk(value));
    }
    try (Client client = new Client()) {
      CompletableFuture<Void> sent = inBackground(() -> client.send(requests.toString()));
      assertThat(client.receive(replies.length()).contentEquals(replies)).isTrue();
      sent.get();
    }
  }

  @Test
  void aCommandMayHaveThousandsOfArguments() throws Exception {
    String[] words = new String[50_000];
    words[0] = "EXISTS";
    for (int i = 1; i < words.length; i++) {
      words[i] = i % 2 == 0 ? "there" : "not there";
    }
    assertThat(ask(command("SET", "there", "x"), command(words))).isEqualTo("+OK\r\n:24999\r\n");
  }

  @Test
  void aClientThatDoesNotReadIsNotRead() throws IOException {
    String key = "slow".repeat(250);
    String value = "s".repeat(4000);
    assertThat(ask(command("SET", key, value))).isEqualTo("+OK\r\n");
    byte[] request = command("GET", key).getBytes(ISO_8859_1);
    byte[] reply = bulk(value).getBytes(ISO_8859_1);
    int enough = 64 << 20; // more than all kernels' buffers hold
    try (SocketChannel channel = SocketChannel.open();
        Client other = new Client()) {
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.configureBlocking(false);
      ByteBuffer requests = ByteBuffer.allocate(request.length * 64);
      long sent = 0;
      int refusals = 0; // in a row, though the server has had its turn in between
      while (sent < enough && refusals < 100) {
        if (!requests.hasRemaining() || sent == 0) {
          requests.clear();
          while (requests.hasRemaining()) {
            requests.put(request);
          }
          requests.flip();
        }
        int count = channel.write(requests);
        sent += count;
        if (count == 0) {
          refusals++;
          other.fence();
        } else {
          refusals = 0;
        }
      }
      assertThat(sent).isLessThan(enough);

      channel.configureBlocking(true);
      channel.shutdownOutput();
      channel.socket().setSoTimeout(DEADLINE_MILLIS);
      InputStream replies = channel.socket().getInputStream();
      for (long i = 0; i < sent / request.length; i++) {
        assertThat(replies.readNBytes(reply.length)).isEqualTo(reply);
      }
      assertThat(replies.read()).as("the end").isEqualTo(-1);
    }
  }

  @Test
  void redisCliSpeaksToIt() {
    assertThat(
            Program.named("redis-cli")
                .with("-p", port)
                .run("set cli \"hello you\"\nget cli\nincr cli counter\ndel cli\nget cli\n"))
        .isEqualTo("OK\nhello you\nERR wrong number of arguments for 'incr' command\n\n1\n\n");
  }

  @Test
  void redisBenchmarkSpeaksToIt() {
    String said =
        Program.named("redis-benchmark")
            .with("-p", port, "-P", 16, "-t", "ping,set,get,incr", "-n", 20_000, "-q")
            .run("");
    assertThat(said)
        .contains("PING_INLINE: ", "PING_MBULK: ", "SET: ", "GET: ", "INCR: ")
        .doesNotContainIgnoringCase("error")
        .doesNotContainIgnoringCase("warning");
  }

  private interface Task {
    void run() throws IOException;
  }

  private static CompletableFuture<Void> inBackground(Task task) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            task.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
