package evented.net.js;

import org.graalvm.polyglot.proxy.ProxyArray;

/** How long a script runs, once it has asked for that. */
final class BusyTime {
  private static final long OFF = Long.MIN_VALUE;

  private long startedAt = OFF;
  private long runningSince = OFF;
  private long nanos;

  /** To be called before the script runs; what it gives is for {@link #end}. */
  long begin() {
    if (startedAt == OFF || runningSince != OFF) {
      return OFF;
    }
    runningSince = System.nanoTime();
    return runningSince;
  }

  void end(long since) {
    if (since != OFF) {
      nanos += System.nanoTime() - since;
      runningSince = OFF;
    }
  }

  /** Nanoseconds in which the script has run, and all that have passed, since the first call. */
  ProxyArray times() {
    long now = System.nanoTime();
    if (startedAt == OFF) {
      startedAt = now;
      return Addresses.list(0L, 0L);
    }
    long current = runningSince == OFF ? 0 : now - runningSince;
    return Addresses.list(nanos + current, now - startedAt);
  }
}
