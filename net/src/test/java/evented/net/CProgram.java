package evented.net;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small C program that a test asks what the platform's own library says.
 *
 * <p>Without a compiler the test is skipped, with a message; under {@code CI=true} it fails.
 */
final class CProgram {
  private static final long DEADLINE_SECONDS = 60;

  private final Path folder;

  private CProgram(Path folder) {
    this.folder = folder;
  }

  static CProgram compile(Path folder, String source) throws Exception {
    Files.writeString(folder.resolve("program.c"), source);
    Process cc;
    try {
      cc = start(folder, new ProcessBuilder("cc", "-o", "program", "program.c"));
    } catch (IOException noCompiler) {
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError("CI must have a C compiler named cc", noCompiler);
      }
      return abort("skipped: there is no C compiler named cc");
    }
    finish(cc);
    return new CProgram(folder);
  }

  /** Gives the program one line for each of {@code lines} and returns the lines that it prints. */
  List<String> answers(List<String> lines) throws Exception {
    Path input = Files.write(folder.resolve("input"), lines);
    Path output = folder.resolve("output");
    var program = new ProcessBuilder(folder.resolve("program").toString());
    program.environment().put("LC_ALL", "C");
    finish(start(folder, program.redirectInput(input.toFile()).redirectOutput(output.toFile())));
    return Files.readAllLines(output);
  }

  private static Process start(Path folder, ProcessBuilder command) throws IOException {
    return command
        .directory(folder.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void finish(Process process) throws InterruptedException {
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The program did not end within " + DEADLINE_SECONDS + " s");
    }
    if (process.exitValue() != 0) {
      throw new AssertionError("The program ended with " + process.exitValue());
    }
  }
}
