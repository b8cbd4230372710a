package dev.autoskill.telemetry.sqlite;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Tally} as it stands in the rollup tables. {@code docs/schema.md} says what each number
 * is.
 */
final class TallyCodec {

  private static final int ABSENT = 0;
  private static final int MILLIS = 1;
  private static final int TEXT = 2;

  private TallyCodec() {}

  /** Nothing at all for what adds nothing. */
  static byte[] encode(Tally tally) {
    PackedWriter out = new PackedWriter();
    if (!tally.addsNothing()) {
      out.number(tally.uses);
      out.number(tally.successes);
      out.number(tally.failures);
      out.number(tally.partials);
      out.number(tally.skipped);
      writeTimestamp(out, tally.first);
      writeTimestamp(out, tally.last);
      writeSum(out, tally.totalMs);
      writeBuckets(out, tally.attemptedDurations);
      writeBuckets(out, tally.skippedDurations);
    }
    return out.toBytes();
  }

  /** Adds what is encoded to a tally. */
  static void addTo(Tally tally, byte @Nullable [] encoded) {
    PackedReader in = new PackedReader(encoded);
    if (in.hasMore()) {
      tally.uses += in.number();
      tally.successes += in.number();
      tally.failures += in.number();
      tally.partials += in.number();
      tally.skipped += in.number();
      tally.widen(readTimestamp(in));
      tally.widen(readTimestamp(in));
      readSum(in, tally.totalMs);
      readBuckets(in, tally.attemptedDurations);
      readBuckets(in, tally.skippedDurations);
    }
  }

  static Tally decode(byte @Nullable [] encoded) {
    Tally tally = new Tally();
    addTo(tally, encoded);
    return tally;
  }

  private static void writeTimestamp(PackedWriter out, @Nullable String timestamp) {
    Long millis = timestamp == null ? null : Timestamps.millisIfWrittenHere(timestamp);
    if (timestamp == null) {
      out.number(ABSENT);
    } else if (millis == null) {
      out.number(TEXT);
      out.text(timestamp);
    } else {
      out.number(MILLIS);
      out.number(millis);
    }
  }

  private static @Nullable String readTimestamp(PackedReader in) {
    return switch ((int) in.number()) {
      case ABSENT -> null;
      case MILLIS -> TimestampText.of(in.number());
      default -> in.text();
    };
  }

  private static void writeSum(PackedWriter out, ExactSum sum) {
    Long whole = sum.wholeOrNull();
    out.number(whole == null ? TEXT : ABSENT);
    if (whole == null) {
      out.text(sum.exact().toString());
    } else {
      out.number(whole);
    }
  }

  private static void readSum(PackedReader in, ExactSum sum) {
    if (in.number() == TEXT) {
      sum.add(new BigDecimal(in.text()));
    } else {
      sum.addWhole(in.number());
    }
  }

  /** The number of buckets that are not empty, and each as its distance from the one before. */
  private static void writeBuckets(PackedWriter out, Buckets buckets) {
    int used = 0;
    for (int bucket = 0; bucket < buckets.size(); bucket++) {
      used += buckets.count(bucket) == 0 ? 0 : 1;
    }
    out.number(used);
    int before = 0;
    for (int bucket = 0; bucket < buckets.size(); bucket++) {
      if (buckets.count(bucket) != 0) {
        out.number(bucket - before);
        out.number(buckets.count(bucket));
        before = bucket;
      }
    }
  }

  private static void readBuckets(PackedReader in, Buckets buckets) {
    int bucket = 0;
    for (long left = in.number(); left > 0; left--) {
      bucket += (int) in.number();
      buckets.add(bucket, in.number());
    }
  }
}
