package dev.autoskill.telemetry.sync;

import dev.autoskill.telemetry.annotations.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it leaves this machine.
 *
 * @param id identifies the event
 * @param skillId the skill's id
 * @param skillName the skill's name
 * @param sessionId the session that groups events
 * @param agentId the agent
 * @param durationMs how long the use took, in milliseconds; null if that was not recorded
 * @param outcome how it ended
 * @param timestamp when it ended; 1970-01-01 if the local database has no point in time there
 */
public record PushedEvent(
    String id,
    String skillId,
    String skillName,
    String sessionId,
    String agentId,
    @Nullable Double durationMs,
    Outcome outcome,
    Instant timestamp) {}
