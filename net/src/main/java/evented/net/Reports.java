package evented.net;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What the library tells the operator when no listener hears it. */
final class Reports {
  private static final Logger LOGGER = System.getLogger("evented.net");

  private Reports() {}

  /** An {@code error} that no one listened for (semantics O6). */
  static void unhandled(Object emitter, NetException error) {
    LOGGER.log(
        Level.ERROR,
        () -> "Unhandled 'error' event of " + emitter + ": " + error.getMessage(),
        error);
  }

  static void warn(String message) {
    LOGGER.log(Level.WARNING, message);
  }
}
