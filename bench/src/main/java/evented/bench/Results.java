package evented.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder of results. A run writes one data file for each of its workloads, and the others stay
 * as they are; the page of tables and the charts are made from the data files alone.
 */
final class Results {
  private static final String PAGE = "README.md";
  private static final String DATA = ".csv";

  private static final String HEAD =
      """
      # Results

      Made by `bench/run` from the data files beside it; what each workload does and how to read this is in
      [its README](../README.md). Only ratios within one table mean anything: each says when and where it was
      measured.

      """;

  private final Path folder;

  Results(Path folder) {
    this.folder = folder;
  }

  void save(String name, Csv data) throws IOException {
    Files.writeString(Files.createDirectories(folder).resolve(name + DATA), data.format());
  }

  /** The outcomes of those workloads that have a data file, in the order given. */
  List<Outcome> outcomes(List<Workload> workloads) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    for (Workload workload : workloads) {
      Path file = folder.resolve(workload.name() + DATA);
      if (Files.exists(file)) {
        outcomes.add(OutcomeData.read(Csv.parse(Files.readString(file)), workload));
      }
    }
    return outcomes;
  }

  /** The names and texts of the files that are made from the data. */
  Map<String, String> files(List<Workload> workloads) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    StringBuilder page = new StringBuilder(HEAD);
    for (Outcome outcome : outcomes(workloads)) {
      Report report = new Report(outcome);
      files.put(outcome.workload().name() + ".svg", report.chart());
      page.append(report.section()).append('\n');
    }
    Path jmh = folder.resolve(Microbenchmarks.NAME + DATA);
    if (Files.exists(jmh)) {
      page.append(Microbenchmarks.section(Csv.parse(Files.readString(jmh))));
    }
    files.put(PAGE, page.toString().stripTrailing() + "\n");
    return files;
  }

  /** Makes those files. */
  void writeFiles(List<Workload> workloads) throws IOException {
    for (Map.Entry<String, String> file : files(workloads).entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
  }
}
