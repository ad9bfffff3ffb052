package evented.bench;

/** What is measured of a server. */
enum Metric {
  CPU_MICROS("CPU", 2),
  RATE("rate", 0),
  P50("", 0),
  P99("", 0),
  P999("", 0),
  MEMORY("memory", 2),
  START_UP("", 1);

  /** What the ratio to the baseline is one of; empty if no ratio is shown. */
  final String subject;

  /** How many digits follow the point. */
  final int decimals;

  Metric(String subject, int decimals) {
    this.subject = subject;
    this.decimals = decimals;
  }

  /** Whether the ratio to the baseline is shown. */
  boolean isCompared() {
    return !subject.isEmpty();
  }
}
