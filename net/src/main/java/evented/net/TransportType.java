package evented.net;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kernel interfaces that can carry a {@link Loop}'s bytes.
 *
 * <p>By default a loop takes epoll where it is available, and NIO elsewhere. The system property
 * {@code evented.transport}, with the name of one of these in any case, overrides that.
 */
public enum TransportType {
  /**
   * Linux's epoll, by the JDK's foreign-function API: on x86-64 and ARM64, with JDK 22 or newer.
   */
  EPOLL("epoll"),
  /**
   * The JDK's own selector, on every system. It does not show descriptors; it adopts them only if
   * the JVM was started with the options that the error names; and a paused stream that holds 64
   * KiB learns of a hang-up when it resumes.
   */
  NIO("nio");

  /** Part of the multi-release jar; a JDK older than 22 does not find it. */
  private static final String EPOLL_TRANSPORT = "evented.net.EpollTransport";

  private final String text;

  TransportType(String text) {
    this.text = text;
  }

  /**
   * Returns the kernel interface of a name such as {@code "epoll"}, in any case.
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
    throw new IllegalArgumentException("transport must be epoll or nio, was " + name);
  }

  /**
   * Says whether this machine and this JVM offer it.
   *
   * @return whether {@link Loop#create(int, TransportType)} will accept it
   */
  public boolean isAvailable() {
    return whyUnavailable() == null;
  }

  /** Why it cannot be had here, in words; null if it can. */
  @Nullable String whyUnavailable() {
    return this == EPOLL ? Epoll.WHY_UNAVAILABLE : null;
  }

  /** What a loop takes that names none. */
  static TransportType choose() {
    @Nullable String wanted = System.getProperty("evented.transport");
    if (wanted != null && !wanted.isEmpty()) {
      return of(wanted);
    }
    return EPOLL.isAvailable() ? EPOLL : NIO;
  }

  /** Makes a transport for one loop thread. */
  Transport open() {
    String problem = whyUnavailable();
    if (problem != null) {
      throw new UnsupportedOperationException(
          "transport " + this + " is not available here: " + problem);
    }
    try {
      return this == EPOLL ? Epoll.open() : new NioTransport();
    } catch (NetException e) {
      throw new IllegalStateException(
          "transport " + this + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /** Reaches the class by its name, since an older JDK cannot even load it. */
  private static final class Epoll {
    static final @Nullable String WHY_UNAVAILABLE = whyUnavailable();

    private static @Nullable String whyUnavailable() {
      if (Runtime.version().feature() < 22) {
        return "it takes JDK 22 or newer, and this is " + Runtime.version().feature();
      }
      try {
        return (String) type().getDeclaredMethod("whyUnavailable").invoke(null);
      } catch (ClassNotFoundException e) {
        return "this build of the library was made with a JDK older than 22";
      } catch (ReflectiveOperationException | LinkageError e) {
        return String.valueOf(e.getCause() == null ? e : e.getCause());
      }
    }

    static Transport open() throws NetException {
      try {
        return (Transport) type().getDeclaredConstructor().newInstance();
      } catch (InvocationTargetException e) {
        if (e.getCause() instanceof NetException cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Class<?> type() throws ClassNotFoundException {
      return Class.forName(EPOLL_TRANSPORT);
    }
  }

  /** Returns the name, such as {@code "epoll"}. */
  @Override
  public String toString() {
    return text;
  }
}
