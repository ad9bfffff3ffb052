package evented.net;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many descriptors this process has open. */
final class Descriptors {
  private Descriptors() {}

  /** Their number; always 0 where the system has none, so that no leak shows there. */
  static long count() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }
}
