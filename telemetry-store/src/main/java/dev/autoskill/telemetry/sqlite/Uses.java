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
 * @param buckets the histogram: in turns a bucket's number and how many uses are in it
 */
record Uses(
    @Nullable String skill,
    long period,
    long uses,
    long successes,
    long failures,
    long partials,
    long skipped,
    double ms,
    long timed,
    long first,
    long last,
    String agents,
    @Nullable String buckets) {

  /** No text has this control character. */
  static final String SEPARATOR = "\u001f";

  static final Uses NONE = new Uses(null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "", null);

  private DurationHistogram durations() {
    DurationHistogram.Builder durations = DurationHistogram.builder();
    int end = buckets == null ? 0 : buckets.length();
    for (int at = 0; at < end; ) {
      int blank = buckets.indexOf(' ', at);
      int next = buckets.indexOf(' ', blank + 1);
      next = next < 0 ? end : next;
      durations.addBucket(
          Integer.parseInt(buckets, at, blank, 10), Long.parseLong(buckets, blank + 1, next, 10));
      at = next + 1;
    }
    return durations.build();
  }

  private @Nullable SuccessRate attemptedSuccessRate() {
    return uses == skipped ? null : new SuccessRate(successes, uses - skipped);
  }

  TrendPoint point(LocalDate date, Instant from, Instant until) {
    DurationHistogram durations = durations();
    return new TrendPoint(
        date,
        from,
        until,
        uses,
        attemptedSuccessRate(),
        durations.percentileMs(50),
        durations.percentileMs(95));
  }

  /** {@return what comparisons need; the histogram must be that of the attempted uses} */
  UseSummary summary() {
    return new UseSummary(uses - skipped, successes, durations());
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
    DurationHistogram durations = durations();
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
