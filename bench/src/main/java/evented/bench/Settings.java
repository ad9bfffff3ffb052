package evented.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long and whom to measure.
 *
 * @param rounds how often each server has its turn
 * @param seconds for how long it is measured in its turn
 * @param warmUp for how many seconds it is warmed up before that
 * @param peers the names of the servers to measure; all if it is empty
 */
record Settings(int rounds, double seconds, double warmUp, Set<String> peers) {
  static Settings of(Map<String, String> environment) {
    return new Settings(
        Integer.parseInt(environment.getOrDefault("ROUNDS", "3")),
        Double.parseDouble(environment.getOrDefault("SECONDS_EACH", "3")),
        Double.parseDouble(environment.getOrDefault("WARM_UP", "3")),
        Arrays.stream(environment.getOrDefault("PEERS", "").split("[ ,]+", -1))
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet()));
  }

  Settings withSeconds(double otherSeconds) {
    return new Settings(rounds, otherSeconds, warmUp, peers);
  }

  Settings withWarmUp(double otherWarmUp) {
    return new Settings(rounds, seconds, otherWarmUp, peers);
  }

  boolean wants(Peer peer) {
    return peers.isEmpty() || peers.contains(peer.name());
  }
}
