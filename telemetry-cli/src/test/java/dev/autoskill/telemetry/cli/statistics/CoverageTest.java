package dev.autoskill.telemetry.cli.statistics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.SuccessRate.Interval;
import dev.autoskill.telemetry.report.UseSummary;
import java.util.DoubleSummaryStatistics;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How often 95 % intervals contain the truth. For small samples all outcomes are gone through, so
 * that the coverage is exact; for large ones it is simulated. Both kinds of interval waver around
 * 95 %, since counts are whole numbers; that is in Newcombe's papers as well.
 */
class CoverageTest {

  private static final DurationHistogram NO_DURATIONS = DurationHistogram.NONE;

  private static final double[] RATES = {0.02, 0.1, 0.25, 0.5, 0.7, 0.85, 0.95, 0.99};

  @Test
  void wilsonIntervalsContainTheRateInNineteenOfTwentySamples() {
    DoubleSummaryStatistics coverage = new DoubleSummaryStatistics();
    for (int n : new int[] {5, 10, 20, 50, 100, 300}) {
      Interval[] intervals = new Interval[n + 1];
      for (int k = 0; k <= n; k++) {
        intervals[k] = new SuccessRate(k, n).interval95();
      }
      for (double rate = 0.005; rate < 1; rate += 0.005) {
        double truth = rate;
        coverage.accept(Chance.of(n, truth, k -> Chance.contains(intervals[k], truth)));
      }
    }
    assertTrue(coverage.getAverage() > 0.945 && coverage.getAverage() < 0.96, coverage::toString);
    assertTrue(coverage.getMin() > 0.83, coverage::toString);
  }

  @Test
  void hybridScoreIntervalsContainTheDifferenceInNineteenOfTwentySamples() {
    DoubleSummaryStatistics coverage = new DoubleSummaryStatistics();
    for (int[] n : new int[][] {{10, 10}, {10, 40}, {30, 30}, {60, 90}}) {
      Interval[][] intervals = new Interval[n[0] + 1][n[1] + 1];
      for (int k = 0; k <= n[0]; k++) {
        for (int l = 0; l <= n[1]; l++) {
          intervals[k][l] = difference(k, n[0], l, n[1]);
        }
      }
      for (double rate : RATES) {
        double[] probabilities = Chance.binomial(n[0], rate);
        for (double other : RATES) {
          double covered = 0;
          for (int k = 0; k <= n[0]; k++) {
            Interval[] row = intervals[k];
            covered +=
                probabilities[k]
                    * Chance.of(n[1], other, l -> Chance.contains(row[l], other - rate));
          }
          coverage.accept(covered);
        }
      }
    }
    assertTrue(coverage.getAverage() > 0.945 && coverage.getAverage() < 0.97, coverage::toString);
    assertTrue(coverage.getMin() > 0.85, coverage::toString);
  }

  @Test
  void bothDoSoInLargeSamples() {
    Random random = new Random(1927);
    int rounds = 3000;
    int wilson = 0;
    int hybrid = 0;
    for (int round = 0; round < rounds; round++) {
      double rate = 0.02 + 0.96 * random.nextDouble();
      double other = 0.02 + 0.96 * random.nextDouble();
      int n = 400 + random.nextInt(400);
      int m = 400 + random.nextInt(400);
      int k = Chance.successes(random, n, rate);
      int l = Chance.successes(random, m, other);
      wilson += Chance.contains(new SuccessRate(k, n).interval95(), rate) ? 1 : 0;
      hybrid += Chance.contains(difference(k, n, l, m), other - rate) ? 1 : 0;
    }
    // Three standard errors of the simulation are 1.2 %.
    assertTrue(Math.abs(wilson - 0.95 * rounds) < 0.012 * rounds, "Wilson " + wilson);
    assertTrue(Math.abs(hybrid - 0.95 * rounds) < 0.012 * rounds, "hybrid " + hybrid);
  }

  private static Interval difference(int k, int n, int l, int m) {
    UseSummary baseline = new UseSummary(n, k, NO_DURATIONS);
    return new Comparison(baseline, new UseSummary(m, l, NO_DURATIONS)).rateDifferenceInterval95();
  }
}
