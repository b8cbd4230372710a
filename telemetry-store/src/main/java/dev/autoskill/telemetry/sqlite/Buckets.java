package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.DurationHistogram;
import java.util.Arrays;

/** Counts by the buckets of {@link DurationHistogram}, which may be taken away from. */
final class Buckets {

  private static final long[] NONE = {};

  private long[] counts = NONE;
  private long total;

  void add(int bucket, long count) {
    if (bucket >= counts.length) {
      // Buckets come in rising order, so growing by one each time would copy them over and over.
      counts = Arrays.copyOf(counts, Math.max(bucket + 1, 2 * counts.length));
    }
    counts[bucket] += count;
    total += count;
  }

  void add(Buckets other, int sign) {
    if (other.counts.length > counts.length) {
      counts = Arrays.copyOf(counts, other.counts.length);
    }
    for (int bucket = 0; bucket < other.counts.length; bucket++) {
      counts[bucket] += sign * other.counts[bucket];
    }
    total += sign * other.total;
  }

  long total() {
    return total;
  }

  boolean isZero() {
    for (long count : counts) {
      if (count != 0) {
        return false;
      }
    }
    return true;
  }

  /** Above all buckets that are not empty. */
  int size() {
    return counts.length;
  }

  long count(int bucket) {
    return counts[bucket];
  }

  void addTo(DurationHistogram.Builder histogram) {
    for (int bucket = 0; bucket < counts.length; bucket++) {
      if (counts[bucket] != 0) {
        histogram.addBucket(bucket, counts[bucket]);
      }
    }
  }
}
