package dev.autoskill.telemetry.event;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an event, in their order: the one list that the database's table, its statements,
 * the check of its shape, and exports go by.
 */
public enum EventColumn {
  /** Identifies the event. */
  ID("id", "TEXT PRIMARY KEY", "''", TelemetryEvent::id),
  /** The skill's id. */
  SKILL_ID("skill_id", "TEXT NOT NULL", "''", TelemetryEvent::skillId),
  /** The skill's name. */
  SKILL_NAME("skill_name", "TEXT NOT NULL", "''", TelemetryEvent::skillName),
  /** Groups events. */
  SESSION_ID("session_id", "TEXT NOT NULL", "''", TelemetryEvent::sessionId),
  /** The agent. */
  AGENT_ID("agent_id", "TEXT NOT NULL DEFAULT 'unknown'", "'unknown'", TelemetryEvent::agentId),
  /** The duration, which an event may lack. */
  DURATION_MS("duration_ms", "INTEGER", null, TelemetryEvent::durationMs),
  /** How the use ended. */
  OUTCOME("outcome", "TEXT NOT NULL", "''", event -> event.outcome().text()),
  /** When the use ended. */
  TIMESTAMP("timestamp", "TEXT NOT NULL", "''", TelemetryEvent::timestamp);

  private final String column;
  private final String type;
  private final @Nullable String ifNull;
  private final Function<TelemetryEvent, @Nullable Object> value;

  EventColumn(
      String column,
      String type,
      @Nullable String ifNull,
      Function<TelemetryEvent, @Nullable Object> value) {
    this.column = column;
    this.type = type;
    this.ifNull = ifNull;
    this.value = value;
  }

  /** {@return the column's name in the database} */
  public String column() {
    return column;
  }

  /** {@return the column's type and constraints in SQL} */
  public String type() {
    return type;
  }

  /** {@return the SQL literal that a null in the column is read as; null: it stays null} */
  public @Nullable String ifNull() {
    return ifNull;
  }

  /**
   * {@return the column of an event: a text, a number or an instant; null if it lacks it}
   *
   * @param event the event
   */
  public @Nullable Object of(TelemetryEvent event) {
    return value.apply(event);
  }
}
