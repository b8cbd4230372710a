package dev.autoskill.telemetry.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The distribution of durations, in buckets that grow with the duration.
 *
 * <p>Up to 31 ms each millisecond has a bucket of its own. Above, each octave (from a power of two
 * to the next) is cut into 16 buckets of equal width, so that the middle of a bucket is within 1/32
 * (3.1 %) of every duration in it. The numbers of the buckets are the same in every version, since
 * rollups store them.
 *
 * @param counts how many durations each bucket has, by its number (see {@link #bucketOf}), the
 *     shortest first; those that have none are left out; unmodifiable
 */
public record DurationHistogram(Map<Integer, Long> counts) {

  /** The bucket of {@link Long#MAX_VALUE}. */
  private static final int LAST_BUCKET = bucketOf(Long.MAX_VALUE);

  /** No durations. */
  public static final DurationHistogram NONE = new DurationHistogram(Map.of());

  /** Below this each millisecond has its own bucket. */
  private static final int LINEAR = 32;

  private static final int PER_OCTAVE = 16;
  private static final int LOG2_PER_OCTAVE = 4;

  /** Checks and copies the counts; one of 0 may be given. */
  public DurationHistogram {
    TreeMap<Integer, Long> copy = new TreeMap<>();
    counts.forEach(
        (bucket, count) -> {
          if (bucket < 0 || bucket > LAST_BUCKET || count < 0) {
            throw new IllegalArgumentException(
                "counts must be of buckets from 0 to %d, and not negative: %d of bucket %d"
                    .formatted(LAST_BUCKET, count, bucket));
          }
          if (count > 0) {
            copy.put(bucket, count);
          }
        });
    counts = Collections.unmodifiableMap(copy);
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

  /** {@return the number of durations} */
  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
  }

  /** {@return the buckets that are not empty, the shortest durations first} */
  public List<Bucket> buckets() {
    return counts.entrySet().stream()
        .map(each -> new Bucket(lowestMs(each.getKey()), highestMs(each.getKey()), each.getValue()))
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
    for (Map.Entry<Integer, Long> each : counts.entrySet()) {
      left -= each.getValue();
      if (left <= 0) {
        long lowest = lowestMs(each.getKey());
        return lowest + (highestMs(each.getKey()) - lowest) / 2;
      }
    }
    return null;
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
    long count = count();
    return Math.min(count, (long) Math.ceil(p * count / 100));
  }
}
