package evented.net;

import evented.testing.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A program in a JVM of its own, on the transport of this test run. It is killed in the end. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<List<String>> output = new CompletableFuture<>();

  private ChildJvm(List<String> command) {
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Thread reader = new Thread(this::read, "child-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Runs the {@code main} of {@code program}. */
  static ChildJvm start(Class<?> program, String... arguments) {
    return new ChildJvm(command(program, arguments));
  }

  /** Runs it with options of the JVM. */
  static ChildJvm startWith(List<String> options, Class<?> program, String... arguments) {
    List<String> command = command(program, arguments);
    command.addAll(1, options);
    return new ChildJvm(command);
  }

  /** Runs it with no more than {@code descriptors} open files. */
  static ChildJvm startWithDescriptors(int descriptors, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    Collections.addAll(command, "bash", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "bash");
    command.addAll(command(program, arguments));
    command.add(5, "-XX:-MaxFDLimit"); // the JVM would raise the limit again
    return new ChildJvm(command);
  }

  /** Runs it over a C library whose socket calls fail. */
  static ChildJvm startOver(FaultySockets faults, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>(List.of("env"));
    command.addAll(faults.environment());
    command.addAll(command(program, arguments));
    return new ChildJvm(command);
  }

  /** Runs it in a network namespace. */
  static ChildJvm startIn(String namespace, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
    command.addAll(command(program, arguments));
    return new ChildJvm(command);
  }

  /** Runs it with a connection to {@code port} of this machine as its standard input. */
  static ChildJvm startConnected(int port, Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    String redirect = "exec \"$@\" 0<>/dev/tcp/127.0.0.1/" + port;
    Collections.addAll(command, "bash", "-c", redirect, "bash");
    command.addAll(command(program, arguments));
    return new ChildJvm(command);
  }

  private static List<String> command(Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1"); // these programs end before more would pay
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Devented.transport=" + TransportType.choose());
    Collections.addAll(command, "-cp", System.getProperty("java.class.path"), program.getName());
    Collections.addAll(command, arguments);
    return command;
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = reader.readLine()) != null) {
        lines.add(line);
      }
      output.complete(lines());
    } catch (IOException e) {
      output.completeExceptionally(e);
    }
  }

  /** What it has printed so far, standard error included. */
  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Waits for a line that begins with {@code start} and gives the rest of it. */
  String awaitLine(String start) {
    try {
      Await.until(
          "a line " + start,
          () ->
              output.isDone() // all lines are there
                  || lines().stream().anyMatch(line -> line.startsWith(start)));
      return lines().stream()
          .filter(line -> line.startsWith(start))
          .findFirst()
          .orElseThrow(() -> new AssertionError("it ended without a line " + start))
          .substring(start.length());
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; it printed " + lines(), e);
    }
  }

  /** Stops it, or lets it go on: {@code STOP} or {@code CONT}. */
  void signal(String name) {
    Program.named("bash").with("-c", "kill -" + name + " " + process.pid()).run("");
  }

  /** Gives it a line to read. */
  void tell(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new AssertionError("it printed " + lines(), e);
    }
  }

  /** Waits until it ends by itself and gives its exit code. */
  int awaitExit() {
    try {
      Await.get(process.onExit());
    } catch (AssertionError e) {
      throw new AssertionError("it did not end; it printed " + lines(), e);
    }
    Await.get(output);
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
