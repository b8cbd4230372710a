package dev.autoskill.telemetry.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

class HypergeometricTest {

  @Test
  void agreesWithCountingAllDrawsOfSmallTables() {
    for (int drawn = 1; drawn <= 7; drawn++) {
      for (int left = 1; left <= 8; left++) {
        for (int marked = 0; marked <= drawn + left; marked++) {
          assertAgrees(drawn, left, marked);
        }
      }
    }
  }

  @Test
  void agreesWithCountingAllDrawsOfLargerTables() {
    assertAgrees(60, 200, 31);
    assertAgrees(200, 60, 231);
    assertAgrees(150, 150, 150);
    assertAgrees(1, 300, 150);
  }

  /**
   * The gate takes one sample's own p95 for the threshold. Of all orders of both samples, these are
   * those in which so many of the other are beyond it; the distribution of Gumbel and von
   * Schelling.
   */
  @Test
  void tellsHowManyOfOneSampleAreBeyondARankOfTheOther() {
    int sample = 40;
    int other = 25;
    for (int rank : new int[] {20, 38, 40}) {
      double beyond = 0;
      for (int k = other; k >= 0; k--) {
        BigInteger orders =
            draws(sample - rank + k, k).multiply(draws(rank - 1 + other - k, other - k));
        beyond += ratio(orders, draws(sample + other, other));
        Hypergeometric distribution = new Hypergeometric(other, sample, sample - rank + k);

        assertEquals(beyond, distribution.atLeast(k), 1e-12 * beyond, k + " beyond " + rank);
      }
    }
  }

  private static void assertAgrees(int drawn, int left, int marked) {
    Hypergeometric distribution = new Hypergeometric(drawn, left, marked);
    BigInteger all = draws(drawn + left, marked);
    for (int k = Math.max(0, marked - left); k <= Math.min(drawn, marked); k++) {
      BigInteger unlikely = BigInteger.ZERO;
      BigInteger atLeast = BigInteger.ZERO;
      BigInteger ways = ways(k, drawn, left, marked);
      for (int other = 0; other <= Math.min(drawn, marked); other++) {
        BigInteger others = ways(other, drawn, left, marked);
        unlikely = others.compareTo(ways) <= 0 ? unlikely.add(others) : unlikely;
        atLeast = other >= k ? atLeast.add(others) : atLeast;
      }
      String table = k + " of " + marked + ", " + drawn + " from " + (drawn + left);
      double exact = ratio(unlikely, all);
      assertEquals(exact, distribution.asUnlikelyAs(k), 1e-12 * exact, table);
      exact = ratio(atLeast, all);
      assertEquals(exact, distribution.atLeast(k), 1e-12 * exact, table);
    }
  }

  private static BigInteger ways(int k, int drawn, int left, int marked) {
    return draws(drawn, k).multiply(draws(left, marked - k));
  }

  private static BigInteger draws(int from, int chosen) {
    if (chosen < 0 || chosen > from) {
      return BigInteger.ZERO;
    }
    BigInteger draws = BigInteger.ONE;
    for (int i = 0; i < chosen; i++) {
      draws = draws.multiply(BigInteger.valueOf(from - i)).divide(BigInteger.valueOf(i + 1));
    }
    return draws;
  }

  private static double ratio(BigInteger part, BigInteger all) {
    return new BigDecimal(part).divide(new BigDecimal(all), MathContext.DECIMAL64).doubleValue();
  }
}
