package evented.bench;

import java.io.IOException;
import java.util.List;

/** Something that servers are measured by. */
interface Workload {
  /** Its name on the command line. */
  String name();

  /** What happens, in a sentence. */
  String description();

  /** What is measured; the first is what is drawn. */
  List<Column> columns();

  /** The name of the server that the others are compared with. */
  String baseline();

  List<Peer> peers();

  /** Gives a server its turn of one round. */
  Sample measure(Peer peer, Settings settings) throws IOException, InterruptedException;

  /** About how long such a turn takes. */
  default double secondsPerTurn(Settings settings) {
    return settings.warmUp() + settings.seconds() + 1;
  }
}
