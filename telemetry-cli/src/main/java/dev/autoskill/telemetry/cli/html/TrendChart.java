package dev.autoskill.telemetry.cli.html;

import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.TrendPoint;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Uses over time: a column per point, as a drawing.
 *
 * @param points the points, the oldest first
 * @param most the uses of the highest column
 */
record TrendChart(List<TrendPoint> points, long most) {

  static final int STEP = 12;
  static final int COLUMN = 10;
  static final int HEIGHT = 80;
  static final int SPARK_HEIGHT = 20;

  int width() {
    return STEP * points.size();
  }

  static TrendChart of(List<TrendPoint> points) {
    return new TrendChart(points, points.stream().mapToLong(TrendPoint::uses).max().orElse(0));
  }

  double height(long uses) {
    return most == 0 ? 0 : PageFigures.rounded((double) HEIGHT * uses / most);
  }

  double top(long uses) {
    return PageFigures.rounded(HEIGHT - height(uses));
  }

  static long successes(TrendPoint point) {
    SuccessRate rate = point.attemptedSuccessRate();
    return rate == null ? 0 : rate.successes();
  }

  /** A point in words. */
  static String words(TrendPoint point) {
    String uses = point.start() + ": " + PageFigures.count(point.uses()) + " uses";
    SuccessRate rate = point.attemptedSuccessRate();
    String success = rate == null ? "" : ", " + PageFigures.percent(rate.rate()) + " succeeded";
    String p95 = point.p95Ms() == null ? "" : ", p95 " + PageFigures.millis(point.p95Ms());
    return uses + success + p95;
  }

  /** The numbers of the sparkline, which has no table beside it. */
  String numbers() {
    return points.stream()
        .map(point -> String.valueOf(point.uses()))
        .collect(Collectors.joining(" "));
  }

  /** The sparkline, as an SVG path. */
  String spark() {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      double share = most == 0 ? 0 : (double) points.get(i).uses() / most;
      double y = PageFigures.rounded(SPARK_HEIGHT - 1 - (SPARK_HEIGHT - 2) * share);
      path.append(i == 0 ? 'M' : 'L').append(4 * i + 2).append(' ').append(y);
    }
    // One point alone is a line of no length, which would not be drawn.
    return points.size() == 1 ? path.append("h2").toString() : path.toString();
  }

  int sparkWidth() {
    return 4 * points.size() + 2;
  }
}
