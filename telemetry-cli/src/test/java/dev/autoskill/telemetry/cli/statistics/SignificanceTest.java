package dev.autoskill.telemetry.cli.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.report.SuccessRate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tests of significance, held against published examples and against counting. */
class SignificanceTest {

  private static final long BILLION = 1_000_000_000;

  /**
   * Fisher's lady tasting tea (The Design of Experiments, 1935: 17 of 70 ways on one side) and his
   * convicted twins of criminals (The logic of inductive inference, 1935); the others as in the
   * documentation of SciPy's fisher_exact and with 50 digits.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 4, 3, 4, 0.4857142857142857",
    "2, 17, 10, 13, 5.367241191434357e-4",
    "1, 6, 8, 10, 0.03496503496503497",
    "20, 20, 14, 20, 0.0201960201960202",
    "1, 1000000000, 14, 1000000000, 9.7656246154785204e-4",
    "0, 1000000000, 6, 1000000000, 0.031249999765625",
    "5, 100, 5000000, 1000000000, 1.5859964035091589e-4",
    "999999990, 1000000000, 999999999, 1000000000, 0.011718749785156251"
  })
  void differencesHaveThePublishedPValues(
      long successes, long uses, long others, long otherUses, double pValue) {
    SuccessRate one = new SuccessRate(successes, uses);
    SuccessRate other = new SuccessRate(others, otherUses);

    assertEquals(pValue, FisherTest.differencePValue(other, one), 1e-9 * pValue);
    assertEquals(pValue, FisherTest.differencePValue(one, other), 1e-9 * pValue);
  }

  /** One-sided: his tea and his twins, and large counts worked out with 50 digits. */
  @ParameterizedTest
  @CsvSource({
    "1, 4, 3, 4, 0.24285714285714285",
    "2, 17, 10, 13, 4.6518094336290519e-4",
    "3, 1000000, 40, 1000000, 1.510165690045755e-9",
    "5000, 100000, 5400, 100000, 2.92441262059526e-5",
    "50000, 1000000, 11000, 200000, 1.8603071335099e-20",
    "100000, 1000000, 101000, 1000000, 9.40040310375263e-3"
  })
  void fallsHaveThePublishedPValuesFarIntoTheTail(
      long fallen, long uses, long before, long usesBefore, double pValue) {
    assertEquals(
        pValue,
        FisherTest.fallPValue(new SuccessRate(before, usesBefore), new SuccessRate(fallen, uses)),
        1e-9 * pValue);
  }

  @Test
  void agreesWithCountingAllTables() {
    for (int uses = 1; uses <= 7; uses++) {
      for (int before = 1; before <= 8; before++) {
        for (int successes = 0; successes <= uses + before; successes++) {
          assertAgrees(uses, before, successes);
        }
      }
    }
    assertAgrees(60, 200, 31);
    assertAgrees(200, 60, 231);
    assertAgrees(150, 150, 150);
    assertAgrees(1, 300, 150);
  }

  private static void assertAgrees(int uses, int before, int successes) {
    BigInteger all = choose(uses + before, successes);
    for (int k = Math.max(0, successes - before); k <= Math.min(uses, successes); k++) {
      SuccessRate rate = new SuccessRate(k, uses);
      SuccessRate baseline = new SuccessRate(successes - k, before);
      BigInteger unlikely = BigInteger.ZERO;
      BigInteger atMost = BigInteger.ZERO;
      BigInteger tables = tables(k, uses, before, successes);
      for (int other = 0; other <= Math.min(uses, successes); other++) {
        BigInteger others = tables(other, uses, before, successes);
        unlikely = others.compareTo(tables) <= 0 ? unlikely.add(others) : unlikely;
        atMost = other <= k ? atMost.add(others) : atMost;
      }
      double exact = ratio(unlikely, all);
      assertEquals(
          exact, FisherTest.differencePValue(baseline, rate), 1e-12 * exact, rate + " " + baseline);
      exact = ratio(atMost, all);
      assertEquals(
          exact, FisherTest.fallPValue(baseline, rate), 1e-12 * exact, rate + " " + baseline);
    }
  }

  /**
   * The gate takes the baseline's own p95 for the threshold. Of all orders of both samples, these
   * are those in which so many current uses are beyond it: the distribution of E. J. Gumbel and H.
   * von Schelling, Annals of Mathematical Statistics 21 (1950) 247–262.
   */
  @Test
  void tellsHowManyOfOneSampleAreBeyondARankOfTheOther() {
    int baseline = 40;
    int current = 25;
    for (int rank : new int[] {20, 38, 40}) {
      double beyond = 0;
      for (int k = current; k >= 0; k--) {
        BigInteger orders =
            choose(baseline - rank + k, k).multiply(choose(rank - 1 + current - k, current - k));
        beyond += ratio(orders, choose(baseline + current, current));
        double pValue =
            FisherTest.fallPValue(
                new SuccessRate(rank, baseline), new SuccessRate(current - k, current));

        assertEquals(beyond, pValue, 1e-12 * beyond, k + " beyond " + rank);
      }
    }
  }

  @Test
  void manyUsesTakeLittleTime() {
    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 50; i++) {
            SuccessRate half = new SuccessRate(BILLION / 2 + i, BILLION);
            assertTrue(
                FisherTest.differencePValue(new SuccessRate(BILLION / 2, BILLION), half) > 0);
          }
        });
  }

  private static BigInteger tables(int k, int uses, int before, int successes) {
    return choose(uses, k).multiply(choose(before, successes - k));
  }

  private static BigInteger choose(int from, int chosen) {
    if (chosen < 0 || chosen > from) {
      return BigInteger.ZERO;
    }
    BigInteger ways = BigInteger.ONE;
    for (int i = 0; i < chosen; i++) {
      ways = ways.multiply(BigInteger.valueOf(from - i)).divide(BigInteger.valueOf(i + 1));
    }
    return ways;
  }

  private static double ratio(BigInteger part, BigInteger all) {
    return new BigDecimal(part).divide(new BigDecimal(all), MathContext.DECIMAL64).doubleValue();
  }
}
