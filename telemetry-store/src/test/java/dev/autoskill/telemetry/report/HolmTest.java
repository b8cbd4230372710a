package dev.autoskill.telemetry.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HolmTest {

  /** The example of the English Wikipedia's "Holm–Bonferroni method": at 5 % two of four hold. */
  @Test
  void correctsThePublishedExample() {
    double[] adjusted = Holm.adjusted(new double[] {0.01, 0.04, 0.03, 0.005});

    assertArrayEquals(new double[] {0.03, 0.06, 0.06, 0.02}, adjusted, 1e-15);
  }

  @Test
  void leavesOneTestAsItIsAndNoneAsNone() {
    assertArrayEquals(new double[] {0.04}, Holm.adjusted(new double[] {0.04}));
    assertArrayEquals(new double[0], Holm.adjusted(new double[0]));
  }

  /** Holm's own words: the smallest is held against level/n, the next against level/(n-1), … */
  @Test
  void rejectsWhatTheStepwiseProcedureRejects() {
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      double[] pValues = random.doubles(1 + random.nextInt(12)).map(p -> p * p * p).toArray();
      double[] adjusted = Holm.adjusted(pValues);
      double level = 0.05;

      double[] sorted = pValues.clone();
      Arrays.sort(sorted);
      int rejected = 0;
      while (rejected < sorted.length && sorted[rejected] <= level / (sorted.length - rejected)) {
        rejected++;
      }

      for (int i = 0; i < pValues.length; i++) {
        boolean rejects = rejected > 0 && pValues[i] <= sorted[rejected - 1];
        assertTrue(rejects == (adjusted[i] <= level), Arrays.toString(pValues));
        assertTrue(adjusted[i] >= pValues[i] && adjusted[i] <= 1);
      }
    }
  }
}
