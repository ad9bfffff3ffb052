package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors that a script inherits: one that listens (semantics S3), and connected ones. */
class DescriptorTest {
  private static final Path SCRIPTS = Path.of("src/test/js/descriptors");

  @TempDir Path folder;
  private Process process;

  @BeforeEach
  void onLinux() {
    boolean epoll = List.of("", "epoll").contains(System.getProperty("evented.transport", ""));
    assumeTrue(
        epoll && System.getProperty("os.name").equals("Linux"), "skipped: only epoll adopts");
  }

  @AfterEach
  void killWhatStillRuns() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void need(String program) {
    for (String path : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(path, program))) {
        return;
      }
    }
    assertThat(System.getenv("CI")).as("CI must have the program " + program).isNull();
    assumeTrue(false, "skipped: there is no program " + program);
  }

  private void start(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private void awaitSuccess() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  /** Skips what systemd-socket-activate says in between. */
  private static void awaitLine(BufferedReader output, String line) throws IOException {
    for (String read = output.readLine(); !line.equals(read); read = output.readLine()) {
      assertThat(read).as("It ended without saying " + line).isNotNull();
    }
  }

  private static String converse(SocketChannel channel, String text) throws IOException {
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    channel.shutdownOutput();
    return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String converse(UnixDomainSocketAddress address, String text) throws IOException {
    try (SocketChannel channel = SocketChannel.open(address)) {
      return converse(channel, text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"listen", "listenFD"})
  void systemdHandsDownAListeningDescriptor(String how) throws Exception {
    need("systemd-socket-activate");
    Path path = folder.resolve("socket");
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
    start(
        OwnJvm.under(
            List.of("systemd-socket-activate", "-l", path.toString()),
            OwnJvm.command(SCRIPTS.resolve("serve.js"), how, "3")));
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    awaitLine(output, "Listening on " + path + " as 3.");
    assertThat(converse(address, "first")).isEqualTo("heard first"); // this one started it
    assertThat(converse(address, "hi")).isEqualTo("heard hi");
    assertThat(converse(address, "stop")).isEqualTo("heard stop");
    awaitLine(output, "listening string 3");
    awaitLine(output, "closed");
    awaitSuccess();
    assertThat(path).as("The path is not ours to remove").exists();
  }

  @Test
  void aConnectedBlockingTcpDescriptorBecomesAStream() throws Exception {
    need("bash");
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String open = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + "; exec \"$0\" \"$@\"";
      start(
          OwnJvm.under(
              List.of("bash", "-c", open), OwnJvm.command(SCRIPTS.resolve("adopt.js"), "3")));
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write("there and back".getBytes(StandardCharsets.UTF_8));
        socket.shutdownOutput();
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo("early THERE AND BACK 14");
      }
    }
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("all well");
    awaitSuccess();
  }

  @Test
  void aConnectedUnixDescriptorBecomesAStream() throws Exception {
    need("socat");
    Path path = folder.resolve("socket");
    Path said = folder.resolve("said");
    Path program = folder.resolve("program");
    StringBuilder command = new StringBuilder();
    for (String word : OwnJvm.command(SCRIPTS.resolve("adopt.js"), "3", "unix")) {
      command.append(" '").append(word).append('\'');
    }
    Files.writeString(program, "exec 3<&0 </dev/null >'" + said + "'; exec" + command + "\n");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      start(List.of("socat", "UNIX-CONNECT:" + path, "EXEC:sh " + program + ",nofork"));
      try (SocketChannel channel = server.accept()) {
        assertThat(converse(channel, "there and back")).isEqualTo("early THERE AND BACK 14");
      }
    }
    awaitSuccess();
    assertThat(said).hasContent("all well\n".strip());
  }

  @Test
  void aDescriptorThatDoesNotListenIsAnError() throws Exception {
    need("bash");
    String open = "exec 3</dev/null; exec \"$0\" \"$@\"";
    start(
        OwnJvm.under(
            List.of("bash", "-c", open),
            OwnJvm.command(SCRIPTS.resolve("serve.js"), "listenFD", "3")));
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).startsWith("error E");
    awaitSuccess();
  }
}
