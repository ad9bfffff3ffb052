package evented.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of this machine. */
final class Executables {
  private Executables() {}

  /** Finds a program by its name; Debian keeps some of them off the path. */
  static Optional<Path> find(String name) {
    return Stream.concat(Stream.of(System.getenv("PATH").split(":", -1)), Stream.of("/usr/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The path of a program; its bare name, which fails when it is started, if there is none. */
  static String path(String name) {
    return find(name).map(Path::toString).orElse(name);
  }

  /**
   * Runs a program to its end and returns what it prints, on either output.
   *
   * @throws IOException if it cannot be started, or ends with another code than 0
   */
  static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          String.join(" ", command) + " ended with " + process.exitValue() + ": " + output);
    }
    return output;
  }

  /** What a program prints, or nothing if there is no such program, or it fails. */
  static Optional<String> tryRun(String... command) throws InterruptedException {
    try {
      return Optional.of(run(command));
    } catch (IOException absent) {
      return Optional.empty();
    }
  }
}
