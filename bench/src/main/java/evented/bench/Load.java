package evented.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load in C, which counts messages and the server's processor time in the same moments. */
final class Load {
  /** How long the load may take beyond its warm-up and its counting; it opens connections first. */
  private static final int OPENING_SECONDS = 70;

  private final String program;
  private final String kind;
  private final int connections;
  private final int size;
  private final int inFlight;

  /** What is done when all connections are open and nothing moves. */
  interface Pause {
    void run() throws IOException, InterruptedException;
  }

  Load(String program, String kind, int connections, int size, int inFlight) {
    this.program = program;
    this.kind = kind;
    this.connections = connections;
    this.size = size;
    this.inFlight = inFlight;
  }

  Sample run(RunningServer server, Settings settings) throws IOException, InterruptedException {
    return run(server, settings, () -> {});
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException if it fails, because of wrong bytes for instance
   */
  Sample run(RunningServer server, Settings settings, Pause pause)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Processors.load(command(server, settings)))
            .redirectErrorStream(true)
            .start();
    killAfter(process, settings.warmUp() + settings.seconds() + OPENING_SECONDS);
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      return follow(process, lines, pause);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private List<String> command(RunningServer server, Settings settings) {
    return List.of(
        program,
        server.address(),
        kind,
        Integer.toString(connections),
        Integer.toString(size),
        Integer.toString(inFlight),
        Double.toString(settings.warmUp()),
        Double.toString(settings.seconds()),
        Long.toString(server.pid()));
  }

  private static void killAfter(Process process, double seconds) {
    CompletableFuture.delayedExecutor((long) seconds, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
  }

  private static Sample follow(Process process, BufferedReader lines, Pause pause)
      throws IOException, InterruptedException {
    Deque<String> others = new ArrayDeque<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("ready")) {
        pause.run();
        process.outputWriter().append('\n').flush();
      } else if (line.startsWith("{")) {
        return sample(line);
      } else {
        others.add(line);
      }
    }
    throw new IOException("the load fails: " + String.join(" / ", others));
  }

  private static Sample sample(String json) {
    return new Sample()
        .with(Metric.RATE, number(json, "rate"))
        .with(Metric.CPU_MICROS, number(json, "cpu") * 1e6 / number(json, "messages"))
        .with(Metric.P50, number(json, "p50"))
        .with(Metric.P99, number(json, "p99"))
        .with(Metric.P999, number(json, "p999"));
  }

  private static double number(String json, String key) {
    Matcher matcher = Pattern.compile("\"" + key + "\": ([0-9.]+)").matcher(json);
    if (!matcher.find()) {
      throw new IllegalArgumentException(key + " is not in " + json);
    }
    return Double.parseDouble(matcher.group(1));
  }
}
