package dev.autoskill.telemetry.report;

/**
 * A range of numbers, both ends included; for a confidence interval, the values that the data do
 * not speak against.
 *
 * @param low the lowest value
 * @param high the highest value; at least {@code low}
 */
public record Interval(double low, double high) {

  /**
   * Checks the ends.
   *
   * @throws IllegalArgumentException if one is not a number, or {@code low} is above {@code high}
   */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low must not be above high: %s, %s".formatted(low, high));
    }
  }

  /**
   * Whether a value lies within.
   *
   * @param value the value
   * @return true from {@code low} to {@code high}
   */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
