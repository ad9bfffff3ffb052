package evented.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The table in the README of the repository, of few servers and the workloads that matter most:
 * processor time relative to the baseline's, and what has a unit of its own.
 */
final class Summary {
  private static final String BEGIN = "<!-- Made by bench/run from bench/results -->\n";
  private static final String END = "<!-- The end of what bench/run makes -->\n";

  private static final List<String> HEADINGS =
      List.of(
          "",
          "unit",
          "Evented, epoll",
          "Evented, nio",
          "Netty, epoll",
          "Vert.x",
          "Node",
          "Evented in JavaScript");

  /** The servers below the headings. */
  private static final List<String> SERVERS =
      List.of(
          "evented:epoll", "evented:nio", "netty:epoll", "vertx", "node", "evented-js:compiled");

  private static final List<String> PIPES =
      List.of("evented-pipe:epoll", "evented-pipe:nio", "netty:epoll", "vertx", "node", "");

  private static final List<String> NATIVE_TLS =
      List.of("evented:openssl", "", "netty:openssl", "vertx:openssl", "node", "");

  private record Row(String text, String workload, Metric metric, List<String> servers) {
    Row(String text, String workload, List<String> servers) {
      this(text, workload, Metric.CPU_MICROS, servers);
    }
  }

  private static final List<Row> ROWS =
      List.of(
          new Row("echo of 64 bytes, 100 connections", "echo", SERVERS),
          new Row("the same, 1,000 connections", "echo-1000", SERVERS),
          new Row("64 bytes to each of 1,000 connections", "broadcast", SERVERS),
          new Row("one answer to each 64 bytes, 16 under way", "reply", SERVERS),
          new Row("connect, exchange, close", "connect", SERVERS),
          new Row("chunks of 64 KiB, Evented by a `data` listener", "bulk", SERVERS),
          new Row("the same, Evented by `pipe`", "bulk", PIPES),
          new Row("chunks of 64 KiB over TLS, by BoringSSL or OpenSSL", "tls-bulk", NATIVE_TLS),
          new Row("TLS handshakes, by BoringSSL or OpenSSL", "tls-handshakes", NATIVE_TLS),
          new Row("memory of an idle connection", "idle", Metric.MEMORY, SERVERS),
          new Row(
              "from the start of the process to listening", "start-up", Metric.START_UP, SERVERS));

  private final Map<String, Outcome> outcomes;

  Summary(List<Outcome> outcomes) {
    this.outcomes =
        outcomes.stream()
            .collect(Collectors.toMap(outcome -> outcome.workload().name(), Function.identity()));
  }

  String table() {
    MarkdownTable table = new MarkdownTable(2, HEADINGS);
    for (Row row : ROWS) {
      Outcome outcome = outcomes.get(row.workload);
      if (outcome != null) {
        table.add(cells(row, outcome));
      }
    }
    return table.toString();
  }

  private static List<String> cells(Row row, Outcome outcome) {
    List<String> cells = new ArrayList<>(List.of(row.text, unit(row, outcome)));
    for (String server : row.servers) {
      double value =
          row.metric == Metric.CPU_MICROS
              ? outcome.ratio(server, row.metric)
              : outcome.median(server, row.metric);
      cells.add(Report.number(value, row.metric.decimals));
    }
    return cells;
  }

  private static String unit(Row row, Outcome outcome) {
    return switch (row.metric) {
      case MEMORY -> "KiB";
      case START_UP -> "ms";
      default -> outcome.workload().baseline();
    };
  }

  /**
   * Puts the table between its markers.
   *
   * @throws IllegalArgumentException if a marker is missing
   */
  String in(String text) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("there is no " + BEGIN.strip() + " … " + END.strip());
    }
    return text.substring(0, begin + BEGIN.length()) + table() + text.substring(end);
  }

  void writeInto(Path file) throws IOException {
    Files.writeString(file, in(Files.readString(file)));
  }
}
