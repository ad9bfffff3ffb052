package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Semantics W2, counted in the kernel. */
class GatheringSystemCallTest {
  static final int WRITES = 100;

  /** A system call that hands the kernel bytes which begin with what the program answers. */
  private static final Pattern WRITE = Pattern.compile("(send\\w*|writev?)\\(\\d+, [^\"]*\"x");

  @ParameterizedTest
  @EnumSource(Wire.class)
  void W2_aHundredSmallWritesOfOneCallbackAreOneSystemCall(Wire wire, @TempDir Path folder)
      throws Exception {
    Path calls = folder.resolve("calls");
    Program strace =
        Program.named("strace")
            .with("-f", "-qq", "-o", calls)
            .with("-e", "trace=write,writev,sendto,sendmsg,sendmmsg");
    Program server = Program.java(GatheringProgram.class.getName());
    Path path = folder.resolve("s");
    try (RunningProgram running =
        (wire == Wire.UNIX ? server.with(path) : server).under(strace).start()) {
      SocketAddress address =
          wire == Wire.UNIX
              ? listeningAt(running, path)
              : new InetSocketAddress(
                  "127.0.0.1", Integer.parseInt(running.await("port (\\d+)\\.").group(1)));
      try (SocketChannel client = Wire.rawSocket(address)) {
        RawBytes.write(client, "go");
        assertThat(RawBytes.readAllText(client)).isEqualTo("x".repeat(WRITES));
      }
      running.awaitSuccess();
    }
    List<String> writes =
        Files.readAllLines(calls).stream().filter(line -> WRITE.matcher(line).find()).toList();
    assertThat(writes).singleElement().asString().contains("..., " + WRITES);
  }

  private static SocketAddress listeningAt(RunningProgram running, Path path) {
    running.await("listening\\.");
    return UnixDomainSocketAddress.of(path);
  }
}
