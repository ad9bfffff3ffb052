package evented.net;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import evented.testing.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A C library under a child process whose socket calls fall short, or fail, by rules that a test
 * gives and replaces; {@code src/test/c/faulty-sockets.c} tells what they look like.
 *
 * <pre>{@code
 * FaultySockets faults = FaultySockets.compile(folder).rules("receive:EIO:at=3:times=1");
 * ChildJvm child = ChildJvm.startOver(faults, SomeProgram.class);
 * …
 * assertThat(faults.hits()).containsExactly(1L);
 * }</pre>
 *
 * <p>Without a C compiler the test is skipped, with a message; under {@code CI=true} it fails.
 */
final class FaultySockets {
  private static final Path SOURCE = Path.of("src/test/c/faulty-sockets.c").toAbsolutePath();

  private final Path folder;
  private final Path library;

  private FaultySockets(Path folder, Path library) {
    this.folder = folder;
    this.library = library;
  }

  static FaultySockets compile(Path folder) {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "skipped: only Linux has what this needs");
    Path library = folder.resolve("faulty-sockets.so");
    Program.named("cc")
        .with("-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror")
        .with("-o", library, SOURCE, "-ldl", "-lpthread")
        .run("");
    return new FaultySockets(folder, library).rules();
  }

  /** Has these rules count from the next call on, in place of the former ones. */
  FaultySockets rules(String... rules) {
    try {
      Path next = Files.write(folder.resolve("next-rules"), List.of(rules));
      Files.move(
          next, rulesFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private Path rulesFile() {
    return folder.resolve("rules");
  }

  private Path report() {
    return folder.resolve("report");
  }

  /** What the environment of a process is to hold for it to run over this library. */
  List<String> environment() {
    return List.of(
        "LD_PRELOAD=" + library,
        "FAULTS=" + rulesFile(),
        "FAULTS_REPORT=" + report(),
        "FAULTS_SEED=" + SEED);
  }

  /** So that a failure can be had again: {@code -Devented.seed=…}. */
  static final long SEED = Long.getLong("evented.seed", System.nanoTime());

  /** How often each rule has struck. */
  List<Long> hits() {
    List<Long> hits = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(report())) {
        hits.add(Long.parseLong(line.trim().split(" +")[2]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hits;
  }
}
