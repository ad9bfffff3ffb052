package evented.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all rounds of a workload have measured, and who was left out. */
final class Outcome {
  private final Workload workload;
  private final Map<Peer, List<Sample>> samples = new LinkedHashMap<>();
  private final Map<Peer, String> leftOut = new LinkedHashMap<>();

  Outcome(Workload workload) {
    this.workload = workload;
  }

  Workload workload() {
    return workload;
  }

  void add(Peer peer, Sample sample) {
    samples.computeIfAbsent(peer, first -> new ArrayList<>()).add(sample);
  }

  /** Leaves a server out, and forgets what was measured of it. */
  void leaveOut(Peer peer, String reason) {
    samples.remove(peer);
    leftOut.put(peer, reason);
  }

  boolean isLeftOut(Peer peer) {
    return leftOut.containsKey(peer);
  }

  Map<Peer, String> leftOut() {
    return leftOut;
  }

  /** The servers that were measured, in the order of the table. */
  List<Peer> measured() {
    return workload.peers().stream().filter(samples::containsKey).toList();
  }

  /** The median of a server's rounds. */
  double median(Peer peer, Metric metric) {
    return Statistics.median(
        samples.get(peer).stream()
            .map(sample -> sample.get(metric))
            .filter(value -> !value.isNaN())
            .toList());
  }

  /** The ratio of a server's median to that of the baseline; NaN if that was left out. */
  double ratio(Peer peer, Metric metric) {
    return measured().stream()
        .filter(other -> other.name().equals(workload.baseline()))
        .mapToDouble(baseline -> median(peer, metric) / median(baseline, metric))
        .findFirst()
        .orElse(Double.NaN);
  }
}
