package evented.bench;

import java.io.IOException;
import java.util.List;

/**
 * A workload that the load in C makes.
 *
 * @param work what the servers do
 * @param things what is counted, in the plural
 */
record LoadWorkload(
    String name,
    String description,
    String things,
    String thing,
    String baseline,
    List<Peer> peers,
    Work work,
    Load load)
    implements Workload {
  @Override
  public List<Column> columns() {
    return Column.counting(things, thing);
  }

  @Override
  public Sample measure(Peer peer, Settings settings) throws IOException, InterruptedException {
    try (RunningServer server = RunningServer.start(peer, work)) {
      return load.run(server, settings);
    }
  }
}
