package dev.autoskill.telemetry.benchmarks.measuring;

import java.util.Locale;

/** Numbers as they stand in the document, whatever the language of the machine. */
public final class Figures {

  private static final double SMALL = 10;
  private static final double MEDIUM = 100;

  private Figures() {}

  /**
   * A whole number.
   *
   * @param number rounded
   * @return for example {@code 1,234}
   */
  public static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  /**
   * A number with about three digits that mean something.
   *
   * @param number of whatever unit
   * @return for example {@code 0.62}, {@code 12.3} or {@code 1,234}
   */
  public static String rounded(double number) {
    double size = Math.abs(number);
    String format = size < SMALL ? "%.2f" : size < MEDIUM ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, number);
  }

  /**
   * A difference, with its sign.
   *
   * @param number of whatever unit
   * @return for example {@code +12.3}
   */
  public static String difference(double number) {
    return (number < 0 ? "" : "+") + rounded(number);
  }

  /**
   * How many times as much.
   *
   * @param number the ratio
   * @return for example {@code × 1.05}
   */
  public static String times(double number) {
    return "× " + rounded(number);
  }

  /**
   * A share of a whole.
   *
   * @param share 1 is all
   * @return for example {@code 12.3 %}
   */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
