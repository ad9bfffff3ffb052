package evented.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkloadsTest {
  private final Workloads workloads = new Workloads(TestBench.workbench(), TestBench.peers());

  @Test
  void aNameIsThatOfOneWorkload() {
    assertThat(names("echo")).containsExactly("echo");
  }

  @Test
  void theBeginningOfSeveralNamesStandsForThem() {
    assertThat(names("tls")).containsExactly("tls-bulk", "tls-handshakes");
  }

  @Test
  void noNameStandsForAll() {
    assertThat(names()).hasSize(17).contains("idle", "start-up", "proxy", "resp-get-16");
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> names("ehco"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown workload ehco; there are echo, ");
  }

  @Test
  void everyBaselineIsAmongThePeers() {
    assertThat(workloads.named(List.of()))
        .allSatisfy(
            workload ->
                assertThat(workload.peers()).extracting(Peer::name).contains(workload.baseline()));
  }

  @Test
  void settingsComeFromTheEnvironment() {
    Settings settings =
        Settings.of(Map.of("ROUNDS", "7", "SECONDS_EACH", "0.5", "PEERS", "c evented:epoll"));
    assertThat(settings.rounds()).isEqualTo(7);
    assertThat(settings.seconds()).isEqualTo(0.5);
    assertThat(settings.warmUp()).isEqualTo(3);
    assertThat(settings.peers()).containsExactlyInAnyOrder("c", "evented:epoll");
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

  private List<String> names(String... names) {
    return workloads.named(Arrays.asList(names)).stream().map(Workload::name).toList();
  }
}
