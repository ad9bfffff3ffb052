package evented.net.js;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The signals of the operating system. The JDK has no other way to hear of them than {@code
 * sun.misc.Signal}, which javac warns of without end; so it is asked for by name.
 */
final class Signals {
  private Signals() {}

  /** A signal that is heard. */
  interface Hearing {
    /** Has the signal do again what it did before. */
    void stop();
  }

  /** Runs {@code listener} on each signal; null if the JVM keeps that one for itself. */
  static @Nullable Hearing hear(String name, Runnable listener) {
    try {
      Object signal = signal(name);
      Class<?> type = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  listener.run();
                  return null;
                }
                return method.getName().equals("equals") ? proxy == arguments[0] : 1;
              });
      Method handle = signal.getClass().getMethod("handle", signal.getClass(), type);
      Object before = handle.invoke(null, signal, handler);
      return () -> invoke(handle, signal, before);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** Sends this process a signal. */
  static void raise(String name) {
    try {
      Object signal = signal(name);
      invoke(signal.getClass().getMethod("raise", signal.getClass()), signal);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("Unknown signal: " + name, e);
    }
  }

  /**
   * Sends another process a signal.
   *
   * @param signal its name; 0 only looks whether the process is there
   * @return false if there is no such process
   */
  static boolean send(long pid, String signal) throws IOException {
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    if (process.isEmpty() || signal.equals("0")) {
      return process.isPresent();
    }
    switch (signal) {
      case "SIGTERM" -> process.get().destroy();
      case "SIGKILL" -> process.get().destroyForcibly();
      default -> {
        // The JDK knows no other ones.
        Process kill =
            new ProcessBuilder("kill", "-" + signal.replaceFirst("^SIG", ""), Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        kill.onExit().join();
      }
    }
    return true;
  }

  private static Object signal(String name) throws ReflectiveOperationException {
    return Class.forName("sun.misc.Signal")
        .getConstructor(String.class)
        .newInstance(name.replaceFirst("^SIG", ""));
  }

  private static void invoke(Method method, Object... arguments) {
    try {
      method.invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
