package evented.bench;

import java.util.ArrayList;
import java.util.List;

/** Gives the server the first processor and the load the second, where there are two. */
final class Processors {
  private static final boolean PINNED =
      Runtime.getRuntime().availableProcessors() >= 2 && Executables.find("taskset").isPresent();

  private Processors() {}

  static List<String> server(List<String> command) {
    return on(0, command);
  }

  static List<String> load(List<String> command) {
    return on(1, command);
  }

  static String describe() {
    return PINNED ? "server on processor 0, load on processor 1" : "server and load not pinned";
  }

  private static List<String> on(int processor, List<String> command) {
    List<String> words = new ArrayList<>();
    if (PINNED) {
      words.addAll(List.of("taskset", "-c", Integer.toString(processor)));
    }
    words.addAll(command);
    return words;
  }
}
