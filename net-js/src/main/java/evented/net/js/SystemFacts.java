package evented.net.js;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.proxy.ProxyArray;

/** What the system tells of this process. Most of it stands in files that only Linux has. */
final class SystemFacts {
  private static final Path SELF = Path.of("/proc/self");
  private static final long MICROS_PER_TICK = 10_000; // there are 100 ticks a second on all Linuxes
  private static final long KIB = 1024;

  // Places in the file `stat`, behind the name of the program.
  private static final int MINOR_FAULTS = 7;
  private static final int MAJOR_FAULTS = 9;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  private SystemFacts() {}

  /**
   * Microseconds on processors by the program and for it, bytes in memory now and at most, page
   * faults without and with reading, switches of its own will and without.
   */
  static ProxyArray usage() {
    String[] stat = stat();
    if (stat.length <= SYSTEM_TICKS) {
      Duration total = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
      return Addresses.list(total.toNanos() / 1000, 0, 0, 0, 0, 0, 0, 0);
    }
    Map<String, String> status = status();
    return Addresses.list(
        Long.parseLong(stat[USER_TICKS]) * MICROS_PER_TICK,
        Long.parseLong(stat[SYSTEM_TICKS]) * MICROS_PER_TICK,
        number(status, "VmRSS", 0) * KIB,
        number(status, "VmHWM", 0) * KIB,
        Long.parseLong(stat[MINOR_FAULTS]),
        Long.parseLong(stat[MAJOR_FAULTS]),
        number(status, "voluntary_ctxt_switches", 0),
        number(status, "nonvoluntary_ctxt_switches", 0));
  }

  /** Real and effective user, real and effective group, the umask, then all groups. */
  static ProxyArray ids() throws IOException {
    Map<String, String> status = status();
    List<Object> ids = new ArrayList<>();
    if (status.isEmpty()) {
      Path home = Path.of(System.getProperty("java.io.tmpdir", "/"));
      Path made = Files.createTempFile(home, "evented", null); // it belongs to who makes it
      try {
        Object uid = Files.getAttribute(made, "unix:uid");
        Object gid = Files.getAttribute(made, "unix:gid");
        ids.addAll(List.of(uid, uid, gid, gid, 0_022, gid));
      } finally {
        Files.delete(made);
      }
      return ProxyArray.fromList(ids);
    }
    for (String name : List.of("Uid", "Gid")) {
      String[] four = status.getOrDefault(name, "0 0 0 0").split("\\s+", -1);
      ids.add(Integer.parseInt(four[0]));
      ids.add(Integer.parseInt(four[1]));
    }
    ids.add(Integer.parseInt(status.getOrDefault("Umask", "0022"), 8));
    for (String group : status.getOrDefault("Groups", "").split("\\s+", -1)) {
      if (!group.isEmpty()) {
        ids.add(Integer.parseInt(group));
      }
    }
    return ProxyArray.fromList(ids);
  }

  private static String[] stat() {
    try {
      String text = Files.readString(SELF.resolve("stat"));
      // The name stands in parentheses, and may hold spaces.
      return text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    } catch (IOException e) {
      return new String[0];
    }
  }

  private static Map<String, String> status() {
    Map<String, String> values = new HashMap<>();
    try {
      for (String line : Files.readAllLines(SELF.resolve("status"))) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          values.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
      }
    } catch (IOException e) {
      // No Linux.
    }
    return values;
  }

  private static long number(Map<String, String> values, String name, long otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : Long.parseLong(value.replaceFirst("\\D.*", ""));
  }
}
