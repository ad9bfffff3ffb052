package evented.net;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The events of one stream or server, in order, as {@code "data hello"} or {@code "close false"},
 * together with what a test adds. Pieces of {@code data} that follow one another are joined, since
 * how the network cuts them is no one's business.
 */
final class EventLog {
  private final List<String> entries = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<List<String>> closed = new CompletableFuture<>();
  private volatile NetException error;

  /** Logs all events of {@code stream}, its data as Latin-1 text. */
  static EventLog of(Stream stream) {
    EventLog log = withoutData(stream);
    stream.onData(bytes -> log.addData(bytes.toString(Encoding.LATIN1)));
    return log;
  }

  /** Logs all events of {@code stream} but {@code data}, which no one listens for. */
  static EventLog withoutData(Stream stream) {
    EventLog log = beginning(stream);
    stream.onSecure(() -> log.add("secure"));
    return log.listenTo(stream);
  }

  /** Logs all events of {@code stream} but {@code secure}, which no one listens for. */
  static EventLog withoutSecure(Stream stream) {
    EventLog log = beginning(stream);
    stream.onData(bytes -> log.addData(bytes.toString(Encoding.LATIN1)));
    return log.listenTo(stream);
  }

  /** Listens for {@code connect} first: the others may come between two listeners of a test's. */
  private static EventLog beginning(Stream stream) {
    EventLog log = new EventLog();
    stream.onConnect(() -> log.add("connect"));
    return log;
  }

  private EventLog listenTo(Stream stream) {
    EventLog log = this;
    stream.onEnd(() -> log.add("end"));
    stream.onDrain(() -> log.add("drain"));
    stream.onTimeout(() -> log.add("timeout"));
    stream.onError(log::addError);
    stream.onClose(log::addClose);
    return log;
  }

  static EventLog of(Server server) {
    EventLog log = new EventLog();
    server.onListening(() -> log.add("listening"));
    server.onError(log::addError);
    server.onClose(
        () -> {
          log.add("close");
          log.closed.complete(log.entries());
        });
    return log;
  }

  synchronized void add(String entry) {
    entries.add(entry);
    notifyAll();
  }

  private synchronized void addData(String data) {
    text.append(data);
    int last = entries.size() - 1;
    if (last >= 0 && entries.get(last).startsWith("data ")) {
      entries.set(last, entries.get(last) + data);
    } else {
      entries.add("data " + data);
    }
    notifyAll();
  }

  private void addError(NetException e) {
    error = e;
    add("error " + e.code());
  }

  private void addClose(boolean hadError) {
    add("close " + hadError);
    closed.complete(entries());
  }

  /** The entries so far; a copy. */
  synchronized List<String> entries() {
    return List.copyOf(entries);
  }

  /** All data so far. */
  synchronized String text() {
    return text.toString();
  }

  NetException error() {
    return error;
  }

  /** Waits for {@code close} and gives all entries up to it. */
  List<String> awaitClose() {
    return Await.get(closed);
  }

  /** Waits for {@code close} and gives the entries up to it, without those that are like this. */
  List<String> awaitCloseWithout(String ignored) {
    List<String> kept = new ArrayList<>();
    for (String entry : awaitClose()) {
      int last = kept.size() - 1;
      if (entry.startsWith("data ") && last >= 0 && kept.get(last).startsWith("data ")) {
        kept.set(last, kept.get(last) + entry.substring("data ".length()));
      } else if (!entry.equals(ignored)) {
        kept.add(entry);
      }
    }
    return kept;
  }

  /** Waits until {@code entry} is among the entries. */
  void await(String entry) {
    awaitMatching("entry '" + entry + "'", () -> entries.contains(entry));
  }

  /** Waits until the data so far ends with {@code end}. */
  void awaitText(String end) {
    awaitMatching("text '" + end + "'", () -> text.toString().endsWith(end));
  }

  private synchronized void awaitMatching(String what, java.util.function.BooleanSupplier met) {
    long deadline = System.nanoTime() + Await.DEADLINE.toNanos();
    while (!met.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("no " + what + " within " + Await.DEADLINE + ": " + entries);
      }
      try {
        wait(left / 1_000_000 + 1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
