package evented.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code iperf3} through a proxy, in both directions at once. */
record ProxyWorkload(List<Peer> peers) implements Workload {
  private static final double MEBIBYTE = 1024 * 1024;

  /** What was received in a direction; the second one is named so by newer versions. */
  private static final Pattern RECEIVED =
      Pattern.compile("\"sum_received(?:_bidir_reverse)?\":\\s*\\{[^}]*?\"bytes\":\\s*([0-9]+)");

  private static final Pattern ERROR = Pattern.compile("\"error\":\\s*\"([^\"]*)\"");

  @Override
  public String name() {
    return "proxy";
  }

  @Override
  public String description() {
    return "`iperf3 --bidir` through a TCP proxy: a connection in each direction, both at once.";
  }

  @Override
  public List<Column> columns() {
    return List.of(
        new Column(Metric.CPU_MICROS, "CPU µs per MiB"), new Column(Metric.RATE, "MiB/s"));
  }

  @Override
  public String baseline() {
    return "socat";
  }

  @Override
  public List<Peer> peers() {
    return peers.stream().map(peer -> peer.needing("iperf3")).toList();
  }

  @Override
  public Sample measure(Peer peer, Settings settings) throws IOException, InterruptedException {
    int target = RunningServer.freePort();
    Process iperf = startTarget(target);
    try (RunningServer proxy = RunningServer.start(peer, Work.tcp("proxy", target))) {
      if (settings.warmUp() > 0) {
        run(proxy, settings.warmUp());
      }
      double before = proxy.processorSeconds();
      double mebibytes = run(proxy, settings.seconds()) / MEBIBYTE;
      double processorSeconds = proxy.processorSeconds() - before;
      return new Sample()
          .with(Metric.RATE, mebibytes / Math.ceil(settings.seconds()))
          .with(Metric.CPU_MICROS, processorSeconds * 1e6 / mebibytes);
    } finally {
      iperf.destroyForcibly().waitFor();
    }
  }

  private static Process startTarget(int port) throws IOException {
    Process process =
        new ProcessBuilder(
                Processors.load(
                    List.of("iperf3", "-s", "-B", "127.0.0.1", "-p", "" + port, "--forceflush")))
            .redirectErrorStream(true)
            .start();
    BufferedReader lines = process.inputReader(UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.contains("listening")) {
        return process;
      }
    }
    throw new IOException("iperf3 does not start");
  }

  /** Returns how many bytes came through, in whole seconds, as iperf3 counts. */
  private static long run(RunningServer proxy, double seconds)
      throws IOException, InterruptedException {
    String whole = Integer.toString((int) Math.ceil(seconds));
    String output =
        Executables.run(
            Processors.load(
                    List.of(
                        "iperf3",
                        "-c",
                        "127.0.0.1",
                        "-p",
                        "" + proxy.port(),
                        "--bidir",
                        "-t",
                        whole,
                        "-J"))
                .toArray(String[]::new));
    Matcher matcher = RECEIVED.matcher(output);
    long bytes = 0;
    while (matcher.find()) {
      bytes += Long.parseLong(matcher.group(1));
    }
    if (bytes == 0) {
      Matcher error = ERROR.matcher(output);
      throw new IOException("nothing comes through" + (error.find() ? ": " + error.group(1) : ""));
    }
    return bytes;
  }
}
