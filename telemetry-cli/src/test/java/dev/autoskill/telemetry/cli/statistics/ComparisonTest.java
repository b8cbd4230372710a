package dev.autoskill.telemetry.cli.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.cli.statistics.Comparison.Verdict;
import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.SuccessRate.Interval;
import dev.autoskill.telemetry.report.UseSummary;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {

  private static final DurationHistogram NO_DURATIONS = DurationHistogram.NONE;

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
  void intervalsOfDifferencesAreThoseOfPublishedExamples(
      long successes, long uses, long otherSuccesses, long otherUses, double low, double high) {
    Interval interval =
        new Comparison(
                new UseSummary(otherUses, otherSuccesses, NO_DURATIONS),
                new UseSummary(uses, successes, NO_DURATIONS))
            .rateDifferenceInterval95();

    assertEquals(low, interval.low(), 0.00005);
    assertEquals(high, interval.high(), 0.00005);
  }

  @Test
  void swappingTheSidesTurnsDifferencesRoundAndKeepsTheProbability() {
    for (long[] t : new long[][] {{3, 10, 9, 12}, {0, 5, 0, 7}, {700, 800, 400, 500}}) {
      Comparison comparison = compare(t[0], t[1], t[2], t[3]);
      Comparison swapped = compare(t[2], t[3], t[0], t[1]);
      Interval interval = comparison.rateDifferenceInterval95();

      assertEquals(comparison.rateDifference(), -swapped.rateDifference(), 1e-15);
      assertEquals(interval.low(), -swapped.rateDifferenceInterval95().high(), 1e-15);
      assertEquals(interval.high(), -swapped.rateDifferenceInterval95().low(), 1e-15);
      assertEquals(comparison.pValue(), swapped.pValue(), 1e-12);
    }
  }

  @Test
  void moreSuccessesOfTheCandidateMoveTheIntervalUp() {
    double low = -2;
    for (long successes = 0; successes <= 40; successes++) {
      Interval interval = compare(20, 30, successes, 40).rateDifferenceInterval95();
      assertTrue(interval.low() > low);
      low = interval.low();
    }
  }

  @Test
  void answersStayInBoundsForCountsOfAnySize() {
    long[] sizes = {0, 1, 2, 19, 1000, 1_000_000};
    for (long uses : sizes) {
      for (long otherUses : sizes) {
        for (long successes : new long[] {0, 1, uses / 2, uses - uses / 1000, uses - 1, uses}) {
          for (long others : new long[] {0, 2, otherUses / 3, otherUses - 1, otherUses}) {
            if (successes >= 0 && successes <= uses && others >= 0 && others <= otherUses) {
              assertInBounds(compare(successes, uses, others, otherUses));
            }
          }
        }
      }
    }
  }

  private static void assertInBounds(Comparison comparison) {
    Interval interval = comparison.rateDifferenceInterval95();
    Double difference = comparison.rateDifference();
    assertTrue(interval.low() >= -1 && interval.high() <= 1, comparison::toString);
    assertTrue(difference == null || Chance.contains(interval, difference), comparison::toString);
    assertTrue(comparison.pValue() >= 0 && comparison.pValue() <= 1, comparison::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "80, 100, 95, 100, BETTER, better",
    "95, 100, 80, 100, WORSE, worse",
    "90, 100, 92, 100, NO_EVIDENCE, no evidence",
    "20, 20, 15, 20, WORSE, worse",
    "20, 20, 16, 20, NO_EVIDENCE, no evidence",
    "19, 19, 16, 20, TOO_FEW_USES, too few uses",
    "900, 1000, 3, 3, TOO_FEW_USES, too few uses",
    "0, 4, 4, 4, BETTER, better",
    "0, 3, 3, 3, TOO_FEW_USES, too few uses",
    "0, 0, 900, 1000, TOO_FEW_USES, too few uses",
    "500, 500, 500, 500, NO_EVIDENCE, no evidence"
  })
  void theVerdictIsOnTheCandidate(
      long successes, long uses, long others, long otherUses, Verdict verdict, String words) {
    assertEquals(verdict, compare(successes, uses, others, otherUses).verdict());
    assertEquals(words, verdict.words());
  }

  @Test
  void withoutAttemptsNothingIsKnown() {
    Comparison comparison = compare(0, 0, 5, 5);

    assertNull(comparison.rateDifference());
    assertEquals(new Interval(-1, 1), comparison.rateDifferenceInterval95());
    assertEquals(1, comparison.pValue());
    assertNull(comparison.medianDifferenceMs());
  }

  @Test
  void mediansAreComparedWhereBothAreKnown() {
    UseSummary slow = new UseSummary(5, 5, new DurationHistogram(Map.of(30, 1L, 31, 1L)));
    UseSummary fast = new UseSummary(5, 5, new DurationHistogram(Map.of(10, 1L)));
    UseSummary unknown = new UseSummary(5, 5, NO_DURATIONS);

    assertEquals(-20, new Comparison(slow, fast).medianDifferenceMs());
    assertEquals(20, new Comparison(fast, slow).medianDifferenceMs());
    assertNull(new Comparison(fast, unknown).medianDifferenceMs());
    assertNull(new Comparison(unknown, fast).medianDifferenceMs());
  }

  @Test
  void refusesSamplesThatCannotBe() {
    DurationHistogram two = new DurationHistogram(Map.of(1, 1L, 2, 1L));
    UseSummary uses = new UseSummary(2, 1, two);

    assertRefused("attempts ", () -> new UseSummary(-1, 0, NO_DURATIONS));
    assertRefused("attempts ", () -> new UseSummary(1_000_000_000_001L, 0, NO_DURATIONS));
    assertRefused("successes ", () -> new UseSummary(1, 2, NO_DURATIONS));
    assertRefused("successes ", () -> new UseSummary(1, -1, NO_DURATIONS));
    assertRefused("durations ", () -> new UseSummary(1, 1, two));
    assertRefused("durations ", () -> new UseSummary(1, 1, null));
    assertRefused("baseline ", () -> new Comparison(null, uses));
    assertRefused("candidate ", () -> new Comparison(uses, null));
  }

  private static void assertRefused(String argument, Runnable call) {
    RuntimeException refusal = assertThrows(RuntimeException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(argument), refusal::getMessage);
  }

  private static Comparison compare(
      long successes, long uses, long otherSuccesses, long otherUses) {
    return new Comparison(
        new UseSummary(uses, successes, NO_DURATIONS),
        new UseSummary(otherUses, otherSuccesses, NO_DURATIONS));
  }
}
