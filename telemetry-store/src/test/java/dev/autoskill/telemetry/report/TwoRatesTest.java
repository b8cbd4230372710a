package dev.autoskill.telemetry.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TwoRatesTest {

  private static final long BILLION = 1_000_000_000;

  /** Table II, method 10, of Newcombe's paper of 1998 on the difference of proportions. */
  @ParameterizedTest
  @CsvSource({
    "56, 70, 48, 80, 0.0524, 0.3339",
    "9, 10, 3, 10, 0.1705, 0.8090",
    "6, 7, 2, 7, 0.0582, 0.8062",
    "5, 56, 0, 29, -0.0381, 0.1926",
    "0, 10, 0, 20, -0.1611, 0.2775",
    "0, 10, 0, 10, -0.2775, 0.2775",
    "10, 10, 0, 20, 0.6791, 1.0000",
    "10, 10, 0, 10, 0.6075, 1.0000"
  })
  void intervalsAreThoseOfPublishedExamples(
      long successes, long uses, long otherSuccesses, long otherUses, double low, double high) {
    Interval interval =
        new TwoRates(otherSuccesses, otherUses, successes, uses).differenceInterval95();

    assertEquals(low, interval.low(), 0.00005);
    assertEquals(high, interval.high(), 0.00005);
  }

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
    "999999990, 1000000000, 999999999, 1000000000, 0.011718749785156251",
    "2, 1000000000000000, 17, 1000000000000000, 7.2860717773433619e-4"
  })
  void smallCountsAreTestedExactly(
      long successes, long uses, long otherSuccesses, long otherUses, double pValue) {
    TwoRates rates = new TwoRates(successes, uses, otherSuccesses, otherUses);

    assertEquals(pValue, rates.differPValue(), 1e-9 * pValue);
  }

  /** Pearson's chi-squared, the square of z, worked out with 50 digits. */
  @ParameterizedTest
  @CsvSource({
    "5000, 100000, 5400, 100000, 5.61431951462057e-5",
    "100000, 1000000, 101000, 1000000, 0.0186825449126173",
    "50000, 1000000, 10700, 200000, 7.02182498350727e-11"
  })
  void largeCountsAreTestedByThePooledZ(
      long successes, long uses, long otherSuccesses, long otherUses, double pValue) {
    TwoRates rates = new TwoRates(successes, uses, otherSuccesses, otherUses);

    assertEquals(pValue, rates.differPValue(), 1e-9 * pValue);
  }

  /** Fisher's test one-sided: his tea and his twins, and large counts worked out with 50 digits. */
  @ParameterizedTest
  @CsvSource({
    "1, 4, 3, 4, 0.24285714285714285",
    "2, 17, 10, 13, 4.6518094336290519e-4",
    "3, 1000000, 40, 1000000, 1.510165690045755e-9",
    "2, 1000000000000000, 30, 1000000000000000, 1.2316741049287365e-7",
    "5000, 100000, 5400, 100000, 2.92441262059526e-5",
    "50000, 1000000, 11000, 200000, 1.8603071335099e-20"
  })
  void theOneSidedTestIsExactFarIntoTheTail(
      long hits, long uses, long otherHits, long otherUses, double pValue) {
    TwoRates rates = new TwoRates(hits, uses, otherHits, otherUses);

    assertEquals(pValue, rates.secondHigherPValue(), 1e-9 * pValue);
  }

  @ParameterizedTest
  @CsvSource({
    "30000, 1000000000, 30800, 1000000000, 5.96675994239425e-4",
    "100000, 1000000, 101000, 1000000, 9.40040310375263e-3"
  })
  void ofLargeCountsTheOneSidedTestIsRightToOnePartInAThousand(
      long hits, long uses, long otherHits, long otherUses, double pValue) {
    TwoRates rates = new TwoRates(hits, uses, otherHits, otherUses);

    assertEquals(pValue, rates.secondHigherPValue(), 1e-3 * pValue);
  }

  @Test
  void moreHitsInTheSecondMakeTheOneSidedPValueFall() {
    // Of 90,000 the exact sum is taken for few hits and the normal distribution for many.
    for (long size : new long[] {30, 90_000}) {
      long step = Math.max(1, (long) Math.sqrt(size) / 10);
      double before = 2;
      for (long hits = size / 3 - 10 * step; hits <= size / 3 + 20 * step; hits += step) {
        double pValue = new TwoRates(size / 3, size, hits, size).secondHigherPValue();
        assertTrue(pValue < before, "with " + hits);
        before = pValue;
      }
    }
  }

  @Test
  void wherePooledZTakesOverItLiesWithinOneUseOfTheExactTest() {
    for (long hits = 11; hits <= 16; hits++) {
      Hypergeometric exact = new Hypergeometric(2000, 2000, 20);
      double pooledZ = new TwoRates(20 - hits, 2000, hits, 2000).differPValue();

      assertTrue(pooledZ < exact.asUnlikelyAs(hits), "at " + hits);
      assertTrue(pooledZ > exact.asUnlikelyAs(hits + 1), "at " + hits);
    }
  }

  @Test
  void takesNoLongerForBillionsOfUses() {
    assertTimeout(
        Duration.ofSeconds(10),
        () -> {
          for (int i = 0; i < 1000; i++) {
            TwoRates few = new TwoRates(i, BILLION, 2 * i, BILLION);
            TwoRates many = new TwoRates(BILLION / 2, BILLION, BILLION / 2 + i, BILLION);
            assertTrue(few.differPValue() + few.secondHigherPValue() >= 0);
            assertTrue(many.differPValue() + many.secondHigherPValue() >= 0);
          }
        });
  }
}
