package evented.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
  private static final Path COMMITTED = Path.of("results");
  private static final Path README = Path.of("..", "README.md");
  private static final String AGAIN = "made from the data anew by: bench/run report";

  private final List<Workload> all = workloads();

  private static List<Workload> workloads() {
    Workbench workbench = Workbench.at(Path.of("src/main"), Path.of("target"));
    return new Workloads(workbench, new Peers(workbench, List.of("./evented"))).all();
  }

  @Test
  void everyTableAndChartIsMadeFromTheDataBesideIt() throws IOException {
    for (Map.Entry<String, String> file : new Results(COMMITTED).files(all).entrySet()) {
      assertThat(COMMITTED.resolve(file.getKey())).as(AGAIN).hasContent(file.getValue());
    }
  }

  @Test
  void nothingElseLiesAmongTheResults() throws IOException {
    Set<String> names = new TreeSet<>(new Results(COMMITTED).files(all).keySet());
    all.forEach(workload -> names.add(workload.name() + ".csv"));
    names.add("jmh.csv");
    try (Stream<Path> files = Files.list(COMMITTED)) {
      assertThat(files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()))
          .isSubsetOf(names);
    }
  }

  @Test
  void theTableInTheReadmeIsMadeFromTheSameData() throws IOException {
    String readme = Files.readString(README);
    assertThat(readme)
        .as(AGAIN)
        .isEqualTo(new Summary(new Results(COMMITTED).outcomes(all)).in(readme));
  }

  @Test
  void thePageHoldsTheSectionsThatThereAreInOrder(@TempDir Path folder) throws IOException {
    Results results = new Results(folder);
    results.save("reply", data("3"));
    results.save("echo", data("1"));
    results.save("echo", data("2"));
    results.writeFiles(all);
    assertThat(Files.readString(folder.resolve("README.md")))
        .startsWith("# Results\n")
        .contains("| c |  | 1.00 | 2.00 |", "## reply")
        .doesNotContain("| 1.00 | 1.00 |", "## bulk")
        .containsSubsequence("## echo\n", "## reply\n");
  }

  private static Csv data(String microseconds) {
    return new Csv(
        List.of("2026-11-22."),
        List.of(
            List.of("server", "flags", "round", "cpu_micros"),
            List.of("c", "", "1", microseconds)));
  }
}
