package evented.bench;

import java.io.IOException;
import java.util.List;

/** Thousands of connections, of which few are active. */
final class IdleWorkload implements Workload {
  private static final int CONNECTIONS = 9000;
  private static final int WARM_UP_CONNECTIONS = 100;
  private static final int MESSAGE = 64;

  /** A collection gives back what it frees, so that what stays resident is what is in use. */
  private static final String JAVA_FLAGS =
      "-XX:+UseSerialGC -XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10 -XX:-ShrinkHeapInSteps";

  private static final String NODE_FLAGS = "--expose-gc";

  private final List<Peer> peers;
  private final Load warmUp;
  private final Load load;

  IdleWorkload(Workbench workbench, Peers peers) {
    this.peers = peers.with(JAVA_FLAGS, NODE_FLAGS).all();
    String program = workbench.program("load");
    this.warmUp = new Load(program, "echo", WARM_UP_CONNECTIONS, MESSAGE, 1);
    this.load = new Load(program, "idle", CONNECTIONS, MESSAGE, 1);
  }

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String description() {
    return CONNECTIONS
        + " connections have exchanged 64 bytes each and are idle: how much the server's resident"
        + " memory has grown, each time after a collection. Then 100 of them echo. Beyond the flags in the table,"
        + " all Java servers have `"
        + JAVA_FLAGS
        + "` here, and Node has `"
        + NODE_FLAGS
        + "`.";
  }

  @Override
  public List<Column> columns() {
    return List.of(
        new Column(Metric.MEMORY, "KiB per connection"),
        new Column(Metric.CPU_MICROS, "CPU µs per message"),
        new Column(Metric.RATE, "messages/s"),
        new Column(Metric.P50, "p50 µs"),
        new Column(Metric.P99, "p99 µs"),
        new Column(Metric.P999, "p99.9 µs"));
  }

  @Override
  public String baseline() {
    return "netty:epoll";
  }

  @Override
  public List<Peer> peers() {
    return peers;
  }

  @Override
  public double secondsPerTurn(Settings settings) {
    return settings.warmUp() + settings.seconds() + 4;
  }

  @Override
  public Sample measure(Peer peer, Settings settings) throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.start(peer, Work.tcp("echo"))) {
      // The warm-up is over when the connections that are counted open.
      warmUp.run(server, settings.withSeconds(0.1));
      long before = residentBytes(peer, server);
      long[] after = {0};
      Sample sample =
          load.run(server, settings.withWarmUp(0.1), () -> after[0] = residentBytes(peer, server));
      return sample.with(Metric.MEMORY, (after[0] - before) / 1024.0 / CONNECTIONS);
    }
  }

  /** What is resident after a collection, where there is a collector. */
  private static long residentBytes(Peer peer, RunningServer server)
      throws IOException, InterruptedException {
    String pid = Long.toString(server.pid());
    if (peer.flags().startsWith("-X")) {
      Executables.run(Jdks.current().resolve("bin/jcmd").toString(), pid, "GC.run");
    } else if (peer.name().equals("node")) {
      Executables.run("kill", "-USR2", pid);
    }
    return server.residentBytes();
  }
}
