package evented.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns names into addresses with the JDK's resolver, so that the hosts file and the system's
 * settings count, on helper threads, so that a slow server stalls no loop.
 */
final class Resolver {
  private static final int THREADS = 16;

  private static final ThreadPoolExecutor HELPERS =
      new ThreadPoolExecutor(
          THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Resolver::newThread);

  static {
    HELPERS.allowCoreThreadTimeOut(true);
  }

  private Resolver() {}

  /** Says what addresses a name has; may block. Each loop thread has one, for tests to replace. */
  interface Lookup {
    Lookup SYSTEM = InetAddress::getAllByName;

    InetAddress[] addressesOf(String name) throws UnknownHostException;
  }

  /** Gets the addresses of a name, or why there are none. */
  interface Callback {
    void resolved(List<InetAddress> addresses, @Nullable NetException failure);
  }

  /**
   * Resolves {@code host} and calls back on {@code thread}; at once if {@code host} is an address.
   */
  static void resolve(LoopThread thread, @Nullable String host, Callback callback) {
    String name = host == null ? "localhost" : host;
    if (IpAddress.version(name) != 0) {
      // An address is parsed, not looked up.
      deliver(name, callback);
    } else {
      HELPERS.execute(() -> lookUp(thread, name, callback));
    }
  }

  private static void deliver(String literal, Callback callback) {
    List<InetAddress> addresses;
    try {
      addresses = List.of(InetAddress.getByName(literal));
    } catch (UnknownHostException e) { // a zone that this machine does not have
      callback.resolved(List.of(), failure(literal, e));
      return;
    }
    callback.resolved(addresses, null);
  }

  private static void lookUp(LoopThread thread, String name, Callback callback) {
    Runnable answer;
    try {
      List<InetAddress> addresses = List.of(thread.lookup.addressesOf(name));
      answer = () -> callback.resolved(addresses, null);
    } catch (UnknownHostException | RuntimeException e) {
      NetException failure = failure(name, e);
      answer = () -> callback.resolved(List.of(), failure);
    }
    thread.later(answer);
  }

  private static NetException failure(String name, Exception cause) {
    ErrorCode code = ErrorCode.of(cause);
    return NetException.ofHost(name, code == null ? ErrorCode.ENOTFOUND : code, cause);
  }

  private static Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "evented-resolver");
    thread.setDaemon(true);
    return thread;
  }
}
