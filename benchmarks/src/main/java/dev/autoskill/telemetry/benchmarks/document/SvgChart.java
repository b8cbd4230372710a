package dev.autoskill.telemetry.benchmarks.document;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;

/** Draws a chart as SVG. The same figures give the same bytes. */
final class SvgChart {

  private static final int WIDTH = 800;
  private static final int HEAD_HEIGHT = 90;
  private static final int BAR_HEIGHT = 34;
  private static final double ROOM_FOR_LABELS = 0.15;
  private static final Color BARS = new Color(0x3B, 0x6E, 0xA5);
  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  private SvgChart() {}

  static String of(Chart chart) throws IOException {
    int height = HEAD_HEIGHT + BAR_HEIGHT * chart.bars().size();
    VectorGraphics2D graphics = new VectorGraphics2D();
    drawn(chart).draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SVGProcessor()
        .getDocument(graphics.getCommands(), new PageSize(WIDTH, height))
        .writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static JFreeChart drawn(Chart chart) {
    DefaultCategoryDataset bars = new DefaultCategoryDataset();
    chart.bars().forEach((name, length) -> bars.addValue(length, chart.unit(), name));
    JFreeChart drawn =
        ChartFactory.createBarChart(
            chart.title(),
            null,
            chart.unit(),
            bars,
            PlotOrientation.HORIZONTAL,
            false,
            false,
            false);
    StandardChartTheme theme = new StandardChartTheme("plain");
    theme.setExtraLargeFont(FONT.deriveFont(Font.BOLD, 15f));
    theme.setLargeFont(FONT);
    theme.setRegularFont(FONT);
    theme.setPlotBackgroundPaint(Color.WHITE);
    theme.setRangeGridlinePaint(Color.LIGHT_GRAY);
    theme.setBarPainter(new StandardBarPainter());
    theme.setShadowVisible(false);
    theme.apply(drawn);
    CategoryPlot plot = drawn.getCategoryPlot();
    plot.setOutlineVisible(false);
    plot.getRangeAxis().setUpperMargin(ROOM_FOR_LABELS);
    plot.getDomainAxis().setMaximumCategoryLabelWidthRatio(0.5f);
    NumberFormat numbers =
        new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT));
    BarRenderer renderer = (BarRenderer) plot.getRenderer();
    renderer.setSeriesPaint(0, BARS);
    renderer.setDefaultItemLabelsVisible(true);
    renderer.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator("{2}", numbers));
    ((NumberAxis) plot.getRangeAxis()).setNumberFormatOverride(numbers);
    return drawn;
  }
}
