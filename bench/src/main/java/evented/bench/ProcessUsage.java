package evented.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel tells of a process in {@code /proc}. */
final class ProcessUsage {
  private static final double TICKS_PER_SECOND = 100;
  private static final int PAGE = 4096;

  private ProcessUsage() {}

  /** The processor time of a process and of its children that have ended. */
  static double processorSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    // The second field is a name in parentheses, which may hold spaces; the third comes first here.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int field = 14; field <= 17; field++) {
      ticks += Long.parseLong(fields[field - 3]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  static long residentBytes(long pid) throws IOException {
    return Long.parseLong(Files.readString(Path.of("/proc/" + pid + "/statm")).split(" ", -1)[1])
        * PAGE;
  }
}
