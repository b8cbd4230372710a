package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A use whose place in the order, time and texts are settled, so that its event is. All that is
 * missing is the id as text.
 *
 * @param sequence its number among the uses of its collector, rising in the order of recording
 * @param idMillis the time in its id, in milliseconds since 1970; never goes back
 * @param millis when the use ended, in milliseconds since 1970; goes back when the wall clock does
 * @param durationMs how long the use took, in milliseconds; null if that was not measured
 * @param outcome how it ended; never {@link Outcome#UNRECOGNISED}
 * @param skillId the skill's id, as it may be stored
 * @param skillName the skill's name, as it may be stored
 * @param sessionId the session, as it may be stored
 * @param agentId the agent, as it may be stored
 */
public record SettledUse(
    long sequence,
    long idMillis,
    long millis,
    @Nullable Long durationMs,
    Outcome outcome,
    String skillId,
    String skillName,
    String sessionId,
    String agentId) {

  /** The event, the same each time. */
  TelemetryEvent event(IdSeed seed) {
    return new TelemetryEvent(
        seed.ulid(idMillis, sequence),
        skillId,
        skillName,
        sessionId,
        agentId,
        durationMs,
        outcome,
        Instant.ofEpochMilli(millis));
  }
}
