package evented.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BarChartTest {
  private final BarChart chart = new BarChart("messages/s, <more> is better & so on");

  @Test
  void theLongestBarFillsTheRoomAndTheOthersAreInProportion() throws Exception {
    chart.add("c", 200, "200");
    chart.add("evented:epoll", 150, "150");
    NodeList bars = parse().getElementsByTagName("rect");
    assertThat(width(bars, 1) / width(bars, 0)).isCloseTo(0.75, within(0.001));
  }

  @Test
  void barsOfEventedStandOut() throws Exception {
    chart.add("c", 2, "2");
    chart.add("evented:epoll", 1, "1");
    NodeList bars = parse().getElementsByTagName("rect");
    assertThat(bars.item(0).getAttributes().getNamedItem("class").getNodeValue()).isEqualTo("bar");
    assertThat(bars.item(1).getAttributes().getNamedItem("class").getNodeValue())
        .isEqualTo("evented");
  }

  @Test
  void titleLabelsAndValuesAreText() throws Exception {
    chart.add("a & b", 12, "12.0 <ms>");
    assertThat(parse().getTextContent())
        .contains("messages/s, <more> is better & so on", "a & b", "12.0 <ms>");
  }

  @Test
  void whatWasNotMeasuredHasNoBar() throws Exception {
    chart.add("c", Double.NaN, "–");
    assertThat(width(parse().getElementsByTagName("rect"), 0)).isZero();
  }

  private Element parse() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(chart.toSvg().getBytes(UTF_8)))
        .getDocumentElement();
  }

  private static double width(NodeList bars, int index) {
    return Double.parseDouble(((Element) bars.item(index)).getAttribute("width"));
  }
}
