package evented.bench;

import java.util.Map;

/**
 * How long to measure.
 *
 * @param rounds how often each server has its turn
 * @param seconds for how long it is measured in its turn
 * @param warmUp for how many seconds it is warmed up before that
 */
record Settings(int rounds, double seconds, double warmUp) {
  static Settings of(Map<String, String> environment) {
    return new Settings(
        Integer.parseInt(environment.getOrDefault("ROUNDS", "3")),
        Double.parseDouble(environment.getOrDefault("SECONDS_EACH", "3")),
        Double.parseDouble(environment.getOrDefault("WARM_UP", "3")));
  }

  Settings withSeconds(double otherSeconds) {
    return new Settings(rounds, otherSeconds, warmUp);
  }

  Settings withWarmUp(double otherWarmUp) {
    return new Settings(rounds, seconds, otherWarmUp);
  }
}
