package evented.bench;

import java.util.List;

/**
 * A column of a table.
 *
 * @param metric what it shows
 * @param heading its name and unit
 */
record Column(Metric metric, String heading) {
  /** The columns of a workload that counts something that comes back. */
  static List<Column> counting(String things, String thing) {
    return List.of(
        new Column(Metric.CPU_MICROS, "CPU µs per " + thing),
        new Column(Metric.RATE, things + "/s"),
        new Column(Metric.P50, "p50 µs"),
        new Column(Metric.P99, "p99 µs"),
        new Column(Metric.P999, "p99.9 µs"));
  }
}
