package dev.autoskill.telemetry.report;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Two samples of uses side by side: those of two agents, of two windows of time, or of two skills.
 * The samples must not share a use.
 *
 * <p>All answers are computed from the samples when asked for, in less than a millisecond. They
 * take uses to be independent of each other.
 *
 * @param baseline what is compared with
 * @param candidate what is compared; differences are the candidate less the baseline
 */
public record Comparison(UseSummary baseline, UseSummary candidate) {

  /** Below this p-value a difference counts as beyond chance: {@value}. */
  public static final double SIGNIFICANT = 0.05;

  /**
   * With at least {@value} attempts on both sides, no visible difference is called no evidence;
   * with fewer, too few uses. With 20 on each side, 20 against 15 successes are told apart.
   */
  public static final long ENOUGH_ATTEMPTS = 20;

  private static final Interval ANYTHING = new Interval(-1, 1);

  /**
   * Checks the components.
   *
   * @throws NullPointerException if one is null
   */
  public Comparison {
    Objects.requireNonNull(baseline, "baseline must not be null");
    Objects.requireNonNull(candidate, "candidate must not be null");
  }

  /**
   * The candidate's success rate less the baseline's.
   *
   * @return from -1.0 to 1.0, not rounded; null if one side has no attempts
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
    return isEmpty() ? ANYTHING : successes().differenceInterval95();
  }

  /**
   * How probable success rates are that differ at least as much, in either direction, if in truth
   * they are the same. Where all four expected counts are at least 10, this is the pooled
   * two-proportion z test: a p-value of 5 % may stand for up to 6.5 %, and far smaller values are
   * rough until counts reach some hundreds. Else it is Fisher's exact test, two-sided by adding up
   * all tables that are as unlikely. Near {@link #SIGNIFICANT} it and the interval may disagree,
   * since the exact test is the more cautious of the two; the verdict goes by the p-value.
   *
   * <p>R. A. Fisher, <i>Statistical Methods for Research Workers</i>, 5th ed. (1934), §21.02.
   *
   * @return from 0.0 to 1.0; 1 if one side has no attempts, 0 only where a double holds nothing
   *     smaller
   */
  public double pValue() {
    return isEmpty() ? 1 : successes().differPValue();
  }

  /**
   * The candidate's median duration less the baseline's. It is a description, not a test.
   *
   * @return milliseconds, negative if the candidate is faster; each median is within 1/32 of the
   *     true one. Null if one side has no durations
   */
  public @Nullable Long medianDifferenceMs() {
    Long before = baseline.durations().percentileMs(50);
    Long after = candidate.durations().percentileMs(50);
    return before == null || after == null ? null : after - before;
  }

  /**
   * What to make of the success rates. A difference whose {@link #pValue} is below {@link
   * #SIGNIFICANT} makes the candidate better or worse, however few uses there are, since the test
   * is exact for few. Without one, {@link #ENOUGH_ATTEMPTS} decides between no evidence and too few
   * uses. How much better is for {@link #rateDifferenceInterval95} to say: with millions of uses a
   * difference may be sure and not worth a thought.
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

  private boolean isEmpty() {
    return baseline.attempts() == 0 || candidate.attempts() == 0;
  }

  private TwoRates successes() {
    return new TwoRates(
        baseline.successes(), baseline.attempts(), candidate.successes(), candidate.attempts());
  }
}
