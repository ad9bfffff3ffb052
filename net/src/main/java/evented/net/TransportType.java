package evented.net;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kernel interfaces that can carry a {@link Loop}'s bytes.
 *
 * <p>By default a loop takes epoll on Linux, kqueue on macOS, and NIO elsewhere or when the native
 * code cannot be loaded. The system property {@code evented.transport}, with the name of one of
 * these in any case, overrides that.
 */
public enum TransportType {
  /** Linux's epoll. */
  EPOLL("epoll"),
  /**
   * Linux's io_uring. It cannot adopt a descriptor; a server that names no host takes IPv6 as well
   * as IPv4; a UNIX server that closes deletes whatever is at its path by then; and with {@code
   * setGather(false)} a write is handed to the kernel as the present events end.
   */
  IO_URING("io_uring"),
  /** The kqueue of macOS. */
  KQUEUE("kqueue"),
  /**
   * The JDK's own, anywhere. It cannot adopt a descriptor; a UNIX server that closes deletes
   * whatever is at its path by then; and a paused stream that holds 64 KiB learns of a hang-up when
   * it resumes.
   */
  NIO("nio");

  private final String text;

  TransportType(String text) {
    this.text = text;
  }

  /**
   * Returns the kernel interface of a name such as {@code "io_uring"}, in any case.
   *
   * @param name the name
   * @return the kernel interface
   * @throws IllegalArgumentException if there is none of that name; the message names those there
   *     are
   */
  public static TransportType of(String name) {
    for (TransportType type : values()) {
      if (type.text.equals(name.toLowerCase(Locale.ROOT))) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "transport must be epoll, io_uring, kqueue or nio, was " + name);
  }

  /**
   * Says whether this machine offers it.
   *
   * @return whether {@link Loop#create(int, TransportType)} will accept it
   */
  public boolean isAvailable() {
    return NettyLoop.whyUnavailable(this) == null;
  }

  /** What a loop takes that names none. */
  static TransportType choose() {
    @Nullable String wanted = System.getProperty("evented.transport");
    if (wanted != null && !wanted.isEmpty()) {
      return of(wanted);
    }
    String system = System.getProperty("os.name", "");
    if (system.equals("Linux") && EPOLL.isAvailable()) {
      return EPOLL;
    }
    if (system.startsWith("Mac") && KQUEUE.isAvailable()) {
      return KQUEUE;
    }
    return NIO;
  }

  /** Returns the name, such as {@code "io_uring"}. */
  @Override
  public String toString() {
    return text;
  }
}
