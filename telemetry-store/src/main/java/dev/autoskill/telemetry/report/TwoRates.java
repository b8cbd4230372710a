package dev.autoskill.telemetry.report;

/**
 * Two independent samples of uses in which something happened or did not, and what their rates say
 * about each other.
 *
 * @param firstHits how often it happened in the first sample
 * @param first the size of the first sample; at least 1
 * @param secondHits how often it happened in the second sample
 * @param second the size of the second sample; at least 1
 */
record TwoRates(long firstHits, long first, long secondHits, long second) {

  /** The least expected count from which the normal distribution tells a two-sided 5 %. */
  private static final double LARGE_EXPECTED = 10;

  /** Up to here the exact distribution is summed, which takes well below a millisecond. */
  private static final double LARGE_VARIANCE = 10_000;

  /**
   * The second rate less the first, with the 95 % confidence interval from the two Wilson
   * intervals: the hybrid score method, number 10 in R. G. Newcombe, <i>Interval estimation for the
   * difference between independent proportions</i>, Statistics in Medicine 17 (1998) 873–890.
   */
  Interval differenceInterval95() {
    SuccessRate one = new SuccessRate(firstHits, first);
    SuccessRate other = new SuccessRate(secondHits, second);
    Interval ones = one.interval95();
    Interval others = other.interval95();
    double difference = other.rate() - one.rate();
    double below = Math.hypot(other.rate() - others.low(), ones.high() - one.rate());
    double above = Math.hypot(others.high() - other.rate(), one.rate() - ones.low());
    return new Interval(Math.max(-1, difference - below), Math.min(1, difference + above));
  }

  /**
   * How probable rates are that differ at least as much, in either direction, if in truth they are
   * the same. Where the expected counts are large this is the pooled z test, whose square is
   * Pearson's chi-squared; else Fisher's exact test, two-sided by adding up what is as unlikely.
   *
   * <p>The threshold of 10 is twice the customary one, W. G. Cochran's (<i>Biometrics</i> 10 (1954)
   * 417–451).
   */
  double differPValue() {
    double hits = (double) firstHits + secondHits;
    double all = (double) first + second;
    double leastExpected = Math.min(first, second) * Math.min(hits, all - hits) / all;
    if (leastExpected < LARGE_EXPECTED) {
      return underChance().asUnlikelyAs(secondHits);
    }
    double pooled = hits / all;
    double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / first + 1.0 / second));
    double difference = (double) secondHits / second - (double) firstHits / first;
    return 2 * Normal.above(Math.abs(difference) / error);
  }

  /**
   * How probable at least so many of the hits are in the second sample, if in truth the rates are
   * the same: Fisher's exact test, one-sided. Where the exact sum would take long, the normal
   * distribution with the same mean and variance and Yates's correction stands in; corrected levels
   * reach far into the tail, where it is good for large counts only.
   */
  double secondHigherPValue() {
    Hypergeometric chance = underChance();
    if (chance.variance() <= LARGE_VARIANCE) {
      return chance.atLeast(secondHits);
    }
    return Normal.above((secondHits - 0.5 - chance.mean()) / Math.sqrt(chance.variance()));
  }

  private Hypergeometric underChance() {
    return new Hypergeometric(second, first, firstHits + secondHits);
  }
}
