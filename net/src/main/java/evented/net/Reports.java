package evented.net;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.TimeZone;

/** What the library tells the operator when no listener hears it. */
final class Reports {
  private static final Logger LOGGER = System.getLogger("evented.net");

  /**
   * How long an error waits for a listener that another thread may be about to add (semantics O1),
   * before it is reported as unhandled, in milliseconds.
   */
  static final long PATIENCE_MILLIS = 250;

  private Reports() {}

  /**
   * An {@code error} that no one listened for. What the network did is said in one line; only what
   * the program itself has thrown comes with its stack trace.
   */
  static void unhandled(Object emitter, NetException error) {
    String message = "Unhandled 'error' event of " + emitter + ": " + error.getMessage();
    if (error.code() == null && error.getCause() != null) {
      LOGGER.log(Level.ERROR, message, error.getCause());
    } else {
      LOGGER.log(Level.ERROR, message);
    }
  }

  static void warn(String message) {
    try {
      LOGGER.log(Level.WARNING, message);
    } catch (RuntimeException | LinkageError e) {
      // Out of descriptors a logger may fail to load its own classes. The loop must go on (S8).
    }
  }

  /**
   * Has the JDK read what loggers need to write the time, while there are descriptors to read it
   * with: a logger that asks for it first when they have run out finds its classes broken for ever.
   */
  static void prepare() {
    if (LOGGER.isLoggable(Level.WARNING)) {
      var unused = ZonedDateTime.now(ZoneId.systemDefault()).toString();
      unused = TimeZone.getDefault().getID();
    }
  }
}
