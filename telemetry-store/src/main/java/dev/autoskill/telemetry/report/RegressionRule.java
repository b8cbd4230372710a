package dev.autoskill.telemetry.report;

import dev.autoskill.telemetry.report.Regression.Measure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Tests all skills, corrects for their number, and keeps what matters. */
final class RegressionRule {

  private static final int SLOW_PERCENT = 95;

  /** From 0.98 to 0.93 is a drop of 0.05, which the difference of the two doubles just misses. */
  private static final double ROUNDING = 1e-9;

  /** Names settle ties, so that equal data give equal lists. */
  private static final Comparator<Regression> SUREST_FIRST =
      Comparator.comparingDouble(Regression::adjustedPValue)
          .thenComparing(Regression::skillName)
          .thenComparing(Regression::measure);

  private final Regressions gate;

  RegressionRule(Regressions gate) {
    this.gate = gate;
  }

  /** One test's result; whether it matters is a question of size, not of chance. */
  private record Finding(
      String skill, Measure measure, double before, double after, double pValue, boolean matters) {

    Regression regression(double adjustedPValue) {
      return new Regression(skill, measure, before, after, adjustedPValue);
    }
  }

  List<Regression> among(Map<String, Windows> skills) {
    List<Finding> findings = new ArrayList<>();
    skills.forEach(
        (skill, windows) -> {
          testRate(skill, windows, findings);
          testP95(skill, windows, findings);
        });
    // What is too small to matter was tested all the same, so the correction counts it.
    double[] adjusted = Holm.adjusted(findings.stream().mapToDouble(Finding::pValue).toArray());
    List<Regression> regressions = new ArrayList<>();
    for (int i = 0; i < adjusted.length; i++) {
      if (findings.get(i).matters() && adjusted[i] <= gate.level()) {
        regressions.add(findings.get(i).regression(adjusted[i]));
      }
    }
    regressions.sort(SUREST_FIRST);
    return List.copyOf(regressions);
  }

  private void testRate(String skill, Windows windows, List<Finding> findings) {
    UseSummary before = windows.baseline();
    UseSummary after = windows.current();
    if (isEnough(before.attempts(), after.attempts())) {
      double rateBefore = (double) before.successes() / before.attempts();
      double rateAfter = (double) after.successes() / after.attempts();
      double pValue =
          new TwoRates(
                  before.attempts() - before.successes(),
                  before.attempts(),
                  after.attempts() - after.successes(),
                  after.attempts())
              .secondHigherPValue();
      double drop = rateBefore - rateAfter;
      boolean matters = drop > 0 && drop >= gate.minimumRateDrop() - ROUNDING;
      findings.add(
          new Finding(skill, Measure.SUCCESS_RATE, rateBefore, rateAfter, pValue, matters));
    }
  }

  private void testP95(String skill, Windows windows, List<Finding> findings) {
    DurationHistogram before = windows.baseline().durations();
    DurationHistogram after = windows.current().durations();
    if (isEnough(before.count(), after.count())) {
      long p95Before = before.percentileMs(SLOW_PERCENT);
      long p95After = after.percentileMs(SLOW_PERCENT);
      // Those beyond the rank, not those above the bucket: only the former number is known
      // beforehand, and that is what makes the test exact.
      long slowBefore = before.count() - before.rankOf(SLOW_PERCENT);
      double pValue =
          new TwoRates(slowBefore, before.count(), after.countAbove(p95Before), after.count())
              .secondHigherPValue();
      findings.add(
          new Finding(
              skill,
              Measure.P95_DURATION,
              p95Before,
              p95After,
              pValue,
              matters(p95Before, p95After)));
    }
  }

  private boolean matters(long p95Before, long p95After) {
    long rise = p95After - p95Before;
    return rise > 0
        && rise >= gate.minimumP95Rise() * p95Before - ROUNDING
        && Duration.ofMillis(rise).compareTo(gate.minimumSlowdown()) >= 0;
  }

  private boolean isEnough(long before, long after) {
    return before >= gate.minimumUses() && after >= gate.minimumUses();
  }
}
