package dev.autoskill.telemetry.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of durations, in buckets that grow with the duration.
 *
 * <p>Up to 31 ms each millisecond has a bucket of its own. Above, each octave (from a power of two
 * to the next) is cut into 16 buckets of equal width, so that the middle of a bucket is within 1/32
 * (3.1 %) of every duration in it. The numbers of the buckets are the same in every version, since
 * rollups store them.
 *
 * <p>Immutable, so that threads may share it.
 */
public final class DurationHistogram {

  /** Below this each millisecond has its own bucket. */
  private static final int LINEAR = 32;

  private static final int PER_OCTAVE = 16;
  private static final int LOG2_PER_OCTAVE = 4;

  /** The bucket of {@link Long#MAX_VALUE}. */
  private static final int LAST_BUCKET = bucketOf(Long.MAX_VALUE);

  /** By bucket; ends with the highest that is not empty, so that equal histograms look alike. */
  private final long[] counts;

  private final long count;

  private DurationHistogram(long[] counts) {
    this.counts = counts;
    this.count = Arrays.stream(counts).sum();
  }

  /**
   * {@return the number of the bucket of a duration, from 0; a longer duration has the same or a
   * higher one}
   *
   * @param ms milliseconds; negative ones, which a clock that was set back leaves, count as 0
   */
  public static int bucketOf(long ms) {
    if (ms < LINEAR) {
      return (int) Math.max(0, ms);
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(ms) - LOG2_PER_OCTAVE;
    return PER_OCTAVE * shift + (int) (ms >>> shift);
  }

  /** The shortest duration of a bucket in milliseconds. */
  static long lowestMs(int bucket) {
    requireBucket(bucket);
    if (bucket < LINEAR) {
      return bucket;
    }
    int shift = bucket / PER_OCTAVE - 1;
    return (long) (bucket - PER_OCTAVE * shift) << shift;
  }

  /** The longest duration of a bucket in milliseconds. */
  static long highestMs(int bucket) {
    return bucket == LAST_BUCKET ? Long.MAX_VALUE : lowestMs(bucket + 1) - 1;
  }

  /**
   * Durations of about the same length.
   *
   * @param lowestMs the shortest that belongs to it, in milliseconds
   * @param highestMs the longest that belongs to it, in milliseconds
   * @param count how many there are; at least 1
   */
  public record Bucket(long lowestMs, long highestMs, long count) {}

  /** {@return a builder with nothing in it} */
  public static Builder builder() {
    return new Builder();
  }

  /** {@return the number of durations} */
  public long count() {
    return count;
  }

  /** {@return the buckets that are not empty, the shortest durations first} */
  public List<Bucket> buckets() {
    return IntStream.range(0, counts.length)
        .filter(bucket -> counts[bucket] > 0)
        .mapToObj(bucket -> new Bucket(lowestMs(bucket), highestMs(bucket), counts[bucket]))
        .toList();
  }

  /**
   * A percentile: the middle of the bucket of the duration that has the nearest rank (the smallest
   * whole number that is at least {@code p} % of the count). It is within 1/32 of that duration,
   * and exact below 32 ms.
   *
   * @param p the share of durations in percent, more than 0 and at most 100; 50 is the median
   * @return milliseconds; null if there is no duration
   */
  public @Nullable Long percentileMs(double p) {
    long left = rankOf(p);
    if (count == 0) {
      return null;
    }
    int bucket = 0;
    while (left > counts[bucket]) {
      left -= counts[bucket];
      bucket++;
    }
    long lowest = lowestMs(bucket);
    return lowest + (highestMs(bucket) - lowest) / 2;
  }

  /**
   * {@return the place, counted from 1, of the duration that is the percentile; 0 if there is none}
   *
   * @param p the percentile, more than 0 and at most 100
   */
  public long rankOf(double p) {
    if (!(p > 0 && p <= 100)) {
      throw new IllegalArgumentException("p must be more than 0 and at most 100: " + p);
    }
    // Multiplied first: a whole percentage of a count below 2^46 is then exact.
    return Math.min(count, (long) Math.ceil(p * count / 100));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DurationHistogram that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  /** The count, the median and the 95th percentile, for people to read. */
  @Override
  public String toString() {
    return "DurationHistogram[count=%d, p50=%s ms, p95=%s ms]"
        .formatted(count, percentileMs(50), percentileMs(95));
  }

  private static void requireBucket(int bucket) {
    if (bucket < 0 || bucket > LAST_BUCKET) {
      throw new IllegalArgumentException(
          "bucket must be from 0 to %d: %d".formatted(LAST_BUCKET, bucket));
    }
  }

  /** Collects durations; not for use by several threads at once. */
  public static final class Builder {

    private long[] counts = new long[0];
    private long count;

    private Builder() {}

    /**
     * Adds one duration.
     *
     * @param ms milliseconds; a negative number counts as 0
     * @return this builder
     */
    public Builder add(long ms) {
      return addBucket(bucketOf(ms), 1);
    }

    /**
     * Adds durations of one bucket.
     *
     * @param bucket the bucket's number, as {@link #bucketOf} gives it
     * @param count the number of durations; not negative
     * @return this builder
     */
    public Builder addBucket(int bucket, long count) {
      requireBucket(bucket);
      if (count < 0) {
        throw new IllegalArgumentException("count must not be negative: " + count);
      }
      this.count = Math.addExact(this.count, count);
      if (count > 0) {
        if (bucket >= counts.length) {
          counts = Arrays.copyOf(counts, bucket + 1);
        }
        counts[bucket] += count;
      }
      return this;
    }

    /** {@return the durations added so far; the builder may go on} */
    public DurationHistogram build() {
      return new DurationHistogram(counts.clone());
    }
  }
}
