package dev.autoskill.telemetry.cli.statistics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How often a change is seen where there is none. */
class FalseAlarmTest {

  private static final int[][] SIZES = {
    {5, 5}, {10, 10}, {20, 60}, {33, 33}, {15, 200}, {120, 150}, {200, 200}
  };

  private interface PValue {
    double of(SuccessRate baseline, SuccessRate rate);
  }

  @Test
  void twoSidedTestsKeepTheirLevelWhateverTheRate() {
    for (int[] n : SIZES) {
      double worst = worstRejection(n[0], n[1], 0.05, FisherTest::differencePValue);
      assertTrue(worst <= 0.05, () -> n[0] + " and " + n[1] + ": " + worst);
    }
  }

  @Test
  void oneSidedTestsKeepTheirLevelWithoutToleranceEvenFarIntoTheTail() {
    for (int[] n : SIZES) {
      for (double level : new double[] {0.05, 0.001}) {
        double worst = worstRejection(n[0], n[1], level, FisherTest::fallPValue);
        assertTrue(worst <= level, () -> n[0] + " and " + n[1] + ": " + worst);
      }
    }
    double worst = worstRejection(200, 200, 0.05, FisherTest::fallPValue);
    assertTrue(worst > 0.025, "a test that never rejects keeps any level");
  }

  /** The probability of a p-value up to the level, for the common rate where it is highest. */
  private static double worstRejection(int n, int m, double level, PValue pValue) {
    boolean[][] rejects = new boolean[n + 1][m + 1];
    for (int k = 0; k <= n; k++) {
      for (int l = 0; l <= m; l++) {
        rejects[k][l] = pValue.of(new SuccessRate(l, m), new SuccessRate(k, n)) <= level;
      }
    }
    double worst = 0;
    for (double rate = 0.01; rate < 1; rate += 0.01) {
      double[] first = Chance.binomial(n, rate);
      double[] second = Chance.binomial(m, rate);
      double rejected = 0;
      for (int k = 0; k <= n; k++) {
        for (int l = 0; l <= m; l++) {
          rejected += rejects[k][l] ? first[k] * second[l] : 0;
        }
      }
      worst = Math.max(worst, rejected);
    }
    return worst;
  }

  @Test
  void theGateNamesAnySkillAtAllInAtMostOneOfTwentyUnchangedWorlds() {
    Regressions gate =
        Regressions.since(Instant.EPOCH)
            .minimumRateDrop(0)
            .minimumP95Rise(0)
            .minimumSlowdown(Duration.ZERO);
    Random random = new Random(1979);
    int rounds = 1500;
    int alarms = 0;
    for (int round = 0; round < rounds; round++) {
      Map<String, Windows> skills = new HashMap<>();
      for (int skill = 0; skill < 20; skill++) {
        skills.put(
            "skill-" + skill, new Windows(uses(random, skill, 240), uses(random, skill, 80)));
      }
      alarms += gate.among(skills).isEmpty() ? 0 : 1;
    }
    // Exact tests of whole numbers stay below the level; without the correction it would be 63 %.
    assertTrue(alarms <= 0.05 * rounds, alarms + " of " + rounds);
    assertTrue(alarms >= 0.01 * rounds, alarms + " of " + rounds);
  }

  /** Skewed durations; those of every second skill are so short that most share a bucket. */
  private static UseSummary uses(Random random, int skill, int attempts) {
    double rate = 0.5 + 0.025 * skill;
    double typicalMs = skill % 2 == 0 ? 3 : 50.0 * skill;
    Map<Integer, Long> durations = new HashMap<>();
    for (int i = 0; i < attempts; i++) {
      long ms = (long) (typicalMs * Math.exp(0.5 * random.nextGaussian()));
      durations.merge(DurationHistogram.bucketOf(ms), 1L, Long::sum);
    }
    return new UseSummary(
        attempts, Chance.successes(random, attempts, rate), new DurationHistogram(durations));
  }
}
