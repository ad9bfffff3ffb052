package evented.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * {@code redis-benchmark} with one command.
 *
 * @param command SET or GET
 * @param pipeline how many requests are under way on each connection
 */
record RedisWorkload(String command, int pipeline, List<Peer> peers) implements Workload {
  private static final int FIRST_REQUESTS = 20_000;

  @Override
  public String name() {
    return "resp-" + command.toLowerCase(Locale.ROOT) + (pipeline > 1 ? "-" + pipeline : "");
  }

  @Override
  public String description() {
    return "`redis-benchmark -t %s -P %d` with its 50 connections: a small server of the Redis protocol"
            .formatted(command.toLowerCase(Locale.ROOT), pipeline)
        + " beside Redis.";
  }

  @Override
  public List<Column> columns() {
    return List.of(
        new Column(Metric.CPU_MICROS, "CPU µs per " + command),
        new Column(Metric.RATE, command + "/s"),
        new Column(Metric.P50, "p50 µs"),
        new Column(Metric.P99, "p99 µs"));
  }

  @Override
  public String baseline() {
    return "redis-server";
  }

  @Override
  public List<Peer> peers() {
    return peers.stream().map(peer -> peer.needing("redis-benchmark")).toList();
  }

  /** It takes a number of requests and not a time, which the warm-up finds out. */
  @Override
  public Sample measure(Peer peer, Settings settings) throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.start(peer, Work.tcp("resp"))) {
      long warmUpEnd = System.nanoTime() + (long) (settings.warmUp() * 1e9);
      double rate = run(server, FIRST_REQUESTS).get(Metric.RATE);
      while (System.nanoTime() < warmUpEnd) {
        double left = (warmUpEnd - System.nanoTime()) / 1e9;
        rate = run(server, requests(rate, Math.min(left, 1))).get(Metric.RATE);
      }
      return run(server, requests(rate, settings.seconds()));
    }
  }

  private static long requests(double rate, double seconds) {
    return Math.max(1000, Math.round(rate * seconds));
  }

  private Sample run(RunningServer server, long requests) throws IOException, InterruptedException {
    double before = server.processorSeconds();
    String output =
        Executables.run(
            Processors.load(
                    List.of(
                        "redis-benchmark",
                        "-p",
                        Integer.toString(server.port()),
                        "-t",
                        command.toLowerCase(Locale.ROOT),
                        "-P",
                        Integer.toString(pipeline),
                        "-n",
                        Long.toString(requests),
                        "--csv"))
                .toArray(String[]::new));
    double processorSeconds = server.processorSeconds() - before;
    return sample(output).with(Metric.CPU_MICROS, processorSeconds * 1e6 / requests);
  }

  /** Reads the line "SET","81967.21","0.341","0.112","0.343","0.431","0.487","0.655". */
  static Sample sample(String csv) {
    String line = csv.strip().substring(csv.strip().lastIndexOf('\n') + 1);
    String[] fields = line.replace("\"", "").split(",", -1);
    return new Sample()
        .with(Metric.RATE, Double.parseDouble(fields[1]))
        .with(Metric.P50, Double.parseDouble(fields[4]) * 1000)
        .with(Metric.P99, Double.parseDouble(fields[6]) * 1000);
  }
}
