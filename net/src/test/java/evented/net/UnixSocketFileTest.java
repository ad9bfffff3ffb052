package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import evented.testing.Program;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies at the path of a UNIX socket before and after a server. */
class UnixSocketFileTest {
  private static String listen(TestNet net, Path path) {
    Server server = net.server(stream -> {});
    EventLog log = EventLog.of(server);
    server.listen(path.toString());
    Await.until("an outcome", () -> !log.entries().isEmpty());
    return log.entries().get(0);
  }

  private static void leaveDeadSocket(Path path) throws IOException {
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(path))
        .close();
    assertThat(path).exists();
  }

  @Test
  void F42_aDeadSocketIsReplacedAndNoLockStays() throws Exception {
    try (TestNet net = new TestNet()) {
      Path path = net.folder().resolve("s");
      leaveDeadSocket(path);
      assertThat(listen(net, path)).isEqualTo("listening");
      try (var files = Files.list(path.getParent())) {
        assertThat(files).containsExactly(path);
      }
    }
  }

  @Test
  void F42_aFifoIsLeftAlone() throws Exception {
    try (TestNet net = new TestNet()) {
      Path path = net.folder().resolve("fifo");
      Program.named("mkfifo").with(path).run("");
      assertThat(listen(net, path)).isEqualTo("error EADDRINUSE");
      assertThat(Program.named("stat").with("-c", "%F", path).run("")).isEqualTo("fifo\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "file", "link to a folder", "link to nowhere"})
  void F42_nothingButADeadSocketIsRemoved(String what) throws Exception {
    try (TestNet net = new TestNet()) {
      Path path = net.folder().resolve("s");
      switch (what) {
        case "folder" -> Files.createDirectory(path);
        case "file" -> Files.writeString(path, "precious");
        case "link to a folder" -> Files.createSymbolicLink(path, path.getParent());
        default -> Files.createSymbolicLink(path, Path.of("nowhere"));
      }
      assertThat(listen(net, path)).isEqualTo("error EADDRINUSE");
      assertThat(Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)).isTrue();
    }
  }

  @Test
  void F42_aDeviceIsLeftAlone() {
    try (TestNet net = new TestNet()) {
      assertThat(listen(net, Path.of("/dev/null"))).isEqualTo("error EADDRINUSE");
      assertThat(Path.of("/dev/null")).exists();
    }
  }

  @Test
  void F42_ofThreeProcessesThatFindADeadSocketOneListens() throws Exception {
    int rounds = 50;
    List<ChildJvm> children = new ArrayList<>();
    try (TestNet net = new TestNet()) {
      for (int i = 0; i < 3; i++) {
        children.add(ChildJvm.start(UnixSocketRaceProgram.class));
      }
      for (ChildJvm child : children) {
        child.awaitLine("ready");
      }
      for (int round = 0; round < rounds; round++) {
        Path path = net.folder().resolve("s");
        leaveDeadSocket(path);
        for (ChildJvm child : children) {
          child.tell(path.toString());
        }
        List<String> outcomes = new ArrayList<>();
        for (ChildJvm child : children) {
          outcomes.add(child.awaitLine(path + " "));
        }
        assertThat(outcomes)
            .as("round %d", round)
            .containsExactlyInAnyOrder("listening", "EADDRINUSE", "EADDRINUSE");
        try (SocketChannel client = Wire.rawSocket(UnixDomainSocketAddress.of(path))) {
          assertThat(client.isConnected()).isTrue();
        }
        for (ChildJvm child : children) {
          child.tell("close");
          child.awaitLine("closed " + path);
        }
      }
    } finally {
      children.forEach(ChildJvm::close);
    }
  }

  @Test
  void F42_aNameThatTheLocaleCannotExpressIsRefusedAtTheCall() {
    Program posix = Program.named("env").with("LC_ALL=C", "LANG=C");
    Program child = Program.java(UnixSocketNameProgram.class.getName());
    String output = child.under(posix).run("");
    assertThat(output)
        .containsAnyOf(
            "listening", // this JVM takes UTF-8 there as well
            "refused path " + UnixSocketNameProgram.NAME_IN_ASCII);
    assertThat(output).doesNotContain("hangs");
  }

  @Test
  void F3_aPathWithAZeroCharacterThrows() {
    try (TestNet net = new TestNet()) {
      assertThatThrownBy(() -> net.server(stream -> {}).listen("a\0b"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
