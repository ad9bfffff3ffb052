package evented.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars with labels, as SVG that reads well on light and on dark pages. Bars of Evented
 * have a colour of their own.
 */
final class BarChart {
  private static final int WIDTH = 760;
  private static final int LABELS = 190;
  private static final int VALUES = 90;
  private static final int TOP = 40;
  private static final int STEP = 26;
  private static final int BAR = 18;

  private static final String STYLE =
      """
      <style>
        text { font: 13px system-ui, sans-serif; fill: #24292f; }
        .title { font-weight: 600; }
        .bar { fill: #8c959f; }
        .evented { fill: #0969da; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .bar { fill: #6e7681; }
          .evented { fill: #4493f8; }
        }
      </style>
      """;

  private record Bar(String label, double value, String text) {}

  private final String title;
  private final List<Bar> bars = new ArrayList<>();

  BarChart(String title) {
    this.title = title;
  }

  /**
   * Adds a bar below the others.
   *
   * @param value its length, in the unit of the others
   * @param text what is written at its end
   */
  void add(String label, double value, String text) {
    bars.add(new Bar(label, value, text));
  }

  String toSvg() {
    int height = TOP + bars.size() * STEP + 8;
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\">\n"
            .formatted(WIDTH, height, WIDTH, height));
    svg.append("<title>").append(escape(title)).append("</title>\n").append(STYLE);
    svg.append("<text class=\"title\" x=\"8\" y=\"22\">").append(escape(title)).append("</text>\n");
    double longest = bars.stream().mapToDouble(Bar::value).filter(Double::isFinite).max().orElse(1);
    for (int i = 0; i < bars.size(); i++) {
      svg.append(draw(bars.get(i), longest, TOP + i * STEP));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String draw(Bar bar, double longest, int y) {
    double share = Double.isFinite(bar.value) && longest > 0 ? Math.max(0, bar.value / longest) : 0;
    double length = share * (WIDTH - LABELS - VALUES);
    int baseline = y + BAR - 5;
    return String.format(
        Locale.ROOT,
        """
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <rect class="%s" x="%d" y="%d" width="%.1f" height="%d" rx="2"/>
        <text x="%.1f" y="%d">%s</text>
        """,
        LABELS - 8,
        baseline,
        escape(bar.label),
        bar.label.startsWith("evented") ? "evented" : "bar",
        LABELS,
        y,
        length,
        BAR,
        LABELS + length + 6,
        baseline,
        escape(bar.text));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
