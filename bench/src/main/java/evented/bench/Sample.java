package evented.bench;

import java.util.EnumMap;
import java.util.Map;

/** What one round has measured of one server. */
final class Sample {
  private final Map<Metric, Double> values = new EnumMap<>(Metric.class);

  Sample with(Metric metric, double value) {
    values.put(metric, value);
    return this;
  }

  /** Returns a value, or NaN if it was not measured. */
  double get(Metric metric) {
    return values.getOrDefault(metric, Double.NaN);
  }
}
