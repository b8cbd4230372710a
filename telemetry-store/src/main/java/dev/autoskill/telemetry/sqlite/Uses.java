package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Uses added up: those of one skill, or of one period.
 *
 * @param skill the skill, if they are of one
 * @param period when the period starts, if they are of one
 * @param timed how many have a duration
 * @param first when the first ended, in microseconds since 1970
 * @param last when the last ended
 * @param agents their agents, each maybe several times, see {@link #SEPARATOR}
 * @param buckets their histogram, see {@link RollupDao#COUNTED}
 */
record Uses(
    @Nullable String skill,
    long period,
    long uses,
    long successes,
    long failures,
    long partials,
    long skipped,
    long timed,
    double ms,
    long first,
    long last,
    String agents,
    @Nullable String buckets) {

  /** No text has this control character. */
  static final String SEPARATOR = "\u001f";

  private static final int BUCKETS = DurationHistogram.bucketOf(Long.MAX_VALUE) + 1;

  static final Uses NONE = new Uses(null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "", null);

  /**
   * Of the attempted uses, or of the skipped ones too.
   *
   * @throws RuntimeException if the text is damaged
   */
  private DurationHistogram durations(boolean isOfAll) {
    long[] counts = new long[BUCKETS];
    long found = 0;
    int end = buckets == null ? 0 : buckets.length();
    for (int at = 0; at < end; ) {
      int colon = buckets.indexOf(':', at);
      int comma = buckets.indexOf(',', colon);
      int next = comma < 0 ? end : comma;
      int bucket = Integer.parseInt(buckets, at + 1, colon - 1, 10);
      long count = Long.parseLong(buckets, colon + 1, next, 10);
      found += count;
      if (bucket >= 0 || isOfAll) {
        counts[bucket < 0 ? -1 - bucket : bucket] += count;
      }
      at = next + 1;
    }
    if (found != timed) {
      throw new IllegalStateException("the histogram has not as many uses as are counted");
    }
    DurationHistogram.Builder durations = DurationHistogram.builder();
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      durations.addBucket(bucket, counts[bucket]);
    }
    return durations.build();
  }

  private @Nullable SuccessRate attemptedSuccessRate() {
    return uses == skipped ? null : new SuccessRate(successes, uses - skipped);
  }

  TrendPoint point(LocalDate date, Instant from, Instant until) {
    DurationHistogram durations = durations(true);
    return new TrendPoint(
        date,
        from,
        until,
        uses,
        attemptedSuccessRate(),
        durations.percentileMs(50),
        durations.percentileMs(95));
  }

  /** {@return what comparisons need} */
  UseSummary summary() {
    return new UseSummary(uses - skipped, successes, durations(false));
  }

  private @Nullable Long averageMs() {
    return timed == 0
        ? null
        : (Long)
            new BigDecimal(ms)
                .divide(BigDecimal.valueOf(timed), 9, RoundingMode.HALF_EVEN)
                .add(new BigDecimal("0.5"))
                .setScale(0, RoundingMode.FLOOR)
                .longValue();
  }

  EffectivenessReport report(String name, @Nullable Long sessions) {
    DurationHistogram durations = durations(true);
    return new EffectivenessReport(
        name,
        uses,
        successes,
        failures,
        Math.round(1000.0 * successes / uses) / 1000.0,
        averageMs(),
        Arrays.stream(agents.split(SEPARATOR, -1)).distinct().sorted().toList(),
        Timestamps.ofMicros(last),
        partials,
        skipped,
        attemptedSuccessRate(),
        durations.percentileMs(50),
        durations.percentileMs(90),
        durations.percentileMs(95),
        durations.percentileMs(99),
        Timestamps.ofMicros(first),
        sessions);
  }
}
