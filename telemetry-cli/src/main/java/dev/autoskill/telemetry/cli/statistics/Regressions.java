package dev.autoskill.telemetry.cli.statistics;

import dev.autoskill.telemetry.Reports;
import dev.autoskill.telemetry.cli.statistics.Regression.Measure;
import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.DurationHistogram.Bucket;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A gate that finds the skills that became worse since some moment, so that a build can fail on it:
 * two windows of time, and the rule that compares them.
 *
 * <p>Each skill that has enough uses in both windows is tested twice by Fisher's exact test,
 * one-sided:
 *
 * <ul>
 *   <li>Did its success rate fall?
 *   <li>Did the share of uses fall that are no slower than the baseline's 95th percentile? The
 *       threshold is a percentile of the baseline itself, so the test is exact however durations
 *       are distributed (H. C. Mathisen, <i>Annals of Mathematical Statistics</i> 14 (1943)
 *       188–194). Uses in the same bucket as the threshold do not count as slower.
 * </ul>
 *
 * <p>Many tests find something by chance, so the p-values of all skills together are corrected by
 * Holm's method (S. Holm, <i>Scandinavian Journal of Statistics</i> 6 (1979) 65–70): if nothing has
 * changed, the probability that the gate names any skill at all is at most {@link #level}. Of the
 * changes beyond chance, only those of at least the stated size are named. Uses are taken to be
 * independent of each other; a skill that fails in bursts, because a network was down, seems surer
 * than it is.
 *
 * <pre>{@code
 * Regressions.since(release).minimumRateDrop(0.02).minimumUses(50)
 * }</pre>
 *
 * <p>Immutable, so that threads may share it: each method that takes a value returns a gate that
 * has it.
 *
 * @param since the beginning of the current window, which has no end unless a query says so
 * @param baseline how much time before {@code since} is the baseline; positive, and 28 days unless
 *     set
 * @param minimumUses how many attempted uses (for the p95: with a duration) a skill needs in each
 *     window to be tested; at least 1, and 20 unless set
 * @param minimumRateDrop how far the success rate must have fallen, from 0.0 to 1.0; 0.05 (from 98
 *     % to 93 %) unless set
 * @param minimumP95Rise by which share of itself the p95 must have risen; not negative, and 0.2
 *     (from 100 ms to 120 ms) unless set. Percentiles are within 1/32, so less than 0.07 tells
 *     little
 * @param minimumSlowdown by how much time the p95 must have risen besides, since a fifth of a
 *     millisecond matters to nobody; not negative, and 10 ms unless set
 * @param level the probability of a false alarm, for all skills together; more than 0 and less than
 *     1, and 0.05 unless set
 */
public record Regressions(
    Instant since,
    Duration baseline,
    long minimumUses,
    double minimumRateDrop,
    double minimumP95Rise,
    Duration minimumSlowdown,
    double level) {

  private static final int SLOW_PERCENT = 95;

  /** From 0.98 to 0.93 is a drop of 0.05, which the difference of the two doubles just misses. */
  private static final double ROUNDING = 1e-9;

  /** Names settle ties, so that equal data give equal lists. */
  private static final Comparator<Regression> SUREST_FIRST =
      Comparator.comparingDouble(Regression::adjustedPValue)
          .thenComparing(Regression::skillName)
          .thenComparing(Regression::measure);

  /** Checks the components. */
  public Regressions {
    Objects.requireNonNull(since, "since must not be null");
    Objects.requireNonNull(baseline, "baseline must not be null");
    Objects.requireNonNull(minimumSlowdown, "minimumSlowdown must not be null");
    require(!baseline.isNegative() && !baseline.isZero(), "baseline must be positive", baseline);
    require(minimumUses >= 1, "minimumUses must be at least 1", minimumUses);
    require(
        minimumRateDrop >= 0 && minimumRateDrop <= 1,
        "minimumRateDrop must be from 0 to 1",
        minimumRateDrop);
    require(
        minimumP95Rise >= 0 && minimumP95Rise < Double.POSITIVE_INFINITY,
        "minimumP95Rise must not be negative",
        minimumP95Rise);
    require(!minimumSlowdown.isNegative(), "minimumSlowdown must not be negative", minimumSlowdown);
    require(level > 0 && level < 1, "level must be between 0 and 1", level);
  }

  private static void require(boolean holds, String rule, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": " + value);
    }
  }

  /**
   * {@return a gate with the usual sizes}
   *
   * @param since the beginning of the current window: the release of a version, for example
   */
  public static Regressions since(Instant since) {
    return new Regressions(since, Duration.ofDays(28), 20, 0.05, 0.2, Duration.ofMillis(10), 0.05);
  }

  /**
   * {@return this gate with another {@link #baseline()}}
   *
   * @param time the value
   */
  public Regressions baseline(Duration time) {
    return new Regressions(
        since, time, minimumUses, minimumRateDrop, minimumP95Rise, minimumSlowdown, level);
  }

  /**
   * {@return this gate with other {@link #minimumUses()}}
   *
   * @param uses the value
   */
  public Regressions minimumUses(long uses) {
    return new Regressions(
        since, baseline, uses, minimumRateDrop, minimumP95Rise, minimumSlowdown, level);
  }

  /**
   * {@return this gate with another {@link #minimumRateDrop()}}
   *
   * @param drop the value
   */
  public Regressions minimumRateDrop(double drop) {
    return new Regressions(
        since, baseline, minimumUses, drop, minimumP95Rise, minimumSlowdown, level);
  }

  /**
   * {@return this gate with another {@link #minimumP95Rise()}}
   *
   * @param rise the value
   */
  public Regressions minimumP95Rise(double rise) {
    return new Regressions(
        since, baseline, minimumUses, minimumRateDrop, rise, minimumSlowdown, level);
  }

  /**
   * {@return this gate with another {@link #minimumSlowdown()}}
   *
   * @param time the value
   */
  public Regressions minimumSlowdown(Duration time) {
    return new Regressions(
        since, baseline, minimumUses, minimumRateDrop, minimumP95Rise, time, level);
  }

  /**
   * {@return this gate with another {@link #level()}}
   *
   * @param probability the value
   */
  public Regressions level(double probability) {
    return new Regressions(
        since,
        baseline,
        minimumUses,
        minimumRateDrop,
        minimumP95Rise,
        minimumSlowdown,
        probability);
  }

  /** {@return the beginning of the baseline, which ends just before {@link #since()}} */
  public Instant baselineStart() {
    boolean reaches = baseline.compareTo(Duration.between(Instant.MIN, since)) <= 0;
    return reaches ? since.minus(baseline) : Instant.MIN;
  }

  /**
   * {@return the regressions, as {@link #among} orders them} Before none is taken for good news,
   * {@link Reports#isComplete()} should be asked.
   *
   * @param reports answers for the skills
   */
  public List<Regression> in(Reports reports) {
    return in(reports, ReportQuery.ALL);
  }

  /**
   * {@return the regressions among some of the uses}
   *
   * @param reports see above
   * @param whose which uses, and the end of the current window
   */
  public List<Regression> in(Reports reports, ReportQuery whose) {
    return among(reports.windows(baselineStart(), whose.since(since)));
  }

  /**
   * {@return the regressions, the surest first; at most two per skill}
   *
   * @param skills each skill's uses in the two windows, by the skill's name. All skills that were
   *     used belong in it, since the correction counts them
   */
  public List<Regression> among(Map<String, Windows> skills) {
    Objects.requireNonNull(skills, "skills must not be null");
    List<Finding> findings = new ArrayList<>();
    skills.forEach(
        (skill, windows) -> {
          testRate(skill, windows, findings);
          testP95(skill, windows, findings);
        });
    return named(findings);
  }

  /** One test: the regression with a p-value that is not adjusted, and whether its size matters. */
  private record Finding(Regression unadjusted, boolean matters) {}

  private void testRate(String skill, Windows windows, List<Finding> findings) {
    SuccessRate before = windows.baseline().successRate();
    SuccessRate after = windows.current().successRate();
    if (before != null && after != null && isEnough(before.attempts(), after.attempts())) {
      double drop = before.rate() - after.rate();
      double p = FisherTest.fallPValue(before, after);
      findings.add(
          new Finding(
              new Regression(skill, Measure.SUCCESS_RATE, before.rate(), after.rate(), p),
              drop > 0 && drop >= minimumRateDrop - ROUNDING));
    }
  }

  private void testP95(String skill, Windows windows, List<Finding> findings) {
    DurationHistogram before = windows.baseline().durations();
    DurationHistogram after = windows.current().durations();
    if (isEnough(before.count(), after.count())) {
      long p95Before = before.percentileMs(SLOW_PERCENT);
      long p95After = after.percentileMs(SLOW_PERCENT);
      // The rank, not the number up to the bucket: only the former is known beforehand, and that
      // makes the test exact.
      SuccessRate fastBefore = new SuccessRate(before.rankOf(SLOW_PERCENT), before.count());
      long fast = after.count() - countAbove(after, p95Before);
      double p = FisherTest.fallPValue(fastBefore, new SuccessRate(fast, after.count()));
      long rise = p95After - p95Before;
      findings.add(
          new Finding(
              new Regression(skill, Measure.P95_DURATION, p95Before, p95After, p),
              rise > 0
                  && rise >= minimumP95Rise * p95Before - ROUNDING
                  && Duration.ofMillis(rise).compareTo(minimumSlowdown) >= 0));
    }
  }

  /** Longer ones in the same bucket are left out, so that the number is never too high. */
  private static long countAbove(DurationHistogram durations, long ms) {
    return durations.buckets().stream()
        .filter(bucket -> bucket.lowestMs() > ms)
        .mapToLong(Bucket::count)
        .sum();
  }

  private boolean isEnough(long before, long after) {
    return before >= minimumUses && after >= minimumUses;
  }

  /** Holm's correction: a test that is too small to matter was made all the same, and counts. */
  private List<Regression> named(List<Finding> findings) {
    findings.sort(Comparator.comparingDouble(finding -> finding.unadjusted().adjustedPValue()));
    List<Regression> named = new ArrayList<>();
    double adjusted = 0;
    for (int i = 0; i < findings.size(); i++) {
      Regression test = findings.get(i).unadjusted();
      adjusted = Math.max(adjusted, Math.min(1, (findings.size() - i) * test.adjustedPValue()));
      if (findings.get(i).matters() && adjusted <= level) {
        named.add(
            new Regression(
                test.skillName(), test.measure(), test.before(), test.after(), adjusted));
      }
    }
    named.sort(SUREST_FIRST);
    return List.copyOf(named);
  }
}
