package evented.bench;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An outcome as data: a row for each round of each server, and one column for each metric. */
final class OutcomeData {
  private static final List<String> NAMES = List.of("server", "flags", "round");
  private static final String LEFT_OUT = "left out: ";
  private static final int DECIMALS = 3;

  private OutcomeData() {}

  static Csv of(Outcome outcome) {
    List<String> comments = new ArrayList<>(outcome.circumstances().lines().toList());
    outcome
        .leftOut()
        .forEach((server, why) -> comments.add(LEFT_OUT + server + ", " + oneLine(why)));
    List<Metric> metrics = outcome.workload().columns().stream().map(Column::metric).toList();
    List<List<String>> rows = new ArrayList<>();
    List<String> headings = new ArrayList<>(NAMES);
    metrics.forEach(metric -> headings.add(metric.name().toLowerCase(Locale.ROOT)));
    rows.add(headings);
    for (String server : outcome.measured()) {
      int round = 1;
      for (Sample sample : outcome.samples(server)) {
        List<String> row = new ArrayList<>(List.of(server, outcome.flags(server), "" + round++));
        metrics.forEach(metric -> row.add(number(sample.get(metric))));
        rows.add(row);
      }
    }
    return new Csv(comments, rows);
  }

  static Outcome read(Csv csv, Workload workload) {
    List<String> circumstances =
        csv.comments().stream().filter(line -> !line.startsWith(LEFT_OUT)).toList();
    Outcome outcome = new Outcome(workload, String.join("\n", circumstances));
    for (String comment : csv.comments()) {
      if (comment.startsWith(LEFT_OUT)) {
        String[] words = comment.substring(LEFT_OUT.length()).split(", ", 2);
        outcome.leaveOut(words[0], words[1]);
      }
    }
    List<String> headings = csv.rows().get(0);
    for (List<String> row : csv.rows().subList(1, csv.rows().size())) {
      outcome.add(row.get(0), row.get(1), sample(headings, row));
    }
    return outcome;
  }

  private static Sample sample(List<String> headings, List<String> row) {
    Sample sample = new Sample();
    for (int i = NAMES.size(); i < row.size(); i++) {
      if (!row.get(i).isEmpty()) {
        Metric metric = Metric.valueOf(headings.get(i).toUpperCase(Locale.ROOT));
        sample.with(metric, Double.parseDouble(row.get(i)));
      }
    }
    return sample;
  }

  private static String number(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value)
            .setScale(DECIMALS, RoundingMode.HALF_EVEN)
            .stripTrailingZeros()
            .toPlainString()
        : "";
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\n\\s*", " / ");
  }
}
