package evented.net.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import evented.net.Loop;
import evented.net.Server;
import evented.net.Stream;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventedMetricsTest {
  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(60, TimeUnit.SECONDS);
  }

  /** A server that echoes, one client of which has had its turn and gone. */
  private static Server served(Loop loop) throws Exception {
    Server server = loop.createServer(stream -> stream.pipe(stream));
    CompletableFuture<Void> gone = new CompletableFuture<>();
    server.onListening(
        () -> {
          Stream client = loop.createConnection(server.port(), "127.0.0.1");
          client.onData(data -> {});
          client.onClose(hadError -> gone.complete(null));
          client.end("hello");
        });
    server.listen(0, "127.0.0.1");
    get(gone);
    while (server.stats().connections() > 0) { // the other end closes in its own time
      Thread.onSpinWait();
    }
    return server;
  }

  @Test
  void aServersCountsAreMeters() throws Exception {
    try (Loop loop = Loop.create(1)) {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      EventedMetrics.of(served(loop), "echo").bindTo(registry);
      assertThat(
              registry.get("evented.server.accepted").tag("name", "echo").functionCounter().count())
          .isEqualTo(1);
      assertThat(registry.get("evented.server.read").functionCounter().count()).isEqualTo(5);
      assertThat(registry.get("evented.server.written").functionCounter().count()).isEqualTo(5);
      assertThat(registry.get("evented.server.rejected").functionCounter().count()).isZero();
      assertThat(registry.get("evented.server.connections").gauge().value()).isZero();
    }
  }

  @Test
  void errorsAreCountedByCode() throws Exception {
    try (Loop loop = Loop.create(1)) {
      SimpleMeterRegistry registry = new SimpleMeterRegistry();
      EventedMetrics.of(loop, "main").bindTo(registry);
      CompletableFuture<Void> closed = new CompletableFuture<>();
      Stream stream = loop.createConnection("/no/such/socket");
      stream.onError(error -> {});
      stream.onClose(hadError -> closed.complete(null));
      get(closed);
      assertThat(registry.get("evented.loop.streams").gauge().value()).isZero();
      assertThat(
              registry.get("evented.loop.errors").tag("code", "ENOENT").functionCounter().count())
          .isEqualTo(1);
    }
  }

  @Test
  void prometheusHasThemUnderTheNamesThatThePageShows() throws Exception {
    try (Loop loop = Loop.create(1)) {
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      EventedMetrics.of(served(loop), "echo").bindTo(registry);
      EventedMetrics.of(loop, "main").bindTo(registry);
      String page = Files.readString(Path.of("../docs/metrics.md"));
      TreeSet<String> missing = new TreeSet<>();
      for (String line : registry.scrape().lines().toList()) {
        String shown = line.startsWith("#") ? line : line.replaceAll(" [-+.E0-9]+$", " ");
        if (!page.contains(shown)) {
          missing.add(line);
        }
      }
      assertThat(missing).as("lines that docs/metrics.md lacks").isEmpty();
    }
  }
}
