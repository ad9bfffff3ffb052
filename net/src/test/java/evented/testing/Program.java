package evented.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A program that a test starts and speaks to, with its arguments.
 *
 * <pre>{@code
 * String reply = Program.named("nc").with("-N", "127.0.0.1", port).run("hi\r\n");
 * }</pre>
 */
public final class Program {
  private final List<String> command;

  private Program(List<String> command) {
    this.command = command;
  }

  /**
   * A program that we did not write. Where it is not installed the test is skipped, with a message;
   * under {@code CI=true} it fails.
   */
  public static Program named(String name) {
    Path found = find(name);
    if (found != null) {
      return new Program(List.of(found.toString()));
    }
    if (isCi()) {
      throw new AssertionError("CI must have the program " + name);
    }
    return abort("skipped: there is no program " + name);
  }

  /** A program that not even continuous integration has to have. */
  public static Program optional(String name) {
    Path found = find(name);
    return found != null
        ? new Program(List.of(found.toString()))
        : abort("skipped: there is no program " + name);
  }

  /** A class with a {@code main}, in a JVM of its own, with this JVM's class path and transport. */
  public static Program java(String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1"); // these live for a second
    command.add("-XX:+UseSerialGC");
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"); // nio adopts descriptors by these
    command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    command.add("-Devented.transport=" + System.getProperty("evented.transport", ""));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return new Program(List.copyOf(command));
  }

  /** A file that the test has made. */
  public static Program file(Path file) {
    return new Program(List.of(file.toString()));
  }

  /** The same with more arguments; each is taken as its text. */
  public Program with(Object... arguments) {
    List<String> longer = new ArrayList<>(command);
    for (Object argument : arguments) {
      longer.add(argument.toString());
    }
    return new Program(List.copyOf(longer));
  }

  /** This program as the last arguments of {@code wrapper}, which is to start it. */
  public Program under(Program wrapper) {
    return wrapper.with(command.toArray());
  }

  /** Starts it. */
  public RunningProgram start() {
    try {
      return new RunningProgram(
          command, new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it, gives it {@code input}, and returns what it prints until it ends, with code 0. */
  public String run(String input) {
    try (RunningProgram running = start()) {
      running.write(input);
      running.closeInput();
      return running.awaitSuccess();
    }
  }

  /** Whether what is missing is a failure here, and not just a reason to skip. */
  public static boolean isCi() {
    return "true".equals(System.getenv("CI"));
  }

  private static Path find(String name) {
    // Debian's administrators' programs are not on everyone's path.
    String folders = System.getenv("PATH") + java.io.File.pathSeparator + "/usr/sbin";
    for (String folder : folders.split(Pattern.quote(java.io.File.pathSeparator), -1)) {
      Path file = Path.of(folder, name);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return file;
      }
    }
    return null;
  }
}
