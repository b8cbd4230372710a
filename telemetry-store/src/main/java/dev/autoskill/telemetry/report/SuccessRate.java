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
}
