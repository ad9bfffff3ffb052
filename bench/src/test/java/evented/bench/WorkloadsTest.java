package evented.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
  private final Workloads workloads = new Workloads(TestBench.workbench(), TestBench.peers());

  @Test
  void everyBaselineIsAmongThePeers() {
    assertThat(workloads.all())
        .allSatisfy(
            workload ->
                assertThat(workload.peers()).extracting(Peer::name).contains(workload.baseline()));
  }

  @Test
  void settingsComeFromTheEnvironment() {
    Settings settings = Settings.of(Map.of("ROUNDS", "7", "SECONDS_EACH", "0.5"));
    assertThat(settings).isEqualTo(new Settings(7, 0.5, 3));
  }

  @Test
  void redisBenchmarkIsUnderstood() {
    Sample sample =
        RedisWorkload.sample(
            """
            "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"
            "SET","81967.21","0.341","0.112","0.343","0.431","0.487","0.655"
            """);
    assertThat(sample.get(Metric.RATE)).isEqualTo(81967.21);
    assertThat(sample.get(Metric.P50)).isEqualTo(343);
    assertThat(sample.get(Metric.P99)).isEqualTo(487);
  }
}
