package dev.autoskill.telemetry.report;

/** The standard normal distribution. */
final class Normal {

  private static final double DENSITY_AT_0 = 1 / Math.sqrt(2 * Math.PI);

  /** Where the series begins to lose digits and the fraction converges quickly. */
  private static final double FAR_OUT = 3;

  /** At {@link #FAR_OUT} fifty would do for all digits of a double. */
  private static final int LEVELS = 100;

  private Normal() {}

  /**
   * The probability of a value above {@code z}, to 12 digits even far out; by the series 26.2.11
   * and the continued fraction 26.2.14 in M. Abramowitz and I. A. Stegun, <i>Handbook of
   * Mathematical Functions</i> (1964).
   */
  static double above(double z) {
    if (z < 0) {
      return 1 - above(-z);
    }
    double density = DENSITY_AT_0 * Math.exp(-z * z / 2);
    return z < FAR_OUT ? 0.5 - density * series(z) : density / fraction(z);
  }

  private static double series(double z) {
    double sum = 0;
    double term = z;
    for (int odd = 3; sum + term != sum; odd += 2) {
      sum += term;
      term *= z * z / odd;
    }
    return sum;
  }

  private static double fraction(double z) {
    double value = z;
    for (int level = LEVELS; level > 0; level--) {
      value = z + level / value;
    }
    return value;
  }
}
