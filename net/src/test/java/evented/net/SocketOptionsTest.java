package evented.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The options of sockets as the kernel has them: {@code ss} shows its timers, {@code strace} the
 * calls.
 */
class SocketOptionsTest {
  @BeforeEach
  void onLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "skipped: only Linux has ss");
  }

  /** The timers that {@code ss} shows for the client's end of {@code stream}. */
  private static String timers(Stream stream) {
    int port = ((InetSocketAddress) stream.localAddress()).getPort();
    return Program.named("ss").with("-tinoH", "sport", "=", ":" + port).run("");
  }

  /** The seconds to the next keep-alive probe; -1 if none will come. */
  private static double keepAliveSeconds(Stream stream) {
    Matcher timer =
        Pattern.compile("timer:\\(keepalive,(?:(\\d+)min)?(?:([\\d.]+?)(ms|sec)?)?,")
            .matcher(timers(stream));
    if (!timer.find()) {
      return -1;
    }
    double minutes = timer.group(1) == null ? 0 : Integer.parseInt(timer.group(1));
    String rest = timer.group(2);
    double seconds = rest == null || rest.isEmpty() ? 0 : Double.parseDouble(rest);
    return minutes * 60 + ("ms".equals(timer.group(3)) ? seconds / 1000 : seconds);
  }

  private static Stream established(TestNet net, Stream stream) {
    CompletableFuture<Stream> established = new CompletableFuture<>();
    stream.onConnect(() -> established.complete(stream));
    Wire.connect(stream, net.serve(Wire.TCP, accepted -> {}));
    Await.get(established);
    // A connection's first probe is only armed once its handshake is through; so are options.
    net.onLoop(() -> null);
    return stream;
  }

  @Test
  void W7_thereAreNoKeepAliveProbesUnlessAskedFor() {
    try (TestNet net = new TestNet()) {
      assertThat(keepAliveSeconds(established(net, net.loop().newStream()))).isEqualTo(-1);
    }
  }

  @Test
  void W7_keepAliveThatIsAskedForBeforeConnectIsKept() {
    try (TestNet net = new TestNet()) {
      Stream stream = established(net, net.loop().newStream().setKeepAlive(true, 90_000));
      assertThat(keepAliveSeconds(stream)).isBetween(61.0, 90.0);
    }
  }

  @Test
  void W7_keepAliveIsSwitchedOnAndOffWhileTheStreamIsOpen() {
    try (TestNet net = new TestNet()) {
      Stream stream = established(net, net.loop().newStream());
      stream.setKeepAlive(true, 45_500);
      net.onLoop(() -> null);
      assertThat(keepAliveSeconds(stream)).isBetween(25.0, 46.0);
      stream.setKeepAlive(true); // leaves the delay as it is
      net.onLoop(() -> null);
      assertThat(keepAliveSeconds(stream)).isBetween(15.0, 46.0);
      stream.setKeepAlive(false);
      net.onLoop(() -> null);
      assertThat(keepAliveSeconds(stream)).isEqualTo(-1);
    }
  }

  @Test
  void W7_theKernelIsToldToSwitchNagleOff(@TempDir Path folder) throws Exception {
    Path calls = folder.resolve("calls");
    Program strace =
        Program.named("strace")
            .with("-f", "-qq", "-o", calls, "-e", "trace=setsockopt", "--seccomp-bpf");
    try (RunningProgram child = Program.java(NoDelayClient.class.getName()).under(strace).start()) {
      child.awaitSuccess();
    }
    Map<String, String> last = new HashMap<>(); // of each descriptor
    Pattern.compile("setsockopt\\((\\d+), SOL_TCP, TCP_NODELAY, \\[(\\d)\\], 4\\) = 0")
        .matcher(Files.readString(calls))
        .results()
        .forEach(call -> last.put(call.group(1), call.group(2)));
    assertThat(last.values().stream().filter("1"::equals)).hasSize(2);
  }
}
