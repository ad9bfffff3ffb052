package evented.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the words on the command line have chosen.
 *
 * @param servers the names of the servers to measure; all if it is empty
 * @param microbenchmarks whether to run JMH
 */
record Selection(List<Workload> workloads, Set<String> servers, boolean microbenchmarks) {
  /**
   * Reads the words, in any order. The beginning of several names, up to a dash in those of
   * workloads and a colon in those of servers, stands for all of them; without the name of a
   * workload all are chosen.
   *
   * @throws IllegalArgumentException if a word is no name
   */
  static Selection of(List<String> words, List<Workload> all) {
    Set<String> allServers =
        all.stream()
            .flatMap(workload -> workload.peers().stream())
            .map(Peer::name)
            .collect(Collectors.toCollection(TreeSet::new));
    List<Workload> workloads = new ArrayList<>();
    Set<String> servers = new LinkedHashSet<>();
    boolean microbenchmarks = false;
    for (String word : words) {
      List<Workload> named =
          all.stream().filter(workload -> isNamed(word, "-").test(workload.name())).toList();
      List<String> peers = allServers.stream().filter(isNamed(word, ":")).toList();
      workloads.addAll(exactOnly(word, named));
      servers.addAll(peers);
      boolean jmh = word.equals(Microbenchmarks.NAME);
      microbenchmarks |= jmh;
      if (named.isEmpty() && peers.isEmpty() && !jmh) {
        throw new IllegalArgumentException(unknown(word, all, allServers));
      }
    }
    boolean none = workloads.isEmpty() && !microbenchmarks;
    return new Selection(none ? all : workloads, servers, microbenchmarks);
  }

  private static Predicate<String> isNamed(String word, String separator) {
    return name -> name.equals(word) || name.startsWith(word + separator);
  }

  /** {@code echo} is itself, though {@code echo-1} begins so too. */
  private static List<Workload> exactOnly(String word, List<Workload> named) {
    List<Workload> exact = named.stream().filter(one -> one.name().equals(word)).toList();
    return exact.isEmpty() ? named : exact;
  }

  private static String unknown(String word, List<Workload> all, Set<String> servers) {
    return "unknown "
        + word
        + "; there are the workloads "
        + all.stream().map(Workload::name).collect(Collectors.joining(", "))
        + ", "
        + Microbenchmarks.NAME
        + ", and the servers "
        + String.join(", ", servers);
  }

  /** Whether every server takes part, so that the tables are whole. */
  boolean hasAllServers() {
    return servers.isEmpty();
  }

  /** Whether Evented's face in JavaScript takes part, which has to be built before. */
  boolean hasScripts() {
    return workloads.stream()
        .flatMap(workload -> peers(workload).stream())
        .anyMatch(peer -> peer.name().startsWith("evented-js"));
  }

  /** The servers of a workload that are to be measured, also those that cannot be. */
  List<Peer> peers(Workload workload) {
    return workload.peers().stream()
        .filter(peer -> servers.isEmpty() || servers.contains(peer.name()))
        .toList();
  }
}
