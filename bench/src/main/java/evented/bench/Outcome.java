package evented.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all rounds of a workload have measured, and who was left out. */
final class Outcome {
  /** From this share of a processor on, the server itself is what limits the rate. */
  private static final double BUSY = 0.95;

  private final Workload workload;
  private final String circumstances;
  private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
  private final Map<String, String> flags = new LinkedHashMap<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();

  /**
   * Nothing yet.
   *
   * @param circumstances when, where and for how long it was measured, in lines
   */
  Outcome(Workload workload, String circumstances) {
    this.workload = workload;
    this.circumstances = circumstances;
  }

  Workload workload() {
    return workload;
  }

  String circumstances() {
    return circumstances;
  }

  void add(String server, String itsFlags, Sample sample) {
    flags.put(server, itsFlags);
    samples.computeIfAbsent(server, first -> new ArrayList<>()).add(sample);
  }

  /** Leaves a server out, and forgets what was measured of it. */
  void leaveOut(String server, String reason) {
    samples.remove(server);
    leftOut.put(server, reason);
  }

  boolean isLeftOut(String server) {
    return leftOut.containsKey(server);
  }

  /** The servers that were left out, each with the reason. */
  Map<String, String> leftOut() {
    return leftOut;
  }

  /** The servers that were measured, in the order of the first round. */
  List<String> measured() {
    return List.copyOf(samples.keySet());
  }

  String flags(String server) {
    return flags.get(server);
  }

  /** A server's rounds. */
  List<Sample> samples(String server) {
    return samples.get(server);
  }

  /** The median of a server's rounds; NaN if it was not measured. */
  double median(String server, Metric metric) {
    return Statistics.median(
        samples.getOrDefault(server, List.of()).stream()
            .map(sample -> sample.get(metric))
            .filter(value -> !value.isNaN())
            .toList());
  }

  /** The ratio of a server's median to that of the baseline; NaN if either was not measured. */
  double ratio(String server, Metric metric) {
    return median(server, metric) / median(workload.baseline(), metric);
  }

  /** Whether the rate is what the load or the round trip allowed, and the server had time left. */
  boolean isLimitedByLoad(String server) {
    double processors = median(server, Metric.CPU_MICROS) * median(server, Metric.RATE) / 1e6;
    return processors < BUSY;
  }
}
