package dev.autoskill.telemetry.cli.statistics;

import dev.autoskill.telemetry.Reports;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.SuccessRate.Interval;
import dev.autoskill.telemetry.report.UseSummary;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two samples of uses side by side: those of two agents, of two windows of time, or of two skills.
 * The samples must not share a use, and uses are taken to be independent of each other.
 *
 * @param baseline the sample to compare with
 * @param candidate the sample that is compared; differences are the candidate less the baseline
 */
public record Comparison(UseSummary baseline, UseSummary candidate) {

  /** Below this p-value a difference counts as beyond chance: {@value}. */
  public static final double SIGNIFICANT = 0.05;

  /**
   * With at least {@value} attempts on both sides, no visible difference is called no evidence;
   * with fewer, too few uses. With 20 on each side, 20 against 15 successes are told apart.
   */
  public static final long ENOUGH_ATTEMPTS = 20;

  /** The verdict on the candidate. */
  public enum Verdict {

    /** Its success rate is higher, beyond chance. */
    BETTER,

    /** Its success rate is lower, beyond chance. */
    WORSE,

    /** There were enough uses for a large difference to show, and none showed. */
    NO_EVIDENCE,

    /** No difference showed, but with so few uses even a large one might not. */
    TOO_FEW_USES;

    /**
     * {@return the verdict in English, in lower case: {@code better}, {@code worse}, {@code no
     * evidence}, {@code too few uses}}
     */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Checks the components. */
  public Comparison {
    Objects.requireNonNull(baseline, "baseline must not be null");
    Objects.requireNonNull(candidate, "candidate must not be null");
  }

  /**
   * {@return a comparison of the uses of two agents, two windows, or two skills}
   *
   * @param reports answers for both, at one moment
   * @param baseline selects the uses to compare with; its minimum, order and limit are ignored
   * @param candidate selects the uses that are better or worse than those, likewise
   */
  public static Comparison of(Reports reports, ReportQuery baseline, ReportQuery candidate) {
    List<UseSummary> both = reports.summaries(List.of(baseline, candidate));
    return new Comparison(both.get(0), both.get(1));
  }

  /**
   * {@return the candidate's success rate less the baseline's, not rounded; null if one side has no
   * attempts}
   */
  public @Nullable Double rateDifference() {
    SuccessRate before = baseline.successRate();
    SuccessRate after = candidate.successRate();
    return before == null || after == null ? null : after.rate() - before.rate();
  }

  /**
   * The 95 % confidence interval of the difference of the success rates, by the hybrid score
   * method: number 10 in R. G. Newcombe, <i>Interval estimation for the difference between
   * independent proportions: comparison of eleven methods</i>, Statistics in Medicine 17 (1998)
   * 873–890.
   *
   * @return the interval, within -1.0 and 1.0; all of that if one side has no attempts
   */
  public Interval rateDifferenceInterval95() {
    SuccessRate before = baseline.successRate();
    SuccessRate after = candidate.successRate();
    if (before == null || after == null) {
      return new Interval(-1, 1);
    }
    Interval old = before.interval95();
    Interval now = after.interval95();
    double difference = after.rate() - before.rate();
    double below = Math.hypot(after.rate() - now.low(), old.high() - before.rate());
    double above = Math.hypot(now.high() - after.rate(), before.rate() - old.low());
    return new Interval(Math.max(-1, difference - below), Math.min(1, difference + above));
  }

  /**
   * The probability of success rates that differ at least as much, in either direction, if the true
   * rates are the same: Fisher's exact test, two-sided by adding up all tables that are as
   * unlikely. It takes time with the square root of the counts, less than a millisecond for a
   * million uses. Near {@link #SIGNIFICANT} it and the interval may disagree, since the exact test
   * is the more cautious of the two; the verdict goes by the p-value.
   *
   * <p>R. A. Fisher, <i>Statistical Methods for Research Workers</i>, 5th ed. (1934), §21.02.
   *
   * @return from 0.0 to 1.0; 1 if one side has no attempts
   */
  public double pValue() {
    SuccessRate before = baseline.successRate();
    SuccessRate after = candidate.successRate();
    return before == null || after == null ? 1 : FisherTest.differencePValue(before, after);
  }

  /**
   * {@return the candidate's median duration less the baseline's in milliseconds, negative if the
   * candidate is faster; null if one side has no durations} It is a description, not a test; each
   * median is within 1/32 of the true one.
   */
  public @Nullable Long medianDifferenceMs() {
    Long before = baseline.durations().percentileMs(50);
    Long after = candidate.durations().percentileMs(50);
    return before == null || after == null ? null : after - before;
  }

  /**
   * The verdict on the success rates. A difference whose {@link #pValue} is below {@link
   * #SIGNIFICANT} makes the candidate better or worse, however few uses there are. Otherwise {@link
   * #ENOUGH_ATTEMPTS} decides between no evidence and too few uses. The size of the difference is
   * in {@link #rateDifferenceInterval95}: with millions of uses a difference may be certain and
   * still too small to matter.
   *
   * @return the verdict on the candidate
   */
  public Verdict verdict() {
    Double difference = rateDifference();
    if (difference != null && difference != 0 && pValue() < SIGNIFICANT) {
      return difference > 0 ? Verdict.BETTER : Verdict.WORSE;
    }
    boolean enough = Math.min(baseline.attempts(), candidate.attempts()) >= ENOUGH_ATTEMPTS;
    return enough ? Verdict.NO_EVIDENCE : Verdict.TOO_FEW_USES;
  }
}
