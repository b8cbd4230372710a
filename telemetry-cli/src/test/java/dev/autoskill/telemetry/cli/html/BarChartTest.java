package dev.autoskill.telemetry.cli.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.cli.html.BarChart.Bar;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

class BarChartTest {

  @Test
  void barsAreAsLongAsTheirFigures() {
    Document chart = chart(new Bar("a", 40, "40"), new Bar("b", 10, "10"), new Bar("c", 0, "0"));

    List<Double> widths =
        chart.select("rect").stream().map(bar -> Double.valueOf(bar.attr("width"))).toList();
    assertEquals(widths.get(0) / 4, widths.get(1), 0.1);
    assertEquals(0, widths.get(2));
    for (Element bar : chart.select("rect")) {
      double end = Double.parseDouble(bar.attr("x")) + Double.parseDouble(bar.attr("width"));
      assertTrue(end < BarChart.WIDTH, bar.outerHtml());
    }
  }

  @Test
  void aChartOfNothingHasNoLength() {
    assertEquals("0.0", chart(new Bar("a", 0, "0")).selectFirst("rect").attr("width"));
  }

  @Test
  void namesAreData() {
    Document chart = chart(new Bar("<script>&'\"", 1, "</svg>"));

    assertEquals(List.of("title & <b>", "<script>&'\"", "</svg>"), chart.select("text").eachText());
    assertEquals(0, chart.select("script, b").size());
  }

  private static Document chart(Bar... bars) {
    return Jsoup.parse(new BarChart("title & <b>", List.of(bars)).svg(), "", Parser.xmlParser());
  }
}
