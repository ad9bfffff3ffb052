package evented.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated values below lines of comment.
 *
 * @param comments without the {@code #}
 * @param rows the first of them are the headings
 */
record Csv(List<String> comments, List<List<String>> rows) {
  private static final String COMMENT = "# ";

  static Csv parse(String text) {
    List<String> comments = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith(COMMENT)) {
        comments.add(line.substring(COMMENT.length()));
      } else {
        rows.add(Arrays.asList(line.split(",", -1)));
      }
    }
    return new Csv(comments, rows);
  }

  /**
   * The text of the file.
   *
   * @throws IllegalArgumentException if a value holds a comma, since there are no quotes here
   */
  String format() {
    for (List<String> row : rows) {
      if (row.stream().anyMatch(value -> value.matches("(?s).*[,\\n].*"))) {
        throw new IllegalArgumentException("a comma or a line end in " + row);
      }
    }
    return comments.stream().map(line -> COMMENT + line + "\n").collect(Collectors.joining())
        + rows.stream().map(row -> String.join(",", row) + "\n").collect(Collectors.joining());
  }
}
