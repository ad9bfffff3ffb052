package evented.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is measured on, and with which versions. */
final class Machine {
  private Machine() {}

  /** The hardware, the kernel and the versions, in one sentence each. */
  static String describe() throws InterruptedException {
    return hardware() + ".\n" + versions() + ".";
  }

  private static String hardware() {
    return String.format(
        Locale.ROOT,
        "%s, %d processors, %s of memory, Linux %s, %s",
        inFile("/proc/cpuinfo", "model name\\s*: (.*)").orElse(System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        inFile("/proc/meminfo", "MemTotal:\\s*(\\d+)")
            .map(kibibytes -> Math.round(Long.parseLong(kibibytes) / 1048576.0) + " GiB")
            .orElse("unknown size"),
        System.getProperty("os.version"),
        Processors.describe());
  }

  private static String versions() throws InterruptedException {
    Map<String, Optional<String>> versions = new LinkedHashMap<>();
    versions.put("Evented", printed("([0-9a-f]+)", "git", "rev-parse", "--short", "HEAD"));
    versions.put("JDK", Optional.of(System.getProperty("java.runtime.version")));
    versions.put("Netty", inClassPath("netty-transport"));
    versions.put("tcnative", inClassPath("netty-tcnative-classes"));
    versions.put("Vert.x", inClassPath("vertx-core"));
    versions.put("Node", printed("v(.*)", "node", "--version"));
    versions.put("GCC", printed("^.*\\) (\\S+)", "cc", "--version"));
    versions.put("socat", printed("socat version (\\S+)", "socat", "-V"));
    versions.put("HAProxy", printed("version (\\S+)", Executables.path("haproxy"), "-v"));
    versions.put("nginx", printed("nginx/(\\S+)", Executables.path("nginx"), "-v"));
    versions.put("Redis", printed("v=(\\S+)", "redis-server", "--version"));
    versions.put("iperf3", printed("iperf (\\S+)", "iperf3", "--version"));
    return versions.entrySet().stream()
        .filter(version -> version.getValue().isPresent())
        .map(version -> version.getKey() + " " + version.getValue().get())
        .collect(Collectors.joining(", "));
  }

  private static Optional<String> inFile(String file, String regex) {
    try {
      return first(Files.readString(Path.of(file)), regex);
    } catch (IOException absent) {
      return Optional.empty();
    }
  }

  private static Optional<String> printed(String regex, String... command)
      throws InterruptedException {
    return Executables.tryRun(command).flatMap(output -> first(output, regex));
  }

  /** The version in the name of a jar. */
  private static Optional<String> inClassPath(String artifact) {
    return first(
        Workbench.wholeClassPath(), "/" + Pattern.quote(artifact) + "-([0-9][\\w.]*?)\\.jar");
  }

  private static Optional<String> first(String text, String regex) {
    Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
  }
}
