package dev.autoskill.telemetry.report;

/**
 * How many of {@code drawn} uses are marked ones, if they are drawn blindly from {@code drawn +
 * left} uses of which {@code marked} are marked: what Fisher's exact test asks.
 *
 * <p>The probabilities are computed relative to that of the mode, each from its neighbour, until
 * they are too small for a double. Their sum stands for 1. That needs neither factorials nor their
 * logarithms, loses no digits to cancellation, and takes time with the standard deviation only,
 * whatever the counts.
 */
final class Hypergeometric {

  /** Two tables as likely as each other may differ by rounding; by this much, as in R. */
  private static final double ALMOST = 1 + 1e-7;

  private final long drawn;
  private final long left;
  private final long marked;
  private final long lowest;
  private final long highest;
  private final long mode;

  private interface Choice {
    boolean includes(long k, double weight);
  }

  Hypergeometric(long drawn, long left, long marked) {
    this.drawn = drawn;
    this.left = left;
    this.marked = marked;
    lowest = Math.max(0, marked - left);
    highest = Math.min(drawn, marked);
    double peak = (drawn + 1.0) * (marked + 1.0) / (drawn + left + 2.0);
    mode = Math.max(lowest, Math.min(highest, (long) peak));
  }

  /** The probability that at least {@code k} are marked. */
  double atLeast(long k) {
    return probability((other, weight) -> other >= k);
  }

  /** The probability of all numbers that are as unlikely as {@code k} or more so. */
  double asUnlikelyAs(long k) {
    double limit = weight(k) * ALMOST;
    return probability((other, weight) -> weight <= limit);
  }

  double mean() {
    return (double) drawn * marked / ((double) drawn + left);
  }

  double variance() {
    double all = (double) drawn + left;
    return mean() * ((all - marked) / all) * (left / (all - 1));
  }

  private double probability(Choice choice) {
    double all = 0;
    double chosen = 0;
    double weight = 1;
    for (long k = mode; k <= highest && weight > 0; k++) {
      all += weight;
      chosen += choice.includes(k, weight) ? weight : 0;
      weight *= stepUp(k);
    }
    weight = 1;
    for (long k = mode - 1; k >= lowest && weight > 0; k--) {
      weight /= stepUp(k);
      all += weight;
      chosen += choice.includes(k, weight) ? weight : 0;
    }
    return Math.min(1, chosen / all);
  }

  private double weight(long k) {
    double weight = 1;
    for (long i = mode; i < k && weight > 0; i++) {
      weight *= stepUp(i);
    }
    for (long i = mode - 1; i >= k && weight > 0; i--) {
      weight /= stepUp(i);
    }
    return weight;
  }

  /** The probability of {@code k + 1} over that of {@code k}. */
  private double stepUp(long k) {
    return ((double) (drawn - k) * (marked - k)) / ((k + 1.0) * (left - marked + k + 1.0));
  }
}
