package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;

import evented.net.Loop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.junit.jupiter.api.Test;

/** The specification's own code, letter by letter, spoken to from outside. */
class ExamplesTest {
  private static final Path ECHO = Path.of("../examples/echo.js");

  /** Of the specification, where "the last line would just be changed". */
  private static final String UNIX = "server.listen('/tmp/echo.sock');";

  private static final String RANDOM_PORT =
      """
      var net = require('net');
      var server = net.createServer(function (socket) {
        socket.end("goodbye\\n");
      });

      // grab a random port.
      server.listen(function() {
        address = server.address();
        console.log("opened server on %j", address);
      });
      """;

  @Test
  void theEchoServer() throws Exception {
    talk(
        Files.readString(ECHO),
        host -> {
          SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 8124);
          assertThat(exchange(address, "hi\r\n")).isEqualTo("hello\r\nhi\r\ngoodbye\r\n");
        });
  }

  @Test
  void aClientThatResetsIsOneLineToTheEchoServer() throws Exception {
    talk(
        Files.readString(ECHO).replaceFirst("8124", "0")
            + "\nserver.on('listening', function () { address = server.address(); });",
        host -> {
          int port = host.eval("port.js", "address.port").get(60, TimeUnit.SECONDS).asInt();
          InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
          try (SocketChannel client = SocketChannel.open(address)) {
            client.write(ByteBuffer.wrap(new byte[] {'h', 'i'}));
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
          }
          for (int i = 0; i < 1_000 && output.size() == 0; i++) {
            assertThat(exchange(address, "hi\r\n")).isEqualTo("hello\r\nhi\r\ngoodbye\r\n");
          }
          assertThat(output.toString(StandardCharsets.UTF_8))
              .matches("(read|write) (ECONNRESET|EPIPE)\n");
        });
  }

  @Test
  void theEchoServerOnAUnixSocket() throws Exception {
    talk(
        Files.readString(ECHO).replaceFirst("server\\.listen\\(.*\\);", UNIX),
        host -> {
          SocketAddress address = UnixDomainSocketAddress.of("/tmp/echo.sock");
          assertThat(exchange(address, "hi\r\n")).isEqualTo("hello\r\nhi\r\ngoodbye\r\n");
        });
  }

  @Test
  void theServerOnARandomPort() throws Exception {
    talk(
        RANDOM_PORT,
        host -> {
          int port = host.eval("port.js", "address.port").get(60, TimeUnit.SECONDS).asInt();
          assertThat(exchange(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ""))
              .isEqualTo("goodbye\n");
          assertThat(output.toString(StandardCharsets.UTF_8))
              .isEqualTo(
                  "opened server on {\"address\":\"0.0.0.0\",\"family\":\"IPv4\",\"port\":"
                      + port
                      + "}\n");
        });
  }

  /** Speaks to a host. */
  @FunctionalInterface
  private interface Talk {
    void to(Host host) throws Exception;
  }

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  private void talk(String code, Talk talk) throws Exception {
    CompletableFuture<Boolean> listening = new CompletableFuture<>();
    try (Loop loop = Loop.create(1);
        Host host =
            Host.builder()
                .loop(loop)
                .output(output, output)
                .allowListen("*")
                .allowConnect("*")
                .allowUnixSockets(Path.of("/tmp"))
                .build()) {
      host.share("tell", (ProxyExecutable) arguments -> listening.complete(true));
      host.eval("example.js", code + "\nserver.on('listening', tell);").get(60, TimeUnit.SECONDS);
      listening.get(60, TimeUnit.SECONDS);
      talk.to(host);
    }
  }

  private static String exchange(SocketAddress address, String text) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput();
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate(1024);
      while (channel.read(buffer.clear()) >= 0) {
        answer.write(buffer.array(), 0, buffer.position());
      }
      return answer.toString(StandardCharsets.UTF_8);
    }
  }
}
