package dev.autoskill.telemetry.cli.html;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.util.List;

/**
 * A chart with a horizontal bar per figure: its name at the left, its value behind the bar. The
 * same figures give the same SVG.
 *
 * @param title what is shown
 * @param bars the bars, from top to bottom
 */
public record BarChart(String title, List<Bar> bars) {

  static final int WIDTH = 800;
  private static final int ROW = 24;
  private static final int BAR = 16;
  private static final double CHARACTER = 7.5;
  private static final int GAP = 8;

  /** Copies the list. */
  public BarChart {
    bars = List.copyOf(bars);
  }

  /**
   * A figure.
   *
   * @param name what it is
   * @param length how long its bar is, in any unit that all bars share; not negative
   * @param value the figure as it is to be read
   */
  public record Bar(String name, double length, String value) {}

  /** {@return the chart as an SVG document, for light and dark surroundings} */
  public String svg() {
    StringOutput out = new StringOutput();
    JtechartGenerated.render(new OwaspHtmlTemplateOutput(out), null, this);
    return out.toString();
  }

  int height() {
    return ROW * bars.size();
  }

  /** Where the bars begin. */
  double left() {
    return longest(bars.stream().map(Bar::name).toList()) + GAP;
  }

  double width(Bar bar) {
    double room = WIDTH - left() - longest(bars.stream().map(Bar::value).toList()) - 2 * GAP;
    double longest = bars.stream().mapToDouble(Bar::length).max().orElse(0);
    return longest == 0 ? 0 : PageFigures.rounded(Math.max(0, room) * bar.length() / longest);
  }

  /** Where the value stands. */
  double behind(Bar bar) {
    return PageFigures.rounded(left() + width(bar) + GAP);
  }

  int top(int row) {
    return ROW * row + (ROW - BAR) / 2;
  }

  int barHeight() {
    return BAR;
  }

  int baseline(int row) {
    return top(row) + BAR - 4;
  }

  private static double longest(List<String> texts) {
    return CHARACTER * texts.stream().mapToInt(String::length).max().orElse(0);
  }
}
