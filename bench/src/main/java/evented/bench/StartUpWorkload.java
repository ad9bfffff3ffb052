package evented.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How long a server takes from the start of its process until it listens. */
record StartUpWorkload(List<Peer> peers) implements Workload {
  private static final int STARTS = 3;

  @Override
  public String name() {
    return "start-up";
  }

  @Override
  public String description() {
    return "An echo server is started: the time until it says that it listens. It has all"
        + " processors, and the files that it loads are in the kernel's cache.";
  }

  @Override
  public List<Column> columns() {
    return List.of(new Column(Metric.START_UP, "ms to listening"));
  }

  @Override
  public String baseline() {
    return "c";
  }

  /** Starts it until the time is over, after a first start that is not counted. */
  @Override
  public Sample measure(Peer peer, Settings settings) throws IOException, InterruptedException {
    start(peer);
    List<Double> millis = new ArrayList<>();
    long end = System.nanoTime() + (long) (settings.seconds() * 1e9);
    while (millis.size() < STARTS || System.nanoTime() < end) {
      millis.add(start(peer));
    }
    return new Sample().with(Metric.START_UP, Statistics.median(millis));
  }

  private static double start(Peer peer) throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.startAnywhere(peer, Work.tcp("echo"))) {
      return server.startMillis();
    }
  }
}
