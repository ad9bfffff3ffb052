package evented.net;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.FileInputStream;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.nio.channels.SelectableChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A descriptor that no object of the JDK's owns, as a parent process hands it down. The JDK's
 * internals make it; where they are not open to the tests, those that need one are skipped.
 */
final class RawDescriptor {
  private RawDescriptor() {}

  /** Gives the descriptor of {@code channel} a second number, and closes the channel. */
  static int of(SelectableChannel channel) throws Exception {
    int descriptor = duplicate((int) call("SelChImpl", "getFDVal", channel));
    channel.close();
    return descriptor;
  }

  /** A descriptor of the file at {@code path}. */
  static int of(Path path) throws Exception {
    try (FileInputStream file = new FileInputStream(path.toFile())) {
      return duplicate((int) call("IOUtil", "fdVal", null, file.getFD()));
    }
  }

  private static int duplicate(int descriptor) throws Exception {
    return (int) call("InheritedChannel", "dup", null, descriptor);
  }

  static void close(int descriptor) throws Exception {
    call("InheritedChannel", "close0", null, descriptor);
  }

  static boolean isOpen(int descriptor) {
    return Files.exists(Path.of("/proc/self/fd/" + descriptor), LinkOption.NOFOLLOW_LINKS);
  }

  private static Object call(String type, String name, Object on, Object... arguments)
      throws Exception {
    Class<?>[] parameters = new Class<?>[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      parameters[i] = arguments[i] instanceof Integer ? int.class : arguments[i].getClass();
    }
    Method method = Class.forName("sun.nio.ch." + type).getDeclaredMethod(name, parameters);
    try {
      method.setAccessible(true);
    } catch (InaccessibleObjectException closed) {
      return abort("skipped: run with --add-opens java.base/sun.nio.ch=ALL-UNNAMED");
    }
    return method.invoke(on, arguments);
  }
}
