package evented.net;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * What has happened on one loop thread, to all its streams or to those of one server.
 *
 * <p>Only that thread counts, so it needs no atomic addition and no fence; any thread reads.
 */
final class Counters {
  private static final AtomicLongFieldUpdater<Counters> BYTES_READ =
      AtomicLongFieldUpdater.newUpdater(Counters.class, "bytesRead");
  private static final AtomicLongFieldUpdater<Counters> BYTES_WRITTEN =
      AtomicLongFieldUpdater.newUpdater(Counters.class, "bytesWritten");

  private volatile long bytesRead;
  private volatile long bytesWritten;
  private volatile long opened;
  private volatile long closed;
  private volatile long rejected;
  private final Map<String, Long> errors = new ConcurrentHashMap<>();

  void read(int bytes) {
    BYTES_READ.lazySet(this, bytesRead + bytes);
  }

  void written(int bytes) {
    BYTES_WRITTEN.lazySet(this, bytesWritten + bytes);
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts
  void opened() {
    opened++;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  void closed() {
    closed++;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  void rejected() {
    rejected++;
  }

  void failed(NetException error) {
    errors.merge(codeOf(error), 1L, Long::sum);
  }

  /** What an error counts as: its code, or that it has none, since a listener threw it. */
  static String codeOf(NetException error) {
    String code = error.code();
    return code == null ? "EXCEPTION" : code;
  }

  /** The sums over several threads. */
  record Sum(
      long bytesRead,
      long bytesWritten,
      long opened,
      long closed,
      long rejected,
      Map<String, Long> errors) {
    static Sum of(Iterable<Counters> all) {
      long bytesRead = 0;
      long bytesWritten = 0;
      long opened = 0;
      long closed = 0;
      long rejected = 0;
      Map<String, Long> errors = new TreeMap<>();
      for (Counters counters : all) {
        bytesRead += counters.bytesRead;
        bytesWritten += counters.bytesWritten;
        closed += counters.closed; // before those that were opened, so that never more are closed
        opened += counters.opened;
        rejected += counters.rejected;
        counters.errors.forEach((code, count) -> errors.merge(code, count, Long::sum));
      }
      return new Sum(
          bytesRead, bytesWritten, opened, closed, rejected, Collections.unmodifiableMap(errors));
    }
  }
}
