package evented.net.js;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every script of src/test/js, each of which ends with exit code 0 if what it checks holds. */
class ScriptsTest {
  private static final Path SCRIPTS = Path.of("src/test/js");

  @TestFactory
  Stream<DynamicTest> rowsOfTheSemantics() throws IOException {
    return scripts("rows");
  }

  @TestFactory
  Stream<DynamicTest> modulesAndGlobals() throws IOException {
    return scripts("modules");
  }

  @TestFactory
  Stream<DynamicTest> styles() throws IOException {
    return scripts("styles");
  }

  private static Stream<DynamicTest> scripts(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SCRIPTS.resolve(folder))) {
      return files
          .filter(file -> file.toString().matches(".*\\.m?js"))
          .filter(file -> !isAlone(file))
          .sorted()
          .toList()
          .stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString().replace('-', ' '), () -> passes(file)));
    }
  }

  /** Whether it says that it needs a JVM of its own, in which another test runs it. */
  private static boolean isAlone(Path file) {
    try {
      return Files.readString(file).startsWith("// In a JVM of its own");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void passes(Path file) throws Exception {
    Run run = Run.script(file);
    assertThat(run.code()).as(file + ": " + run.output() + run.error()).isZero();
  }
}
