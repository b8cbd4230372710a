package dev.autoskill.telemetry.cli.html;

import dev.autoskill.telemetry.cli.statistics.Regression;
import dev.autoskill.telemetry.cli.statistics.Regressions;
import dev.autoskill.telemetry.report.Windows;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whether skills became worse than in the time before the window.
 *
 * @param days how long the time before was
 * @param tested how many skills had enough uses in both
 * @param minimumUses how many that takes
 * @param regressions the skills that became worse, the surest first
 */
record Verdict(long days, long tested, long minimumUses, List<Regression> regressions) {

  static Verdict of(Regressions gate, Map<String, Windows> windows) {
    return new Verdict(
        gate.baseline().toDays(),
        tested(gate.minimumUses(), windows.values()),
        gate.minimumUses(),
        gate.among(windows));
  }

  private static long tested(long minimum, Collection<Windows> windows) {
    return windows.stream()
        .filter(each -> Math.min(each.baseline().attempts(), each.current().attempts()) >= minimum)
        .count();
  }

  /** How many skills are named; a skill may be both less reliable and slower. */
  long skills() {
    return regressions.stream().map(Regression::skillName).distinct().count();
  }

  static String change(Regression regression) {
    double before = regression.before();
    double after = regression.after();
    return switch (regression.measure()) {
      case SUCCESS_RATE ->
          "the success rate fell from %s to %s"
              .formatted(PageFigures.percent(before), PageFigures.percent(after));
      case P95_DURATION ->
          "the p95 rose from %s to %s"
              .formatted(PageFigures.millis((long) before), PageFigures.millis((long) after));
    };
  }
}
