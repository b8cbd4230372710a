package dev.autoskill.telemetry.cli.output;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers as people read them, alike in every locale. Not by the JDK's formats: to load the locales
 * that they need takes longer than to write a report.
 */
public final class Numbers {

  private Numbers() {}

  /**
   * A number with some decimals, rounded half up, its thousands separated by commas.
   *
   * @param number a finite number
   * @param decimals how many; at least 0
   * @return for example {@code 1,234.5}
   */
  public static String of(double number, int decimals) {
    StringBuilder text =
        new StringBuilder(
            BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_UP).toPlainString());
    int end = decimals == 0 ? text.length() : text.length() - decimals - 1;
    int start = text.charAt(0) == '-' ? 1 : 0;
    for (int i = end - 3; i > start; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }
}
