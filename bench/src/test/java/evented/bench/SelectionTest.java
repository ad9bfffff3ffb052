package evented.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private final List<Workload> all = new Workloads(TestBench.workbench(), TestBench.peers()).all();

  @Test
  void aNameIsThatOfOneWorkload() {
    assertThat(workloads("echo")).containsExactly("echo");
  }

  @Test
  void theBeginningOfSeveralNamesStandsForThem() {
    assertThat(workloads("tls")).containsExactly("tls-bulk", "tls-handshakes");
  }

  @Test
  void noNameStandsForAll() {
    assertThat(workloads()).hasSize(17).contains("idle", "start-up", "proxy", "resp-get-16");
  }

  @Test
  void serversAloneAreMeasuredInAllWorkloads() {
    assertThat(workloads("c")).hasSize(17);
  }

  @Test
  void serversAreNamedAmongTheWorkloads() {
    Selection selection = select("echo", "c", "evented", "reply");
    assertThat(selection.workloads()).extracting(Workload::name).containsExactly("echo", "reply");
    assertThat(selection.servers())
        .contains("c", "evented:epoll", "evented:nio")
        .doesNotContain("node", "evented-pipe:nio");
  }

  @Test
  void onlyTheChosenServersAreMeasured() {
    Selection selection = select("echo", "c", "netty:epoll");
    assertThat(selection.hasAllServers()).isFalse();
    assertThat(selection.peers(selection.workloads().get(0)))
        .extracting(Peer::name)
        .containsExactly("c", "netty:epoll");
  }

  @Test
  void theMicrobenchmarksAreNotAmongAll() {
    assertThat(select().microbenchmarks()).isFalse();
    assertThat(select("jmh").microbenchmarks()).isTrue();
    assertThat(workloads("jmh")).isEmpty();
  }

  @Test
  void anUnknownWordIsRefusedWithTheNamesThatThereAre() {
    assertThatThrownBy(() -> select("echo", "evnted"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unknown evnted; there are the workloads echo, ")
        .hasMessageContaining(", and the servers c, ");
  }

  private Selection select(String... words) {
    return Selection.of(List.of(words), all);
  }

  private List<String> workloads(String... words) {
    return select(words).workloads().stream().map(Workload::name).toList();
  }
}
