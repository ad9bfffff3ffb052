package evented.net;

import static org.assertj.core.api.Assertions.assertThat;

import evented.testing.Program;
import evented.testing.RunningProgram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code iperf3} on both sides of a proxy that is made of two pipes. */
class IperfTest {
  private static final long BYTES = 64 << 20;

  @ParameterizedTest
  @ValueSource(strings = {"", "--reverse"})
  void R6_aProxyOfTwoPipesCarriesIperf(String direction) throws IOException {
    int port = FreePort.find(); // it cannot choose one for itself
    try (TestNet net = new TestNet();
        RunningProgram server =
            Program.named("iperf3")
                .with("--server", "--one-off", "--forceflush", "-B", "127.0.0.1", "-p", port)
                .start()) {
      server.await("Server listening on " + port);
      var proxy =
          (InetSocketAddress)
              net.serve(
                  Wire.TCP,
                  client -> {
                    Stream upstream = net.loop().createConnection(port, "127.0.0.1");
                    client.pipe(upstream).pipe(client);
                  });
      Program client =
          Program.named("iperf3").with("-c", "127.0.0.1", "-p", proxy.getPort(), "-J", "-n", BYTES);
      String report = (direction.isEmpty() ? client : client.with(direction)).run("");
      // It stops counting when its other connection says so, be bytes still under way or not.
      assertThat(received(report)).isGreaterThan(BYTES / 2);
      server.awaitSuccess();
    }
  }

  private static long received(String report) {
    Matcher sum =
        Pattern.compile("\"sum_received\":\\s*\\{[^}]*\"bytes\":\\s*(\\d+)").matcher(report);
    assertThat(sum.find()).as(report).isTrue();
    return Long.parseLong(sum.group(1));
  }
}
