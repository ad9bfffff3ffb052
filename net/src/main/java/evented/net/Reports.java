package evented.net;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What the library tells the operator when no listener hears it. */
final class Reports {
  private static final Logger LOGGER = System.getLogger("evented.net");

  /**
   * How long an error waits for a listener that another thread may be about to add (semantics O1),
   * before it is reported as unhandled, in milliseconds.
   */
  static final long PATIENCE_MILLIS = 250;

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
