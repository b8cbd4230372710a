package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.annotations.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes apart the columns of many rows, each of which SQLite strung together to one text. Fetching
 * a value from SQLite takes longer than all that is done with it, so this is several times as fast
 * as row by row. Public only because JDBI makes it by reflection.
 */
public final class EventPageMapper implements RowMapper<EventPage> {

  /** What stands between two values: no text of anybody's has a reason to hold it. */
  static final char SEPARATOR = 31;

  private static final int COLUMNS = 8;

  /** So many digits are a whole number that a double holds exactly, too. */
  private static final int PLAIN_DIGITS = 15;

  private static final int NOT_PLAIN = -1;

  /** Makes a mapper. */
  public EventPageMapper() {}

  @Override
  public EventPage map(ResultSet row, StatementContext context) throws SQLException {
    int size = row.getInt(1);
    String[][] columns = new String[COLUMNS][];
    for (int column = 0; size > 0 && column < COLUMNS; column++) {
      columns[column] = split(row.getString(column + 2), size);
      if (columns[column] == null) {
        return new EventPage(size, null);
      }
    }
    return new EventPage(size, events(size, columns));
  }

  /** Null if there are not that many values, since one of them holds the separator. */
  private static String @Nullable [] split(String joined, int size) {
    String[] values = new String[size];
    int from = 0;
    for (int i = 0; i < size; i++) {
      int end = i + 1 < size ? joined.indexOf(SEPARATOR, from) : joined.length();
      if (end < 0) {
        return null;
      }
      // Neighbours often have the same skill, agent, session or outcome.
      String before = i == 0 ? "" : values[i - 1];
      values[i] =
          before.length() == end - from && joined.startsWith(before, from)
              ? before
              : joined.substring(from, end);
      from = end + 1;
    }
    return values[size - 1].indexOf(SEPARATOR) < 0 ? values : null;
  }

  private static @Nullable List<RawEvent> events(int size, String[][] columns) {
    List<RawEvent> events = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      String duration = columns[5][i];
      boolean isTimed = !duration.isEmpty();
      long ms = isTimed ? plainNumber(duration) : 0;
      if (ms == NOT_PLAIN) {
        return null;
      }
      events.add(
          new RawEvent(
              Long.parseLong(columns[0][i]),
              columns[1][i],
              columns[2][i],
              columns[3][i],
              columns[4][i],
              isTimed,
              ms,
              ms,
              Outcome.ofText(columns[6][i]),
              columns[7][i]));
    }
    return events;
  }

  private static long plainNumber(String digits) {
    if (digits.length() > PLAIN_DIGITS) {
      return NOT_PLAIN;
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return NOT_PLAIN;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
