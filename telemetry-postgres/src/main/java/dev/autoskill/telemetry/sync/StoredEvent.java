package dev.autoskill.telemetry.sync;

import dev.autoskill.telemetry.annotations.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * An event and its place in the local table.
 *
 * @param position its place
 * @param event the event as it leaves
 * @param remarks what was changed about it, in plain words; unmodifiable
 */
public record StoredEvent(Position position, PushedEvent event, List<String> remarks) {

  /** PostgreSQL's texts cannot hold it, and few programs expect it. */
  private static final char NUL = '\0';

  private static final char REPLACEMENT = '\uFFFD';

  private static final String WITH_NUL = "U+0000 in a text arrives as U+FFFD";
  private static final String WITH_OUTCOME = "an unknown outcome arrives as unrecognised";
  private static final String WITHOUT_MOMENT = "a text that is no timestamp arrives as 1970-01-01";

  /** Copies the remarks. */
  public StoredEvent {
    remarks = List.copyOf(remarks);
  }

  /** Reads a row of {@link LocalEvents}. */
  static StoredEvent of(ResultSet row, StatementContext context) throws SQLException {
    List<String> remarks = new ArrayList<>();
    String[] texts = new String[5];
    for (int i = 0; i < texts.length; i++) {
      String text = row.getString(i + 3);
      texts[i] = text.replace(NUL, REPLACEMENT);
      if (!texts[i].equals(text) && !remarks.contains(WITH_NUL)) {
        remarks.add(WITH_NUL);
      }
    }
    double ms = row.getDouble(8);
    Double durationMs = row.wasNull() ? null : (Double) ms;
    Outcome outcome = Outcome.ofText(row.getString(9));
    if (outcome == Outcome.UNRECOGNISED) {
      remarks.add(WITH_OUTCOME);
    }
    Instant timestamp = Instant.EPOCH.plus(row.getLong(10), ChronoUnit.MICROS);
    if (timestamp.equals(Instant.EPOCH)) {
      remarks.add(WITHOUT_MOMENT);
    }
    return new StoredEvent(
        new Position(row.getLong(1), row.getString(2)),
        new PushedEvent(
            texts[0], texts[1], texts[2], texts[3], texts[4], durationMs, outcome, timestamp),
        remarks);
  }
}
