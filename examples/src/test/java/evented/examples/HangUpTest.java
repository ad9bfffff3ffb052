package evented.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that hangs up in the middle is one line to a server, and no reason to end. */
class HangUpTest {
  private static final Pattern HUNG_UP = Pattern.compile("(read|write) (ECONNRESET|EPIPE)\n");

  private static int portOf(RunningProgram example) {
    return example.awaitNumber("listening on (\\d+)\n");
  }

  private static Socket connect(int port) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    client.setSoTimeout(20_000);
    return client;
  }

  /** Says something, waits for an answer of {@code length} bytes, and resets the connection. */
  private static void reset(int port, String text, int length) throws IOException {
    try (Socket client = connect(port)) {
      client.getOutputStream().write(text.getBytes(ISO_8859_1));
      assertThat(client.getInputStream().readNBytes(length)).hasSize(length);
      client.setSoLinger(true, 0);
    }
  }

  private static void assertOneLine(RunningProgram server) {
    server.await(HUNG_UP.pattern());
    assertThat(HUNG_UP.matcher(server.output()).replaceFirst(""))
        .matches("(\\d{4}-\\d\\d-\\d\\d.*\n)?listening on .*\n");
    assertThat(server.isAlive()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"Echo, 9", "Chat, 11", "SecureEcho, 0"})
  void aClientThatResetsIsOneLine(String example, int length) throws IOException {
    try (RunningProgram server = Program.java(example).with(0).start()) {
      int port = portOf(server);
      reset(port, example.equals("SecureEcho") ? "\26\3\1" : "hi", length);
      assertOneLine(server);
      connect(port).close();
    }
  }

  @Test
  void echoServesTheNextClient() throws IOException {
    try (RunningProgram server = Program.java("Echo").with(0).start();
        Socket next = connect(portOf(server))) {
      reset(portOf(server), "hi", 9);
      assertOneLine(server);
      next.shutdownOutput();
      assertThat(new String(next.getInputStream().readAllBytes(), ISO_8859_1))
          .isEqualTo("hello\r\ngoodbye\r\n");
    }
  }

  @Test
  void daytimeServesTheNextClient() throws IOException {
    try (RunningProgram server = Program.java("Daytime").with(0).start()) {
      int port = portOf(server);
      for (int i = 0; i < 20; i++) {
        reset(port, "unexpected", 0);
      }
      try (Socket next = connect(port)) {
        assertThat(new String(next.getInputStream().readAllBytes(), ISO_8859_1)).endsWith("\r\n");
      }
      assertThat(server.output()).doesNotContain("\tat ");
    }
  }

  @Test
  void theRedisServerSaysNothing() throws IOException {
    try (RunningProgram server = Program.java("RespServer").with(0).start()) {
      int port = portOf(server);
      reset(port, "PING\r\n", 7);
      try (Socket next = connect(port)) {
        next.getOutputStream().write("QUIT\r\n".getBytes(ISO_8859_1));
        assertThat(new String(next.getInputStream().readAllBytes(), ISO_8859_1))
            .isEqualTo("+OK\r\n");
      }
      assertThat(server.output()).isEqualTo("listening on " + port + "\n");
    }
  }

  @Test
  void aUnixClientThatLeavesTheAnswerIsOneLine(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("echo.sock");
    try (RunningProgram server = Program.java("UnixEcho").with(path).start()) {
      server.await("listening on ");
      try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
        client.write(ByteBuffer.wrap(new byte[] {'h', 'i'}));
        ByteBuffer one = ByteBuffer.allocate(1);
        client.read(one); // what is not read makes the kernel reset the connection
      }
      assertOneLine(server);
    }
  }
}
