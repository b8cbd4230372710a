package dev.autoskill.telemetry.cli.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.cli.statistics.Regression.Measure;
import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegressionsTest {

  private static final Instant RELEASE = Instant.parse("2026-11-01T00:00:00Z");

  private final Regressions gate = Regressions.since(RELEASE);

  @Test
  void namesASkillWhoseSuccessRateFell() {
    List<Regression> found = gate.among(Map.of("review", rates(980, 1000, 270, 300)));

    Regression regression = only(found);
    assertEquals("review", regression.skillName());
    assertEquals(Measure.SUCCESS_RATE, regression.measure());
    assertEquals(0.98, regression.before());
    assertEquals(0.9, regression.after());
    assertTrue(regression.adjustedPValue() < 1e-6);
  }

  @Test
  void namesASkillWhoseSlowUsesBecameSlower() {
    // 1 to 100 ms before; since then a fifth of the uses takes 300 ms.
    List<Long> before = new ArrayList<>();
    List<Long> after = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      before.add(1L + i % 100);
      after.add(i % 5 == 0 ? 300 : 1L + i % 100);
    }

    Regression regression = only(gate.among(Map.of("lint", durations(before, after))));
    assertEquals(Measure.P95_DURATION, regression.measure());
    assertEquals(95, regression.before(), 3);
    assertEquals(300, regression.after(), 9);
  }

  @Test
  void aFewSlowUsesMayBeChance() {
    List<Long> before = new ArrayList<>();
    List<Long> after = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      before.add(20L);
      after.add(i < 12 ? 500L : 20);
    }
    Map<String, Windows> skills = Map.of("lint", durations(before, after));

    assertEquals(List.of(), gate.among(skills));
    Regression regression = only(gate.level(0.2).among(skills));
    assertEquals(500, regression.after(), 16);
    // Fisher's one-sided test of 12 against 5 of 100, which are beyond the p95 by its definition;
    // twice that, since the success rate was tested as well.
    assertEquals(2 * 0.06309, regression.adjustedPValue(), 0.0001);
  }

  @Test
  void usesInTheBucketOfTheThresholdAreNotSlower() {
    List<Long> before = new ArrayList<>();
    List<Long> after = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      before.add(64L);
      after.add(i < 12 ? 500L : 67);
    }
    assertEquals(DurationHistogram.bucketOf(64), DurationHistogram.bucketOf(67));

    Regression regression = only(gate.level(0.2).among(Map.of("lint", durations(before, after))));
    assertEquals(2 * 0.06309, regression.adjustedPValue(), 0.0001, "12 of 100, as above");
  }

  @Test
  void improvementsAreNoRegressions() {
    List<Long> slow = new ArrayList<>();
    List<Long> fast = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      slow.add(1000L);
      fast.add(10L);
    }
    Regressions eager =
        gate.minimumRateDrop(0).minimumP95Rise(0).minimumSlowdown(Duration.ZERO).level(0.99);

    assertEquals(List.of(), eager.among(Map.of("a", rates(800, 1000, 990, 1000))));
    assertEquals(List.of(), eager.among(Map.of("a", durations(slow, fast))));
    assertEquals(List.of(), eager.among(Map.of("a", durations(slow, slow))));
    assertEquals(List.of(), eager.among(Map.of("a", rates(900, 1000, 900, 1000))));
    assertEquals(List.of(), eager.among(Map.of()));
  }

  @Test
  void whatIsSureButSmallIsNotNamed() {
    Map<String, Windows> drop = Map.of("a", rates(990_000, 1_000_000, 950_000, 1_000_000));
    DurationHistogram before = new DurationHistogram(Map.of(10, 100_000L));
    DurationHistogram after = new DurationHistogram(Map.of(14, 100_000L));
    Map<String, Windows> rise =
        Map.of("a", new Windows(summary(100_000, before), summary(100_000, after)));

    assertEquals(List.of(), gate.among(drop));
    assertEquals(1, gate.minimumRateDrop(0.03).among(drop).size());
    assertEquals(List.of(), gate.among(rise), "4 ms");
    assertEquals(1, gate.minimumSlowdown(Duration.ofMillis(4)).among(rise).size());
    assertEquals(
        List.of(),
        gate.minimumSlowdown(Duration.ofMillis(4)).minimumP95Rise(0.5).among(rise),
        "40 %");
  }

  @Test
  void whatIsJustAsLargeAsStatedIsNamed() {
    Map<String, Windows> drop = Map.of("a", rates(9800, 10_000, 9300, 10_000));
    DurationHistogram before = new DurationHistogram(Map.of(30, 1000L));
    DurationHistogram after = new DurationHistogram(Map.of(33, 1000L));
    Map<String, Windows> rise =
        Map.of("a", new Windows(summary(1000, before), summary(1000, after)));

    assertEquals(1, gate.among(drop).size());
    assertEquals(List.of(), gate.minimumRateDrop(0.0501).among(drop));
    Regressions exact = gate.minimumP95Rise(0.1333).minimumSlowdown(Duration.ofMillis(4));
    assertEquals(34, only(exact.among(rise)).after());
    assertEquals(List.of(), exact.minimumSlowdown(Duration.ofNanos(4_000_001)).among(rise));
    assertEquals(List.of(), exact.minimumSlowdown(Duration.ofSeconds(Long.MAX_VALUE)).among(rise));
  }

  @Test
  void skillsWithTooFewUsesInEitherWindowAreNotLookedAt() {
    assertEquals(List.of(), gate.among(Map.of("a", rates(19, 19, 0, 500))));
    assertEquals(List.of(), gate.among(Map.of("a", rates(500, 500, 0, 19))));
    assertEquals(1, gate.among(Map.of("a", rates(20, 20, 0, 20))).size());
    assertEquals(1, gate.minimumUses(4).among(Map.of("a", rates(4, 4, 0, 4))).size());
  }

  @Test
  void everyTestedSkillCountsForTheCorrection() {
    // 100 of 100, then 95 of 100: probable by 3 %.
    Map<String, Windows> skills = new HashMap<>(Map.of("fell", rates(100, 100, 95, 100)));
    double alone = only(gate.among(skills)).adjustedPValue();
    skills.put("rare", rates(3, 3, 3, 3));
    assertEquals(alone, only(gate.among(skills)).adjustedPValue(), "rare skills are not tested");
    skills.put("steady", rates(90, 100, 90, 100));

    assertEquals(List.of(), gate.among(skills));
    assertEquals(2 * alone, only(gate.level(0.1).among(skills)).adjustedPValue(), 1e-12);
  }

  @Test
  void theSurestComeFirstAndNamesSettleTies() {
    Map<String, Windows> skills =
        Map.of(
            "b", rates(100, 100, 50, 100),
            "a", rates(100, 100, 50, 100),
            "c", rates(100, 100, 20, 100));

    assertEquals(
        List.of("c", "a", "b"), gate.among(skills).stream().map(Regression::skillName).toList());
  }

  private static Regression only(List<Regression> regressions) {
    assertEquals(1, regressions.size(), regressions::toString);
    return regressions.get(0);
  }

  private static Windows rates(long before, long attemptsBefore, long after, long attemptsAfter) {
    return new Windows(
        new UseSummary(attemptsBefore, before, DurationHistogram.NONE),
        new UseSummary(attemptsAfter, after, DurationHistogram.NONE));
  }

  /** Uses that all succeeded, and took so long in milliseconds. */
  private static Windows durations(List<Long> before, List<Long> after) {
    return new Windows(
        summary(before.size(), histogram(before)), summary(after.size(), histogram(after)));
  }

  private static DurationHistogram histogram(List<Long> durationsMs) {
    Map<Integer, Long> counts = new HashMap<>();
    durationsMs.forEach(ms -> counts.merge(DurationHistogram.bucketOf(ms), 1L, Long::sum));
    return new DurationHistogram(counts);
  }

  private static UseSummary summary(long successes, DurationHistogram durations) {
    return new UseSummary(successes, successes, durations);
  }
}
