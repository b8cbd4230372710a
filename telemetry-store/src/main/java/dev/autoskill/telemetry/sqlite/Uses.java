package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.statement.StatementContext;
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
 * @param buckets their histogram, as the tables have it
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

  /** Reads a row of the query "uses" of {@link RollupSql#PARTS}. */
  static Uses of(ResultSet row, StatementContext context) throws SQLException {
    return new Uses(
        row.getString(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getDouble(9),
        row.getLong(10),
        row.getLong(11),
        row.getString(13),
        row.getString(12));
  }

  /**
   * Of the attempted uses, or of the skipped ones too.
   *
   * @throws RuntimeException if a text is damaged
   */
  private static DurationHistogram durations(List<Uses> uses, boolean isOfAll) {
    Map<Integer, Long> counts = new HashMap<>();
    uses.forEach(each -> each.addTo(counts, isOfAll));
    return new DurationHistogram(counts);
  }

  private void addTo(Map<Integer, Long> counts, boolean isOfAll) {
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
        counts.merge(bucket < 0 ? -1 - bucket : bucket, count, Long::sum);
      }
      at = next + 1;
    }
    if (found != timed) {
      throw new IllegalStateException("the histogram has not as many uses as are counted");
    }
  }

  private static @Nullable SuccessRate rate(long successes, long attempts) {
    return attempts == 0 ? null : new SuccessRate(successes, attempts);
  }

  private static long sum(List<Uses> uses, ToLongFunction<Uses> count) {
    return uses.stream().mapToLong(count).sum();
  }

  /** {@return what the uses of a period come to} */
  static TrendPoint point(TrendPoint period, List<Uses> found) {
    DurationHistogram durations = durations(found, true);
    long uses = sum(found, Uses::uses);
    return new TrendPoint(
        period.start(),
        period.from(),
        period.until(),
        uses,
        rate(sum(found, Uses::successes), uses - sum(found, Uses::skipped)),
        durations.percentileMs(50),
        durations.percentileMs(95));
  }

  /** {@return what comparisons need} */
  UseSummary summary() {
    return new UseSummary(uses - skipped, successes, durations(List.of(this), false));
  }

  EffectivenessReport report(String name, @Nullable Long sessions) {
    DurationHistogram durations = durations(List.of(this), true);
    return new EffectivenessReport(
        name,
        uses,
        successes,
        failures,
        Math.round(1000.0 * successes / uses) / 1000.0,
        timed == 0 ? null : (Long) Math.round(ms / timed),
        Arrays.stream(agents.split(SEPARATOR, -1)).distinct().sorted().toList(),
        Timestamps.ofMicros(last),
        partials,
        skipped,
        rate(successes, uses - skipped),
        durations.percentileMs(50),
        durations.percentileMs(90),
        durations.percentileMs(95),
        durations.percentileMs(99),
        Timestamps.ofMicros(first),
        sessions);
  }
}
