package evented.net;

import static org.junit.jupiter.api.Assumptions.abort;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;

/**
 * Transports by their name. Where the JVM or the machine cannot have one, the test is skipped, with
 * a message.
 */
final class Transports {
  private Transports() {}

  static Transport open(String name) {
    Class<?> type;
    try {
      type = Class.forName("evented.net." + capitalised(name) + "Transport");
      Method whyUnavailable = type.getDeclaredMethod("whyUnavailable");
      String problem = (String) whyUnavailable.invoke(null);
      if (problem != null) {
        return abort("skipped: " + problem);
      }
    } catch (ClassNotFoundException e) {
      return abort("skipped: this build has no transport " + name);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor();
      return (Transport) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static String capitalised(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
