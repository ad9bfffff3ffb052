package evented.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An outcome as text: a section in Markdown, and a bar chart. */
final class Report {
  private static final String ABSENT = "–";

  private final Outcome outcome;
  private final Workload workload;

  Report(Outcome outcome) {
    this.outcome = outcome;
    this.workload = outcome.workload();
  }

  /** The section of the results. */
  String section() {
    String name = workload.name();
    return "## %s\n\n%s\n\n![%s: %s](%s.svg)\n\n%s\n%s\n"
        .formatted(
            name,
            workload.description(),
            name,
            chartTitle(),
            name,
            tableAndLeftOut(),
            outcome.circumstances());
  }

  String tableAndLeftOut() {
    StringBuilder text = new StringBuilder(table());
    String between = "\n";
    for (var absent : outcome.leftOut().entrySet()) {
      text.append(between)
          .append("- %s is left out: %s\n".formatted(absent.getKey(), absent.getValue()));
      between = "";
    }
    return text.toString();
  }

  String table() {
    MarkdownTable table = new MarkdownTable(2, headings());
    outcome.measured().forEach(server -> table.add(row(server)));
    return table.toString();
  }

  private List<String> headings() {
    List<String> headings = new ArrayList<>(List.of("server", "flags"));
    for (Column column : workload.columns()) {
      if (column.metric().isCompared()) {
        headings.add(ratioHeading(column.metric()));
      }
      headings.add(column.heading());
    }
    return headings;
  }

  private String ratioHeading(Metric metric) {
    return metric.subject + ", " + workload.baseline() + " = 1";
  }

  private List<String> row(String server) {
    String flags = outcome.flags(server);
    List<String> cells = new ArrayList<>(List.of(server, flags.isEmpty() ? "" : "`" + flags + "`"));
    for (Column column : workload.columns()) {
      Metric metric = column.metric();
      boolean bracketed = metric == Metric.RATE && outcome.isLimitedByLoad(server);
      String format = bracketed ? "(%s)" : "%s";
      if (metric.isCompared()) {
        cells.add(format.formatted(number(outcome.ratio(server, metric), 2)));
      }
      cells.add(format.formatted(number(outcome.median(server, metric), metric.decimals)));
    }
    return cells;
  }

  /** Bars of the first column; processor time as the ratio to the baseline's. */
  String chart() {
    BarChart chart = new BarChart(chartTitle());
    Metric metric = workload.columns().get(0).metric();
    for (String server : outcome.measured()) {
      double value =
          isRatioDrawn() ? outcome.ratio(server, metric) : outcome.median(server, metric);
      chart.add(server, value, number(value, metric.decimals));
    }
    return chart.toSvg();
  }

  private boolean isRatioDrawn() {
    return workload.columns().get(0).metric() == Metric.CPU_MICROS;
  }

  private String chartTitle() {
    Column first = workload.columns().get(0);
    return (isRatioDrawn() ? ratioHeading(first.metric()) : first.heading()) + ", less is better";
  }

  /** A number for people, or a dash where there is none. */
  static String number(double value, int decimals) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, "%,." + decimals + "f", value)
        : ABSENT;
  }
}
