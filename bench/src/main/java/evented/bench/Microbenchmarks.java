package evented.bench;

import evented.bench.jmh.BufferBenchmark;
import evented.bench.jmh.EmitBenchmark;
import evented.bench.jmh.TextBenchmark;
import evented.bench.jmh.WriteBenchmark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH, in a JVM of its own for each benchmark, and writes its table. */
final class Microbenchmarks {
  static final String NAME = "jmh";

  private static final String FLAGS = "-Xmx256m";
  private static final List<Class<?>> CLASSES =
      List.of(
          EmitBenchmark.class, TextBenchmark.class, BufferBenchmark.class, WriteBenchmark.class);

  /** How many there are, each with each of its parameters. */
  private static final int BENCHMARKS = 30;

  private final Settings settings;

  Microbenchmarks(Settings settings) {
    this.settings = settings;
  }

  /** About how long all of them take. */
  static double seconds(Settings settings) {
    return BENCHMARKS * (settings.warmUp() + settings.rounds() * settings.seconds() + 1);
  }

  /**
   * Runs all.
   *
   * @param circumstances when, where and for how long, in lines
   */
  Csv run(String circumstances, Consumer<String> progress) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("operation", "ns", "±", "bytes allocated"));
    for (Class<?> benchmark : CLASSES) {
      progress.accept(NAME + ", " + benchmark.getSimpleName());
      results(benchmark).forEach(result -> rows.add(row(result)));
    }
    return new Csv(circumstances.lines().toList(), rows);
  }

  /** The section of the results. */
  static String section(Csv data) {
    MarkdownTable table = new MarkdownTable(1, data.rows().get(0));
    for (List<String> row : data.rows().subList(1, data.rows().size())) {
      List<String> cells = new ArrayList<>(row.subList(0, 1));
      row.stream()
          .skip(1)
          .map(value -> value.isEmpty() ? Double.NaN : Double.parseDouble(value))
          .forEach(value -> cells.add(Report.number(value, 1)));
      table.add(cells);
    }
    return """
        ## %s

        One operation inside one process, measured with JMH and its `gc` profiler through the public API, with `%s`.

        %s
        %s
        """
        .formatted(NAME, FLAGS, table, String.join("\n", data.comments()));
  }

  private Collection<RunResult> results(Class<?> benchmark) {
    TimeValue each = TimeValue.milliseconds(Math.round(settings.seconds() * 1000));
    Options options =
        new OptionsBuilder()
            .include(benchmark.getName())
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .forks(1)
            .jvmArgs(FLAGS, "--enable-native-access=ALL-UNNAMED")
            .warmupIterations(1)
            .warmupTime(TimeValue.milliseconds(Math.round(settings.warmUp() * 1000)))
            .measurementIterations(settings.rounds())
            .measurementTime(each)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    try {
      return new Runner(options).run();
    } catch (RunnerException e) {
      throw new IllegalStateException(benchmark + " fails", e);
    }
  }

  private static List<String> row(RunResult result) {
    Result<?> time = result.getPrimaryResult();
    Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
    return List.of(
        name(result.getParams()),
        number(time.getScore()),
        number(time.getScoreError()),
        number(allocated.getScore()));
  }

  /** Such as {@code Text.encode encoding=UTF8}. */
  private static String name(BenchmarkParams params) {
    String name = params.getBenchmark().replaceAll("^.*\\.(\\w+)Benchmark\\.", "$1.");
    String values =
        params.getParamsKeys().stream()
            .map(key -> " " + key + "=" + params.getParam(key))
            .collect(Collectors.joining());
    return name + values;
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1f", value) : "";
  }
}
