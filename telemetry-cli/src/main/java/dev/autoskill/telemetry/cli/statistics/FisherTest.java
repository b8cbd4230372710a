package dev.autoskill.telemetry.cli.statistics;

import dev.autoskill.telemetry.report.SuccessRate;

/**
 * Fisher's exact test of two success rates. Adds up the hypergeometric distribution: the number of
 * successes in one sample, where all successes are spread at random over both. The probabilities
 * are computed relative to that of the mode, each from its neighbour, until they are negligible.
 * This needs no factorials, loses no digits, and takes time with the standard deviation only.
 */
final class FisherTest {

  /** Two tables that are equally likely may differ by rounding, by this much at most (as in R). */
  private static final double ALMOST = 1 + 1e-7;

  /** A probability, relative to that of the mode, below which tables do not count. */
  private static final double NEGLIGIBLE = 1e-300;

  private final long successes;
  private final long attempts;
  private final long marked;
  private final long unmarked;

  private FisherTest(SuccessRate baseline, SuccessRate candidate) {
    successes = candidate.successes();
    attempts = candidate.attempts();
    marked = successes + baseline.successes();
    unmarked = baseline.attempts() - marked;
  }

  /**
   * The probability of rates that differ at least as much, in either direction, if the true rates
   * are the same: two-sided by adding up all tables that are as unlikely.
   */
  static double differencePValue(SuccessRate baseline, SuccessRate candidate) {
    return new FisherTest(baseline, candidate).pValue(false);
  }

  /**
   * The probability of a rate as low as the candidate's or lower, if it is truly the baseline's.
   */
  static double fallPValue(SuccessRate baseline, SuccessRate candidate) {
    return new FisherTest(baseline, candidate).pValue(true);
  }

  private double pValue(boolean onlyLower) {
    long lowest = Math.max(0, -unmarked);
    long highest = Math.min(attempts, marked);
    double peak = (attempts + 1.0) * (marked + 1.0) / ((double) attempts + unmarked + marked + 2);
    long mode = Math.max(lowest, Math.min(highest, (long) peak));
    double limit = onlyLower ? 0 : ALMOST * weight(mode);
    double all = 0;
    double extreme = 0;
    double weight = 1;
    for (long k = mode; k <= highest && weight > NEGLIGIBLE; k++) {
      all += weight;
      extreme += (onlyLower ? k <= successes : weight <= limit) ? weight : 0;
      weight *= ratio(k);
    }
    weight = 1;
    for (long k = mode - 1; k >= lowest && weight > NEGLIGIBLE; k--) {
      weight /= ratio(k);
      all += weight;
      extreme += (onlyLower ? k <= successes : weight <= limit) ? weight : 0;
    }
    return Math.min(1, extreme / all);
  }

  /** The probability of the observed number, relative to that of the mode. */
  private double weight(long mode) {
    double weight = 1;
    for (long k = mode; k < successes && weight > NEGLIGIBLE; k++) {
      weight *= ratio(k);
    }
    for (long k = mode - 1; k >= successes && weight > NEGLIGIBLE; k--) {
      weight /= ratio(k);
    }
    return weight;
  }

  /** The probability of {@code k + 1} successes over that of {@code k}. */
  private double ratio(long k) {
    return ((double) (attempts - k) * (marked - k)) / ((k + 1.0) * (unmarked + k + 1.0));
  }
}
