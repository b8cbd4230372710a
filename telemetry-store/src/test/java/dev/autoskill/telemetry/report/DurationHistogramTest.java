package dev.autoskill.telemetry.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.report.DurationHistogram.Bucket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationHistogramTest {

  private static final long DAY_MS = 86_400_000;
  private static final int LAST_BUCKET = 959;

  @ParameterizedTest
  @CsvSource({
    "-9223372036854775808, 0",
    "-1, 0",
    "0, 0",
    "1, 1",
    "31, 31",
    "32, 32",
    "33, 32",
    "34, 33",
    "63, 47",
    "64, 48",
    "67, 48",
    "68, 49",
    "1000, 111",
    "1024, 112",
    "86400000, 372",
    "9223372036854775807, 959"
  })
  void numbersOfBucketsStayAsTheyAreStored(long ms, int bucket) {
    assertEquals(bucket, DurationHistogram.bucketOf(ms));
  }

  @Test
  void bucketsCoverAllDurationsWithoutGapOrOverlap() {
    long next = 0;
    for (int bucket = 0; bucket <= LAST_BUCKET; bucket++) {
      long lowest = DurationHistogram.lowestMs(bucket);
      long highest = DurationHistogram.highestMs(bucket);

      assertEquals(next, lowest);
      assertEquals(bucket, DurationHistogram.bucketOf(lowest));
      assertEquals(bucket, DurationHistogram.bucketOf(highest));
      next = highest + 1;
    }
    assertEquals(Long.MIN_VALUE, next, "the last bucket ends with the longest duration");
  }

  @Test
  void theMiddleOfABucketIsWithinOneThirtySecondOfAllInIt() {
    for (int bucket = 1; bucket <= LAST_BUCKET; bucket++) {
      long lowest = DurationHistogram.lowestMs(bucket);
      long highest = DurationHistogram.highestMs(bucket);
      double middle = histogram(lowest).percentileMs(50);

      assertTrue(middle - lowest <= lowest / 32.0, () -> "from " + lowest);
      assertTrue(highest - middle <= highest / 32.0, () -> "to " + highest);
    }
  }

  @Test
  void percentilesOfRandomDurationsAreWithinFivePercent() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      long[] durations = new long[1 + random.nextInt(400)];
      double octaves = Math.log(DAY_MS) / Math.log(2) * random.nextDouble();
      Arrays.setAll(
          durations,
          i -> Math.min(DAY_MS, Math.round(Math.pow(2, octaves + random.nextGaussian()))));
      DurationHistogram histogram = histogram(durations);
      Arrays.sort(durations);

      for (double p : new double[] {0.1, 1, 10, 25, 50, 90, 95, 99, 99.9, 100}) {
        long exact = durations[(int) Math.ceil(p * durations.length / 100) - 1];
        assertEquals(exact, histogram.percentileMs(p), 0.05 * exact, "p" + p);
      }
    }
  }

  @Test
  void aPercentileIsTheDurationOfTheNearestRank() {
    DurationHistogram histogram = histogram(LongStream.rangeClosed(1, 20).toArray());

    assertEquals(1, histogram.percentileMs(0.001));
    assertEquals(1, histogram.percentileMs(5));
    assertEquals(2, histogram.percentileMs(5.001));
    assertEquals(10, histogram.percentileMs(50));
    assertEquals(19, histogram.percentileMs(95));
    assertEquals(20, histogram.percentileMs(95.001));
    assertEquals(20, histogram.percentileMs(100));
  }

  @Test
  void countsBeyondAnyFilesSizeStayTrue() {
    DurationHistogram histogram = new DurationHistogram(Map.of(3, Long.MAX_VALUE - 1, 7, 1L));

    assertEquals(Long.MAX_VALUE, histogram.count());
    assertEquals(3, histogram.percentileMs(50));
    assertEquals(7, histogram.percentileMs(100));
    assertThrows(
        ArithmeticException.class,
        () -> new DurationHistogram(Map.of(3, Long.MAX_VALUE, 7, 1L)).count());
  }

  @Test
  void itsBucketsAreThoseThatHoldDurations() {
    assertEquals(
        List.of(new Bucket(0, 0, 1), new Bucket(7, 7, 2), new Bucket(992, 1023, 2)),
        histogram(1023, 7, 0, 1000, 7).buckets());
    assertEquals(List.of(), DurationHistogram.NONE.buckets());
  }

  @Test
  void anEmptyOneHasNoPercentile() {
    assertEquals(0, DurationHistogram.NONE.count());
    assertNull(DurationHistogram.NONE.percentileMs(50));
  }

  @Test
  void isEqualHoweverItWasFilled() {
    DurationHistogram one = histogram(1, 900, 901);

    assertEquals(
        one, new DurationHistogram(Map.of(700, 0L, DurationHistogram.bucketOf(900), 2L, 1, 1L)));
    assertNotEquals(one, histogram(1, 900));
  }

  @Test
  void doesNotChangeWithTheCountsThatItWasMadeOf() {
    Map<Integer, Long> counts = new HashMap<>(Map.of(5, 1L));
    DurationHistogram histogram = new DurationHistogram(counts);

    counts.put(5, 2L);

    assertEquals(1, histogram.count());
    assertThrows(UnsupportedOperationException.class, () -> histogram.counts().put(5, 2L));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 100.001, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoPercentile(double p) {
    assertRefused("p ", () -> DurationHistogram.NONE.percentileMs(p));
    assertRefused("p ", () -> histogram(1).percentileMs(p));
  }

  @Test
  void refusesBadArgumentsAndNamesThem() {
    assertRefused("counts ", () -> new DurationHistogram(Map.of(LAST_BUCKET + 1, 1L)));
    assertRefused("counts ", () -> new DurationHistogram(Map.of(-1, 1L)));
    assertRefused("counts ", () -> new DurationHistogram(Map.of(0, -1L)));
  }

  private static DurationHistogram histogram(long... durationsMs) {
    Map<Integer, Long> counts = new HashMap<>();
    for (long ms : durationsMs) {
      counts.merge(DurationHistogram.bucketOf(ms), 1L, Long::sum);
    }
    return new DurationHistogram(counts);
  }

  private static void assertRefused(String argument, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(argument), refusal::getMessage);
  }
}
