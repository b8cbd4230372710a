package dev.autoskill.telemetry.event;

import dev.autoskill.telemetry.annotations.Outcome;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
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
    Instant timestamp) {

  /**
   * The columns of the table {@code skill_telemetry}, in its order, one for each component: the
   * only list of them, by which events are stored, checked, exported and documented.
   */
  public enum Column {
    /** {@link TelemetryEvent#id()}. */
    ID("id", TelemetryEvent::id),
    /** {@link TelemetryEvent#skillId()}. */
    SKILL_ID("skillId", TelemetryEvent::skillId),
    /** {@link TelemetryEvent#skillName()}. */
    SKILL_NAME("skillName", TelemetryEvent::skillName),
    /** {@link TelemetryEvent#sessionId()}. */
    SESSION_ID("sessionId", TelemetryEvent::sessionId),
    /** {@link TelemetryEvent#agentId()}. */
    AGENT_ID("agentId", TelemetryEvent::agentId),
    /** {@link TelemetryEvent#durationMs()}, the only one that may be null. */
    DURATION_MS("durationMs", TelemetryEvent::durationMs),
    /** {@link TelemetryEvent#outcome()}. */
    OUTCOME("outcome", event -> event.outcome().text()),
    /** {@link TelemetryEvent#timestamp()}. */
    TIMESTAMP("timestamp", TelemetryEvent::timestamp);

    private final String component;
    private final Function<TelemetryEvent, @Nullable Object> value;

    Column(String component, Function<TelemetryEvent, @Nullable Object> value) {
      this.component = component;
      this.value = value;
    }

    /** {@return the name in SQL, for example {@code skill_id}} */
    public String sqlName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the name of the record's component and in exports, for example {@code skillId}} */
    public String component() {
      return component;
    }

    /**
     * {@return the value of an event as it is exported: a text, a number, a time, or null}
     *
     * @param event the event
     */
    public @Nullable Object exportedValue(TelemetryEvent event) {
      return value.apply(event);
    }
  }
}
