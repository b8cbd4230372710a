package dev.autoskill.telemetry.benchmarks.document;

import dev.autoskill.telemetry.cli.html.BarChart;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;

/**
 * A bar for each of some figures, to be seen beside each other.
 *
 * @param name of the file, without its ending
 * @param title what is shown
 * @param unit of the bars' lengths
 * @param bars what each bar is called and how long it is, in the order of the map
 */
public record Chart(String name, String title, String unit, Map<String, Double> bars) {

  /** The chart as SVG. The same figures give the same text. */
  String svg() {
    DecimalFormat numbers =
        new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return new BarChart(
            "%s (%s)".formatted(title, unit),
            bars.entrySet().stream()
                .map(
                    bar ->
                        new BarChart.Bar(
                            bar.getKey(), bar.getValue(), numbers.format(bar.getValue())))
                .toList())
        .svg();
  }
}
