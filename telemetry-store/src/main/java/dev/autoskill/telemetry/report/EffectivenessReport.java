package dev.autoskill.telemetry.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well one skill does: all its events, or those that were asked for, aggregated.
 *
 * @param skillName the skill's name; skills of one name are one report
 * @param totalUses how often it was used, whatever the outcome; at least 1
 * @param successCount how many uses were a success
 * @param failureCount how many uses were a failure
 * @param successRate {@code successCount / totalUses}, from 0.0 to 1.0, rounded to three decimals;
 *     partial, skipped and unrecognised outcomes count as uses
 * @param avgDurationMs mean duration in milliseconds of the uses that have one, rounded; null if
 *     none has
 * @param agentsUsed the agents it ran for, distinct and sorted; unmodifiable
 * @param lastUsed when it was used last
 * @param partialCount how many uses were a partial success
 * @param skippedCount how many uses found nothing to do
 * @param attemptedSuccessRate successes among the attempted uses, which are all but the skipped
 *     ones (partial and unrecognised outcomes count as attempts), with its confidence interval;
 *     null if nothing was attempted
 * @param p50Ms the median of the durations, in milliseconds, within 1/32 (see {@link
 *     DurationHistogram#percentileMs}), of the uses that have one, whatever the outcome; null if
 *     none has
 * @param p90Ms their 90th percentile, likewise
 * @param p95Ms their 95th percentile, likewise
 * @param p99Ms their 99th percentile, likewise
 * @param firstUsed when it was used first
 * @param sessions in how many distinct sessions it was used, as far as its events are still in the
 *     database; null unless the query asked for it by {@link ReportQuery#withSessions()}
 */
public record EffectivenessReport(
    String skillName,
    long totalUses,
    long successCount,
    long failureCount,
    double successRate,
    @Nullable Long avgDurationMs,
    List<String> agentsUsed,
    Instant lastUsed,
    long partialCount,
    long skippedCount,
    @Nullable SuccessRate attemptedSuccessRate,
    @Nullable Long p50Ms,
    @Nullable Long p90Ms,
    @Nullable Long p95Ms,
    @Nullable Long p99Ms,
    Instant firstUsed,
    @Nullable Long sessions) {

  /** Copies the list, so that the report cannot change. */
  public EffectivenessReport {
    agentsUsed = List.copyOf(agentsUsed);
  }
}
