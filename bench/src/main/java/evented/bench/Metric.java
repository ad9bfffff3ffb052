package evented.bench;

/** What is measured of a server. */
enum Metric {
  RATE(0, true),
  CPU_MICROS(2, true),
  P50(0, false),
  P99(0, false),
  P999(0, false),
  MEMORY(2, true),
  START_UP(1, true);

  /** How many digits follow the point. */
  final int decimals;

  /** Whether the ratio to the baseline is shown beside it. */
  final boolean compared;

  Metric(int decimals, boolean compared) {
    this.decimals = decimals;
    this.compared = compared;
  }
}
