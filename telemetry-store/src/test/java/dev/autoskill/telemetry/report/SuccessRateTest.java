package dev.autoskill.telemetry.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.report.SuccessRate.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuccessRateTest {

  /** Table I, method 3, of Newcombe's paper of 1998 on the single proportion. */
  @ParameterizedTest
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void intervalsAreThoseOfPublishedExamples(long successes, long uses, double low, double high) {
    Interval interval = new SuccessRate(successes, uses).interval95();

    assertEquals(low, interval.low(), 0.00005);
    assertEquals(high, interval.high(), 0.00005);
  }

  @Test
  void nothingAndEverythingReachTheEnds() {
    for (long uses : new long[] {1, 3, 7, 1000, 1_000_000_007, Long.MAX_VALUE}) {
      assertEquals(0.0, new SuccessRate(0, uses).interval95().low());
      assertEquals(1.0, new SuccessRate(uses, uses).interval95().high());
    }
  }

  @Test
  void failuresAreMirroredSuccesses() {
    for (long successes = 0; successes <= 50; successes++) {
      Interval interval = new SuccessRate(successes, 50).interval95();
      Interval mirrored = new SuccessRate(50 - successes, 50).interval95();

      assertEquals(interval.low(), 1 - mirrored.high(), 1e-12);
    }
  }

  @Test
  void theIntervalContainsTheRateAndNarrowsWithUse() {
    double widest = 1;
    for (long uses = 10; uses <= 10_000_000_000L; uses *= 10) {
      SuccessRate rate = new SuccessRate(uses / 10 * 3, uses);
      Interval interval = rate.interval95();
      double width = interval.high() - interval.low();

      assertEquals(0.3, rate.rate(), 1e-12);
      assertTrue(interval.low() <= rate.rate() && rate.rate() <= interval.high());
      assertTrue(width > 0 && width < widest);
      widest = width;
    }
  }

  @Test
  void moreSuccessesMoveBothEndsUp() {
    Interval below = new SuccessRate(0, 200).interval95();
    for (long successes = 1; successes <= 200; successes++) {
      Interval above = new SuccessRate(successes, 200).interval95();

      assertTrue(above.low() > below.low() && above.high() > below.high() - 1e-15);
      below = above;
    }
  }

  @Test
  void refusesCountsThatCannotBe() {
    assertRefused("attempts ", () -> new SuccessRate(0, 0));
    assertRefused("successes ", () -> new SuccessRate(-1, 1));
    assertRefused("successes ", () -> new SuccessRate(2, 1));
  }

  @Test
  void anIntervalHasOrderedEnds() {
    assertRefused("low ", () -> new Interval(1, 0));
    assertRefused("low ", () -> new Interval(Double.NaN, 0));
    assertRefused("low ", () -> new Interval(0, Double.NaN));
  }

  private static void assertRefused(String argument, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(argument), refusal::getMessage);
  }
}
