package evented.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** A table in Markdown, with texts to the left and then numbers to the right. */
final class MarkdownTable {
  private final int texts;
  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * A table without rows.
   *
   * @param texts how many columns hold text; these come first
   */
  MarkdownTable(int texts, List<String> headings) {
    this.texts = texts;
    this.headings = headings;
  }

  void add(List<String> cells) {
    if (cells.size() != headings.size()) {
      throw new IllegalArgumentException(cells + " do not fit below " + headings);
    }
    rows.add(cells);
  }

  @Override
  public String toString() {
    List<String> rules = new ArrayList<>(Collections.nCopies(texts, "---"));
    rules.addAll(Collections.nCopies(headings.size() - texts, "---:"));
    return line(headings)
        + line(rules)
        + rows.stream().map(MarkdownTable::line).collect(Collectors.joining());
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|"))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
