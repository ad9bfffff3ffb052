package evented.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An outcome as text: a section in Markdown, and a bar chart. */
final class Report {
  private static final String ABSENT = "–";

  private final Outcome outcome;
  private final Workload workload;

  Report(Outcome outcome) {
    this.outcome = outcome;
    this.workload = outcome.workload();
  }

  /**
   * The section of the results.
   *
   * @param circumstances when, where and for how long, in a sentence or two
   */
  String section(String circumstances) {
    String name = workload.name();
    StringBuilder text = new StringBuilder();
    text.append("## ").append(name).append("\n\n");
    text.append(workload.description()).append("\n\n");
    text.append("![%s: %s](%s.svg)\n\n".formatted(name, chartTitle(), name));
    text.append(tableAndLeftOut()).append('\n');
    return text.append(circumstances).append('\n').toString();
  }

  String tableAndLeftOut() {
    StringBuilder text = new StringBuilder(table());
    String between = "\n";
    for (Map.Entry<Peer, String> absent : outcome.leftOut().entrySet()) {
      String name = absent.getKey().name();
      text.append(between).append("- %s is left out: %s\n".formatted(name, absent.getValue()));
      between = "";
    }
    return text.toString();
  }

  String table() {
    MarkdownTable table = new MarkdownTable(2, headings());
    for (Peer peer : outcome.measured()) {
      table.add(row(peer));
    }
    return table.toString();
  }

  private List<String> headings() {
    List<String> headings = new ArrayList<>(List.of("server", "flags"));
    for (Column column : workload.columns()) {
      headings.add(column.heading());
      if (column.metric().compared) {
        headings.add("of " + workload.baseline());
      }
    }
    return headings;
  }

  private List<String> row(Peer peer) {
    String flags = peer.flags().isEmpty() ? "" : "`" + peer.flags() + "`";
    List<String> cells = new ArrayList<>(List.of(peer.name(), flags));
    for (Column column : workload.columns()) {
      Metric metric = column.metric();
      cells.add(number(outcome.median(peer, metric), metric.decimals));
      if (metric.compared) {
        cells.add(number(outcome.ratio(peer, metric), 2));
      }
    }
    return cells;
  }

  String chart() {
    Metric metric = workload.columns().get(0).metric();
    BarChart chart = new BarChart(chartTitle());
    for (Peer peer : outcome.measured()) {
      double value = outcome.median(peer, metric);
      chart.add(peer.name(), value, number(value, metric.decimals));
    }
    return chart.toSvg();
  }

  private String chartTitle() {
    return workload.columns().get(0).heading()
        + (workload.lessIsBetter() ? ", less is better" : ", more is better");
  }

  private static String number(double value, int decimals) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%,." + decimals + "f", value)
        : ABSENT;
  }
}
