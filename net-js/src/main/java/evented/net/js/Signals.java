package evented.net.js;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
