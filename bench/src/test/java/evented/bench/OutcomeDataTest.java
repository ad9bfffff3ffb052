package evented.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeDataTest {
  private final Workload workload = new StartUpWorkload(List.of());
  private final Outcome outcome = new Outcome(workload, "2026-11-22.\nVersions.");

  @Test
  void everyRoundHasARow() {
    outcome.add("netty:epoll", "-Xmx256m", new Sample().with(Metric.START_UP, 289.12345));
    outcome.add("c", "", new Sample().with(Metric.START_UP, 2));
    outcome.add("c", "", new Sample());
    outcome.leaveOut("node", "node is not installed,\nnowhere");
    assertThat(OutcomeData.of(outcome).format())
        .isEqualTo(
            """
            # 2026-11-22.
            # Versions.
            # left out: node, node is not installed, / nowhere
            server,flags,round,start_up
            netty:epoll,-Xmx256m,1,289.123
            c,,1,2
            c,,2,
            """);
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    outcome.add("netty:epoll", "-Xmx256m", new Sample().with(Metric.START_UP, 289.123));
    outcome.add("c", "", new Sample());
    outcome.leaveOut("node", "it ends at once, twice");
    String text = OutcomeData.of(outcome).format();
    Outcome read = OutcomeData.read(Csv.parse(text), workload);
    assertThat(OutcomeData.of(read).format()).isEqualTo(text);
    assertThat(read.median("netty:epoll", Metric.START_UP)).isEqualTo(289.123);
    assertThat(read.leftOut()).containsEntry("node", "it ends at once, twice");
    assertThat(read.circumstances()).isEqualTo("2026-11-22.\nVersions.");
  }

  @Test
  void aCommaInAValueIsRefused() {
    outcome.add("c", "-a,-b", new Sample());
    assertThatThrownBy(() -> OutcomeData.of(outcome).format())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-a,-b");
  }
}
