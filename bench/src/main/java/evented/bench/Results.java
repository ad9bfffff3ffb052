package evented.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The folder of results: a section in Markdown and a chart for each workload, and a page of all
 * sections. A run writes those of its own workloads, and the others stay as they are.
 */
final class Results {
  private static final String HEAD =
      """
      # Results

      Written by `bench/run`; what each workload does and how to read this is in [its README](../README.md).
      Only ratios within one table mean anything: each says when and where it was measured.

      """;

  private final Path folder;

  Results(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  void write(String name, String section, String chart) throws IOException {
    Files.writeString(folder.resolve(name + ".svg"), chart);
    write(name, section);
  }

  void write(String name, String section) throws IOException {
    Files.writeString(folder.resolve(name + ".md"), section);
  }

  /** Writes the page of those sections that there are, in the order of their names. */
  void writePage(List<String> names) throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    for (String name : names) {
      Path section = folder.resolve(name + ".md");
      if (Files.exists(section)) {
        page.append(Files.readString(section)).append('\n');
      }
    }
    Files.writeString(folder.resolve("README.md"), page.toString().stripTrailing() + "\n");
  }
}
