package dev.autoskill.telemetry.event;

import dev.autoskill.telemetry.annotations.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The record of one skill use: one row of the database.
 *
 * @param id unique; a <a href="https://github.com/ulid/spec">ULID</a> if this library wrote the
 *     event, perhaps something else if another program did
 * @param skillId the skill's id
 * @param skillName the skill's name
 * @param sessionId the session that groups events
 * @param agentId the agent on whose behalf the skill ran; {@link SkillContext#UNKNOWN_AGENT} when
 *     not known
 * @param durationMs how long the use took, in milliseconds; null if that was not recorded
 * @param outcome how the use ended; {@link Outcome#UNRECOGNISED} if another program wrote one that
 *     this library does not know
 * @param timestamp when the use ended, to the millisecond; {@link Instant#EPOCH} if another program
 *     wrote something that is no point in time
 */
public record TelemetryEvent(
    String id,
    String skillId,
    String skillName,
    String sessionId,
    String agentId,
    @Nullable Long durationMs,
    Outcome outcome,
    Instant timestamp) {}
