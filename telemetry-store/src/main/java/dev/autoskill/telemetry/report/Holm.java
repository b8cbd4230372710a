package dev.autoskill.telemetry.report;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Holm's correction for many tests: S. Holm, <i>A simple sequentially rejective multiple test
 * procedure</i>, Scandinavian Journal of Statistics 6 (1979) 65–70. It holds whatever the tests
 * have to do with each other, and finds all that Bonferroni's correction finds.
 */
final class Holm {

  private Holm() {}

  /**
   * P-values that may be compared with the level for all tests together.
   *
   * @param pValues of all tests that were made
   * @return the corrected ones, in the same order
   */
  static double[] adjusted(double[] pValues) {
    Integer[] order = new Integer[pValues.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> pValues[i]));
    double[] adjusted = new double[pValues.length];
    double highest = 0;
    for (int rank = 0; rank < order.length; rank++) {
      int test = order[rank];
      highest = Math.max(highest, Math.min(1, (order.length - rank) * pValues[test]));
      adjusted[test] = highest;
    }
    return adjusted;
  }
}
