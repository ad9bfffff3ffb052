package evented.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Measures Evented beside its peers, in turns, and writes down the results: {@code Bench [workload
 * or server…]}, or {@code Bench report}. It is started by {@code bench/run}, in the folder of the
 * repository.
 */
public final class Bench {
  private static final String REPORT = "report";
  private static final Path SOURCES = Path.of("bench/src/main");
  private static final Path OUTPUT = Path.of("bench/target/run");
  private static final Path RESULTS = Path.of("bench/results");
  private static final Path README = Path.of("README.md");

  private final Results results = new Results(RESULTS);
  private final List<Workload> all;
  private final Settings settings;
  private final Selection selection;
  private final String circumstances;
  private final int turns;
  private int turnsBegun;

  private Bench(List<Workload> all, Selection selection) throws InterruptedException {
    this.all = all;
    this.settings = Settings.of(System.getenv());
    this.selection = selection;
    this.circumstances =
        "%s, %d rounds of %s s after %s s of warm-up, medians. %s"
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                settings.rounds(),
                settings.seconds(),
                settings.warmUp(),
                Machine.describe());
    this.turns = selection.workloads().stream().mapToInt(this::turns).sum();
  }

  public static void main(String[] words) throws IOException, InterruptedException {
    if (List.of(words).equals(List.of(REPORT))) {
      report(new Results(RESULTS), workloads(Workbench.at(SOURCES, OUTPUT)));
      return;
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    Workbench workbench = Workbench.build(SOURCES, OUTPUT);
    List<Workload> all = workloads(workbench);
    Bench bench;
    try {
      bench = new Bench(all, Selection.of(List.of(words), all));
    } catch (IllegalArgumentException e) {
      say(e.getMessage());
      System.exit(2);
      return;
    }
    if (bench.selection.hasScripts()) {
      peers(workbench).buildScripts();
    }
    bench.run();
  }

  private static List<Workload> workloads(Workbench workbench) {
    return new Workloads(workbench, peers(workbench)).all();
  }

  private static Peers peers(Workbench workbench) {
    return new Peers(workbench, List.of(Path.of("evented").toAbsolutePath().toString()));
  }

  private static void report(Results results, List<Workload> all) throws IOException {
    results.writeFiles(all);
    new Summary(results.outcomes(all)).writeInto(README);
  }

  private static void say(String text) {
    System.err.println("bench: " + text);
  }

  private void run() throws IOException, InterruptedException {
    sayHowLong();
    for (Workload workload : selection.workloads()) {
      Outcome outcome = measure(workload);
      System.out.println("\n" + workload.name() + "\n\n" + new Report(outcome).tableAndLeftOut());
      if (records() && !outcome.measured().isEmpty()) {
        results.save(workload.name(), OutcomeData.of(outcome));
      }
    }
    if (selection.microbenchmarks()) {
      Csv data = new Microbenchmarks(settings).run(circumstances, Bench::say);
      System.out.println("\n" + Microbenchmarks.section(data));
      results.save(Microbenchmarks.NAME, data);
    }
    if (records()) {
      report(results, all);
    } else {
      say("only some servers were measured, so bench/results stays as it was");
    }
  }

  /** Whether bench/results is to change: not by a few servers, unless that is asked for. */
  private boolean records() {
    return selection.hasAllServers() || "1".equals(System.getenv("RECORD"));
  }

  private void sayHowLong() {
    double seconds =
        selection.workloads().stream()
            .mapToDouble(workload -> turns(workload) * workload.secondsPerTurn(settings))
            .sum();
    if (selection.microbenchmarks()) {
      seconds += Microbenchmarks.seconds(settings);
    }
    say("this takes about %.1f minutes".formatted(seconds / 60));
  }

  private int turns(Workload workload) {
    return settings.rounds() * runnable(workload).size();
  }

  private List<Peer> runnable(Workload workload) {
    return selection.peers(workload).stream().filter(peer -> peer.missing().isEmpty()).toList();
  }

  private Outcome measure(Workload workload) throws InterruptedException {
    Outcome outcome = new Outcome(workload, circumstances);
    for (Peer peer : selection.peers(workload)) {
      peer.missing().ifPresent(reason -> outcome.leaveOut(peer.name(), reason));
    }
    for (int round = 1; round <= settings.rounds(); round++) {
      for (Peer peer : runnable(workload)) {
        turnsBegun++;
        if (!outcome.isLeftOut(peer.name())) {
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
      outcome.add(peer.name(), peer.flags(), sample);
      Column column = outcome.workload().columns().get(0);
      say(turn + "%.2f %s".formatted(sample.get(column.metric()), column.heading()));
    } catch (IOException e) {
      outcome.leaveOut(peer.name(), e.getMessage());
      say(turn + "left out: " + e.getMessage());
    }
  }
}
