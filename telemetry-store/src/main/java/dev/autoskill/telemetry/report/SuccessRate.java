package dev.autoskill.telemetry.report;

/**
 * How many attempted uses were a success, and how sure that is.
 *
 * @param successes how many uses were a success; from 0 to {@code attempts}
 * @param attempts how many uses were attempted, that is, not skipped; at least 1
 */
public record SuccessRate(long successes, long attempts) {

  /** The 97.5th percentile of the standard normal distribution: it leaves 2.5 % on each side. */
  private static final double Z95 = 1.959963984540054;

  /** Two tables that are equally likely may differ by rounding, by this much at most (as in R). */
  private static final double ALMOST = 1 + 1e-7;

  /** A probability, relative to that of the mode, below which tables do not count. */
  private static final double NEGLIGIBLE = 1e-300;

  /** Checks the counts. */
  public SuccessRate {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be at least 1: " + attempts);
    }
    if (successes < 0 || successes > attempts) {
      throw new IllegalArgumentException(
          "successes must be from 0 to attempts: %d of %d".formatted(successes, attempts));
    }
  }

  /**
   * A confidence interval: the values that the data do not contradict.
   *
   * @param low the lowest value, included
   * @param high the highest value, included; at least {@code low}
   */
  public record Interval(double low, double high) {

    /** Checks the ends. */
    public Interval {
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "low must not be above high: %s, %s".formatted(low, high));
      }
    }

    /**
     * {@return whether a value lies within}
     *
     * @param value the value
     */
    public boolean contains(double value) {
      return low <= value && value <= high;
    }
  }

  /** {@return the share of successes, from 0.0 to 1.0, not rounded} */
  public double rate() {
    return (double) successes / attempts;
  }

  /**
   * The 95 % confidence interval of the share of successes, by Wilson's score method. Unlike the
   * plain interval it is right for few uses and for rates near 0 and 1: three successes out of
   * three give 0.44 to 1.
   *
   * <p>E. B. Wilson, <i>Probable inference, the law of succession, and statistical inference</i>,
   * Journal of the American Statistical Association 22 (1927) 209–212.
   *
   * @return the interval, within 0.0 and 1.0; it contains {@link #rate}
   */
  public Interval interval95() {
    double n = attempts;
    double p = rate();
    double z2 = Z95 * Z95;
    double middle = (p + z2 / (2 * n)) / (1 + z2 / n);
    double reach = Z95 / (1 + z2 / n) * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    // The ends are 0 and 1 exactly where nothing or everything succeeded; rounding would miss that.
    double low = successes == 0 ? 0 : Math.max(0, Math.min(p, middle - reach));
    double high = successes == attempts ? 1 : Math.min(1, Math.max(p, middle + reach));
    return new Interval(low, high);
  }

  /** The interval of {@link Comparison#rateDifferenceInterval95()}: this rate less the baseline. */
  Interval differenceInterval95(SuccessRate baseline) {
    Interval before = baseline.interval95();
    Interval after = interval95();
    double difference = rate() - baseline.rate();
    double below = Math.hypot(rate() - after.low(), before.high() - baseline.rate());
    double above = Math.hypot(after.high() - rate(), baseline.rate() - before.low());
    return new Interval(Math.max(-1, difference - below), Math.min(1, difference + above));
  }

  /**
   * The probability of rates that differ at least as much, in either direction, if the true rates
   * are the same: Fisher's exact test, two-sided by adding up all tables that are as unlikely.
   */
  double differencePValue(SuccessRate baseline) {
    return fisher(baseline, false);
  }

  /** The probability of a rate as low as this or lower, if it is truly the baseline's. */
  double fallPValue(SuccessRate baseline) {
    return fisher(baseline, true);
  }

  /**
   * Adds up the hypergeometric distribution: the number of successes in this sample, where all
   * successes are spread at random over both samples. The probabilities are computed relative to
   * that of the mode, each from its neighbour, until they are negligible. This needs no factorials,
   * loses no digits, and takes time with the standard deviation only.
   */
  private double fisher(SuccessRate baseline, boolean onlyLower) {
    long marked = successes + baseline.successes;
    long lowest = Math.max(0, marked - baseline.attempts);
    long highest = Math.min(attempts, marked);
    double peak = (attempts + 1.0) * (marked + 1.0) / ((double) attempts + baseline.attempts + 2);
    long mode = Math.max(lowest, Math.min(highest, (long) peak));
    double limit = onlyLower ? 0 : ALMOST * weight(baseline, marked, mode);
    double all = 0;
    double extreme = 0;
    double weight = 1;
    for (long k = mode; k <= highest && weight > NEGLIGIBLE; k++) {
      all += weight;
      extreme += (onlyLower ? k <= successes : weight <= limit) ? weight : 0;
      weight *= ratio(baseline, marked, k);
    }
    weight = 1;
    for (long k = mode - 1; k >= lowest && weight > NEGLIGIBLE; k--) {
      weight /= ratio(baseline, marked, k);
      all += weight;
      extreme += (onlyLower ? k <= successes : weight <= limit) ? weight : 0;
    }
    return Math.min(1, extreme / all);
  }

  /** The probability of the observed number, relative to that of the mode. */
  private double weight(SuccessRate baseline, long marked, long mode) {
    double weight = 1;
    for (long k = mode; k < successes && weight > NEGLIGIBLE; k++) {
      weight *= ratio(baseline, marked, k);
    }
    for (long k = mode - 1; k >= successes && weight > NEGLIGIBLE; k--) {
      weight /= ratio(baseline, marked, k);
    }
    return weight;
  }

  /** The probability of {@code k + 1} successes over that of {@code k}. */
  private double ratio(SuccessRate baseline, long marked, long k) {
    return ((double) (attempts - k) * (marked - k))
        / ((k + 1.0) * (baseline.attempts - marked + k + 1.0));
  }
}
