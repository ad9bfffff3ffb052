package evented.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private final Peer c = Peer.own("c", "", List.of());
  private final Peer netty = Peer.own("netty:epoll", "-Xmx256m", List.of());
  private final Peer node = Peer.own("node", "", List.of());
  private final Workload workload =
      new LoadWorkload(
          "echo",
          "Bytes come back.",
          "messages",
          "message",
          "c",
          List.of(c, netty, node),
          Work.tcp("echo"),
          new Load("load", "echo", 1, 1, 1));
  private final Outcome outcome = new Outcome(workload);

  @Test
  void theTableShowsMediansAndTheirRatiosToTheBaseline() {
    outcome.add(netty, sample(2000, 4));
    outcome.add(c, sample(1000, 2));
    outcome.add(c, sample(5000, 2));
    outcome.add(c, sample(4000, 2));
    assertThat(new Report(outcome).table())
        .isEqualTo(
            """
            | server | flags | messages/s | of c | CPU µs per message | of c | p50 µs | p99 µs | p99.9 µs |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | c |  | 4,000 | 1.00 | 2.00 | 1.00 | 10 | 20 | 30 |
            | netty:epoll | `-Xmx256m` | 2,000 | 0.50 | 4.00 | 2.00 | 10 | 20 | 30 |
            """);
  }

  @Test
  void withoutTheBaselineThereAreNoRatios() {
    outcome.add(netty, sample(2000, 4));
    outcome.leaveOut(c, "does not start");
    assertThat(new Report(outcome).table()).contains("| 2,000 | – | 4.00 | – |");
  }

  @Test
  void whoIsLeftOutIsNamedAndHasNoRow() {
    outcome.add(c, sample(1000, 2));
    outcome.add(node, sample(1000, 2));
    outcome.leaveOut(node, "node is not installed");
    String section = new Report(outcome).section("2026-11-22.");
    assertThat(section)
        .contains("- node is left out: node is not installed\n", "## echo\n", "(echo.svg)")
        .doesNotContain("| node")
        .endsWith("2026-11-22.\n");
  }

  @Test
  void thePageHoldsTheSectionsThatThereAreInOrder(@TempDir Path folder) throws IOException {
    Results results = new Results(folder);
    results.write("reply", "## reply\n", "<svg/>");
    results.write("echo", "## echo\n", "<svg/>");
    results.write("echo", "## echo again\n", "<svg/>");
    results.writePage(List.of("echo", "bulk", "reply"));
    assertThat(Files.readString(folder.resolve("README.md")))
        .startsWith("# Results\n")
        .endsWith("## echo again\n\n## reply\n");
  }

  private static Sample sample(double rate, double cpuMicros) {
    return new Sample()
        .with(Metric.RATE, rate)
        .with(Metric.CPU_MICROS, cpuMicros)
        .with(Metric.P50, 10)
        .with(Metric.P99, 20)
        .with(Metric.P999, 30);
  }
}
