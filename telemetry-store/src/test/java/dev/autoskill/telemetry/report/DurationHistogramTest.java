package dev.autoskill.telemetry.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.report.DurationHistogram.Bucket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
      double middle = DurationHistogram.builder().add(lowest).build().percentileMs(50);

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
      DurationHistogram.Builder builder = DurationHistogram.builder();
      for (long duration : durations) {
        builder.add(duration);
      }
      DurationHistogram histogram = builder.build();
      Arrays.sort(durations);

      for (double p : new double[] {0.1, 1, 10, 25, 50, 90, 95, 99, 99.9, 100}) {
        long exact = durations[(int) Math.ceil(p * durations.length / 100) - 1];
        assertEquals(exact, histogram.percentileMs(p), 0.05 * exact, "p" + p);
      }
    }
  }

  @Test
  void aPercentileIsTheDurationOfTheNearestRank() {
    DurationHistogram.Builder builder = DurationHistogram.builder();
    for (long ms = 1; ms <= 20; ms++) {
      builder.add(ms);
    }
    DurationHistogram histogram = builder.build();

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
    DurationHistogram histogram =
        DurationHistogram.builder().addBucket(3, Long.MAX_VALUE - 1).addBucket(7, 1).build();

    assertEquals(Long.MAX_VALUE, histogram.count());
    assertEquals(3, histogram.percentileMs(50));
    assertEquals(7, histogram.percentileMs(100));
    assertThrows(
        ArithmeticException.class,
        () -> DurationHistogram.builder().addBucket(3, Long.MAX_VALUE).add(1));
  }

  @Test
  void itsBucketsAreThoseThatHoldDurations() {
    DurationHistogram histogram =
        DurationHistogram.builder().add(0).add(7).add(7).add(1000).add(1023).build();
    assertEquals(
        List.of(new Bucket(0, 0, 1), new Bucket(7, 7, 2), new Bucket(992, 1023, 2)),
        histogram.buckets());
    assertEquals(List.of(), DurationHistogram.builder().build().buckets());
  }

  @Test
  void anEmptyOneHasNoPercentile() {
    DurationHistogram empty = DurationHistogram.builder().build();

    assertEquals(0, empty.count());
    assertNull(empty.percentileMs(50));
  }

  @Test
  void isEqualHoweverItWasFilled() {
    DurationHistogram one = DurationHistogram.builder().add(1).add(900).add(901).build();
    DurationHistogram same =
        DurationHistogram.builder()
            .addBucket(700, 0)
            .addBucket(DurationHistogram.bucketOf(900), 2)
            .add(1)
            .build();

    assertEquals(one, same);
    assertEquals(one.hashCode(), same.hashCode());
    assertNotEquals(one, DurationHistogram.builder().add(1).add(900).build());
    assertEquals("DurationHistogram[count=3, p50=911 ms, p95=911 ms]", one.toString());
  }

  @Test
  void doesNotChangeWhenItsBuilderGoesOn() {
    DurationHistogram.Builder builder = DurationHistogram.builder().add(5);
    DurationHistogram histogram = builder.build();

    builder.add(5);

    assertEquals(1, histogram.count());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 100.001, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoPercentile(double p) {
    DurationHistogram empty = DurationHistogram.builder().build();
    DurationHistogram full = DurationHistogram.builder().add(1).build();

    assertRefused("p ", () -> empty.percentileMs(p));
    assertRefused("p ", () -> full.percentileMs(p));
  }

  @Test
  void refusesBadArgumentsAndNamesThem() {
    DurationHistogram.Builder builder = DurationHistogram.builder();

    assertRefused("bucket ", () -> DurationHistogram.lowestMs(-1));
    assertRefused("bucket ", () -> DurationHistogram.highestMs(LAST_BUCKET + 1));
    assertRefused("bucket ", () -> builder.addBucket(LAST_BUCKET + 1, 1));
    assertRefused("bucket ", () -> builder.addBucket(-1, 1));
    assertRefused("count ", () -> builder.addBucket(0, -1));
  }

  private static void assertRefused(String argument, Runnable call) {
    IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(refusal.getMessage().startsWith(argument), refusal::getMessage);
  }
}
