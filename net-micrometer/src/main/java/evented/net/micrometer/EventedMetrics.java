package evented.net.micrometer;

import evented.net.Loop;
import evented.net.LoopStats;
import evented.net.Server;
import evented.net.ServerStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters for a server or a loop:
 *
 * <pre>{@code
 * EventedMetrics.of(server, "chat").bindTo(registry);
 * EventedMetrics.of(Loop.shared(), "main").bindTo(registry);
 * }</pre>
 *
 * <p>They are read when the registry is, and cost nothing in between; the registry keeps what it
 * reads from being collected. Meters of a server begin with {@code evented.server}, those of a loop
 * with {@code evented.loop}; each has the tag {@code name}, by which several are told apart. The
 * counter of an error's code is there from the second reading after the first such error.
 */
public final class EventedMetrics {
  private EventedMetrics() {}

  /**
   * The meters of a server: {@code evented.server.connections} (a gauge), and the counters {@code
   * .accepted}, {@code .rejected}, {@code .read}, {@code .written} and {@code .errors} with the tag
   * {@code code}.
   *
   * @param server whose {@link Server#stats} they are
   * @param name the value of the tag {@code name}
   * @return to be bound to a registry
   */
  public static MeterBinder of(Server server, String name) {
    Objects.requireNonNull(server, "server");
    Tags tags = Tags.of("name", Objects.requireNonNull(name, "name"));
    return registry -> {
      Counters<Server> counters = new Counters<>(registry, tags, server, "evented.server.");
      Gauge.builder(
              "evented.server.connections",
              server,
              s -> {
                ServerStats stats = s.stats();
                counters.addErrors(stats.errors(), each -> each.stats().errors());
                return stats.connections();
              })
          .description("Connections that are open")
          .tags(tags)
          .register(registry);
      counters.add("accepted", null, "Connections accepted", s -> s.stats().accepted());
      counters.add(
          "rejected", null, "Connections closed for maxConnections", s -> s.stats().rejected());
      counters.add("read", "bytes", "Bytes received", s -> s.stats().bytesRead());
      counters.add("written", "bytes", "Bytes written", s -> s.stats().bytesWritten());
    };
  }

  /**
   * The meters of a loop: the gauges {@code evented.loop.streams}, {@code .timers}, {@code .lag}
   * and {@code .lag.max}, both in seconds, and the counters {@code .opened}, {@code .read}, {@code
   * .written} and {@code .errors} with the tag {@code code}.
   *
   * @param loop whose {@link Loop#stats} they are
   * @param name the value of the tag {@code name}
   * @return to be bound to a registry
   */
  public static MeterBinder of(Loop loop, String name) {
    Objects.requireNonNull(loop, "loop");
    Tags tags = Tags.of("name", Objects.requireNonNull(name, "name"));
    return registry -> {
      Counters<Loop> counters = new Counters<>(registry, tags, loop, "evented.loop.");
      Gauge.builder(
              "evented.loop.streams",
              loop,
              l -> {
                LoopStats stats = l.stats();
                counters.addErrors(stats.errors(), each -> each.stats().errors());
                return stats.streams();
              })
          .description("Streams that are open")
          .tags(tags)
          .register(registry);
      Gauge.builder("evented.loop.timers", loop, l -> l.stats().timers())
          .description("Timers that run")
          .tags(tags)
          .register(registry);
      TimeGauge.builder("evented.loop.lag", loop, TimeUnit.NANOSECONDS, l -> l.stats().lagNanos())
          .description("The longest that a thread was busy lately, and others waited")
          .tags(tags)
          .register(registry);
      TimeGauge.builder(
              "evented.loop.lag.max", loop, TimeUnit.NANOSECONDS, l -> l.stats().maxLagNanos())
          .description("The longest that a thread was ever busy")
          .tags(tags)
          .register(registry);
      counters.add("opened", null, "Streams opened", l -> l.stats().opened());
      counters.add("read", "bytes", "Bytes received", l -> l.stats().bytesRead());
      counters.add("written", "bytes", "Bytes written", l -> l.stats().bytesWritten());
    };
  }

  /** The counters of one server or loop. */
  private static final class Counters<T> {
    private final MeterRegistry registry;
    private final Tags tags;
    private final T source;
    private final String prefix;
    private final Set<String> codes = ConcurrentHashMap.newKeySet();

    Counters(MeterRegistry registry, Tags tags, T source, String prefix) {
      this.registry = registry;
      this.tags = tags;
      this.source = source;
      this.prefix = prefix;
    }

    void add(String name, @Nullable String unit, String description, ToDoubleFunction<T> count) {
      FunctionCounter.builder(prefix + name, source, count)
          .baseUnit(unit)
          .description(description)
          .tags(tags)
          .register(registry);
    }

    /** Adds a counter for each code that is new. Which there will be, no one knows before. */
    void addErrors(Map<String, Long> errors, Function<T, Map<String, Long>> counts) {
      for (String code : errors.keySet()) {
        if (codes.add(code)) {
          FunctionCounter.builder(
                  prefix + "errors", source, s -> counts.apply(s).getOrDefault(code, 0L))
              .description("Streams that have failed, by code")
              .tags(tags.and("code", code))
              .register(registry);
        }
      }
    }
  }
}
