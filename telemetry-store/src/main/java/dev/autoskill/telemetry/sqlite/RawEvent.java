package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.annotations.Outcome;
import java.time.Instant;

/**
 * A row of the shared table, as aggregates need it.
 *
 * @param row its rowid
 * @param isTimed whether it has a duration
 * @param ms the duration, which others may have written with decimals; 0 if there is none
 * @param wholeMs the same as an event shows it
 * @param timestamp as it stands in the table
 */
record RawEvent(
    long row,
    String skillId,
    String skillName,
    String agentId,
    String sessionId,
    boolean isTimed,
    double ms,
    long wholeMs,
    Outcome outcome,
    String timestamp) {

  Instant instant() {
    return Timestamps.parse(timestamp);
  }
}
