package evented.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the library logs while this is open; none of it goes to the console. */
final class LoggedReports extends Handler implements AutoCloseable {
  // Held, since a logger that no one holds may be forgotten together with its handlers.
  private final Logger logger = Logger.getLogger("evented.net");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  LoggedReports() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  /** Those about {@code emitter}, which may be logged by several loops at a time. */
  List<LogRecord> containing(String text) {
    return records.stream().filter(record -> record.getMessage().contains(text)).toList();
  }

  LogRecord await(String text) {
    Await.until("a report that contains " + text, () -> !containing(text).isEmpty());
    return containing(text).get(0);
  }

  @Override
  public void publish(LogRecord entry) {
    records.add(entry);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
