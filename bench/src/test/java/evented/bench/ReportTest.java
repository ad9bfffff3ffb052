package evented.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final double BUSY = 250_000;
  private static final double HALF_BUSY = 125_000;

  private final Workload workload =
      new LoadWorkload(
          "echo",
          "Bytes come back.",
          "messages",
          "message",
          "c",
          List.of(),
          Work.tcp("echo"),
          new Load("load", "echo", 1, 1, 1));
  private final Outcome outcome = new Outcome(workload, "2026-11-22.");

  @Test
  void theTableShowsMediansAndTheirRatiosToTheBaseline() {
    outcome.add("c", "", sample(3, 2 * BUSY));
    outcome.add("c", "", sample(2, 2 * BUSY));
    outcome.add("netty:epoll", "-Xmx256m", sample(4, BUSY));
    outcome.add("c", "", sample(1, 2 * BUSY));
    assertThat(new Report(outcome).table())
        .isEqualTo(
            """
            | server | flags | CPU, c = 1 | CPU µs per message | rate, c = 1 | messages/s | p50 µs | p99 µs | p99.9 µs |
            | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
            | c |  | 1.00 | 2.00 | 1.00 | 500,000 | 10 | 20 | 30 |
            | netty:epoll | `-Xmx256m` | 2.00 | 4.00 | 0.50 | 250,000 | 10 | 20 | 30 |
            """);
  }

  @Test
  void withoutTheBaselineThereAreNoRatios() {
    outcome.add("netty:epoll", "-Xmx256m", sample(4, BUSY));
    outcome.leaveOut("c", "does not start");
    assertThat(new Report(outcome).table()).contains("| – | 4.00 | – | 250,000 |");
  }

  @Test
  void aRateAtWhichTheServerHadTimeLeftIsInBrackets() {
    outcome.add("c", "", sample(4, HALF_BUSY));
    assertThat(new Report(outcome).table()).contains("| 1.00 | 4.00 | (1.00) | (125,000) |");
  }

  @Test
  void whoIsLeftOutIsNamedAndHasNoRow() {
    outcome.add("c", "", sample(4, BUSY));
    outcome.add("node", "", sample(4, BUSY));
    outcome.leaveOut("node", "node is not installed");
    assertThat(new Report(outcome).section())
        .contains("- node is left out: node is not installed\n", "## echo\n", "(echo.svg)")
        .doesNotContain("| node")
        .endsWith("2026-11-22.\n");
  }

  @Test
  void theChartShowsProcessorTimeAsTheRatio() {
    outcome.add("c", "", sample(2, BUSY));
    outcome.add("netty:epoll", "", sample(3, BUSY));
    assertThat(new Report(outcome).chart()).contains(">1.50<", "CPU, c = 1, less is better");
  }

  private static Sample sample(double cpuMicros, double rate) {
    return new Sample()
        .with(Metric.CPU_MICROS, cpuMicros)
        .with(Metric.RATE, rate)
        .with(Metric.P50, 10)
        .with(Metric.P99, 20)
        .with(Metric.P999, 30);
  }
}
