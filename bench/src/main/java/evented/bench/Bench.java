package evented.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures Evented beside its peers, in turns, and writes down the results: {@code Bench
 * [workload…]}. It is started by {@code bench/run}, in the folder of the repository.
 */
public final class Bench {
  private static final Path RESULTS = Path.of("bench/results");

  private final Settings settings;
  private final List<Workload> workloads;
  private final boolean microbenchmarks;
  private final List<String> sections;
  private final String circumstances;
  private final int turns;
  private int turnsBegun;

  private Bench(Settings settings, Workloads all, List<String> names) throws InterruptedException {
    this.settings = settings;
    List<String> wanted = new ArrayList<>(names);
    this.microbenchmarks = wanted.remove(Microbenchmarks.NAME);
    this.workloads = microbenchmarks && wanted.isEmpty() ? List.of() : all.named(wanted);
    this.sections = new ArrayList<>(all.names());
    sections.add(Microbenchmarks.NAME);
    this.circumstances =
        "%s, %d rounds of %s s after %s s of warm-up, medians. %s"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                settings.rounds(),
                settings.seconds(),
                settings.warmUp(),
                Machine.describe());
    this.turns = workloads.stream().mapToInt(this::turns).sum();
  }

  public static void main(String[] names) throws IOException, InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    say("preparing…");
    Workbench workbench = Workbench.build(Path.of("bench/src/main"), Path.of("bench/target/run"));
    Path launcher = Path.of("evented").toAbsolutePath();
    Peers peers = new Peers(workbench, List.of(launcher.toString()));
    Workloads all = new Workloads(workbench, peers);
    Bench bench;
    try {
      bench = new Bench(Settings.of(System.getenv()), all, List.of(names));
    } catch (IllegalArgumentException e) {
      say(e.getMessage());
      System.exit(2);
      return;
    }
    peers.buildScripts();
    bench.run();
  }

  private static void say(String text) {
    System.err.println("bench: " + text);
  }

  private void run() throws IOException, InterruptedException {
    sayHowLong();
    Results results = new Results(RESULTS);
    for (Workload workload : workloads) {
      Outcome outcome = measure(workload);
      Report report = new Report(outcome);
      System.out.println(workload.name() + "\n\n" + report.tableAndLeftOut());
      if (!outcome.measured().isEmpty()) {
        results.write(workload.name(), report.section(circumstances), report.chart());
      }
    }
    if (microbenchmarks) {
      Microbenchmarks jmh = new Microbenchmarks(settings);
      results.write(Microbenchmarks.NAME, jmh.run(circumstances, Bench::say));
      System.out.println(Microbenchmarks.NAME + "\n\n" + jmh.table());
    }
    results.writePage(sections);
  }

  private void sayHowLong() {
    double seconds =
        workloads.stream()
            .mapToDouble(workload -> turns(workload) * workload.secondsPerTurn(settings))
            .sum();
    if (microbenchmarks) {
      seconds += Microbenchmarks.seconds(settings);
    }
    say("this takes about %.1f minutes".formatted(seconds / 60));
  }

  private int turns(Workload workload) {
    return settings.rounds() * wanted(workload).size();
  }

  private List<Peer> wanted(Workload workload) {
    return workload.peers().stream()
        .filter(settings::wants)
        .filter(peer -> peer.missing().isEmpty())
        .toList();
  }

  private Outcome measure(Workload workload) throws InterruptedException {
    Outcome outcome = new Outcome(workload);
    for (Peer peer : workload.peers()) {
      peer.missing().ifPresent(reason -> outcome.leaveOut(peer, reason));
    }
    for (int round = 1; round <= settings.rounds(); round++) {
      for (Peer peer : wanted(workload)) {
        turnsBegun++;
        if (!outcome.isLeftOut(peer)) {
          takeTurn(outcome, peer, round);
        }
      }
    }
    return outcome;
  }

  private void takeTurn(Outcome outcome, Peer peer, int round) throws InterruptedException {
    String turn =
        "%d/%d %s, round %d, %s: "
            .formatted(turnsBegun, turns, outcome.workload().name(), round, peer.name());
    try {
      Sample sample = outcome.workload().measure(peer, settings);
      outcome.add(peer, sample);
      Column column = outcome.workload().columns().get(0);
      say(turn + "%.1f %s".formatted(sample.get(column.metric()), column.heading()));
    } catch (IOException e) {
      outcome.leaveOut(peer, e.getMessage());
      say(turn + "left out: " + e.getMessage());
    }
  }
}
