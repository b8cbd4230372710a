package dev.autoskill.telemetry.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well one skill does: all its events, aggregated.
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
 */
public record EffectivenessReport(
    String skillName,
    long totalUses,
    long successCount,
    long failureCount,
    double successRate,
    @Nullable Long avgDurationMs,
    List<String> agentsUsed,
    Instant lastUsed) {

  /** Copies the list, so that the report cannot change. */
  public EffectivenessReport {
    agentsUsed = List.copyOf(agentsUsed);
  }
}
