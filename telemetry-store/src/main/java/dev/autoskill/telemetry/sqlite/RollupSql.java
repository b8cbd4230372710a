package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TextResource;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The rollups' tables, how events are counted, and how reports read both. Upkeep is in {@link
 * RollupUpkeepDao}; these statements are put together anew for each query, for which JDBI's SQL
 * objects would take longer than SQLite does.
 */
final class RollupSql {

  /** With so many notes of changes, a change costs no more, and everything is counted anew. */
  static final int MOST_NOTES = 100_000;

  /** A count of uses, alike in every table. */
  static final String COUNTS =
      "uses INTEGER NOT NULL, successes INTEGER NOT NULL, failures INTEGER NOT NULL,"
          + " partials INTEGER NOT NULL, skipped INTEGER NOT NULL, timed INTEGER NOT NULL,"
          + " ms REAL NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL";

  /** All that this library adds, as {@code sqlite_master} has it: what differs is made anew. */
  static final Set<String> SCHEMA =
      Set.of(
          TextResource.read(RollupSql.class, "rollups.sql")
              .replace("<counts>", COUNTS)
              .replace(
                  "<few>",
                  "COALESCE((SELECT MAX(rowid) FROM autoskill_java_stale), 0) < " + MOST_NOTES)
              .strip()
              .split("\n\n"));

  /** The objects of the rollups in the schema; others with such names are left alone. */
  static final String OF_ROLLUPS =
      " FROM sqlite_master WHERE name GLOB 'autoskill_java_*'"
          + " AND name NOT GLOB 'autoskill_java_errors*' AND name <> 'autoskill_java_pushed'";

  /** The only table that cannot be filled anew. */
  static final String RETAINED =
      SCHEMA.stream().filter(sql -> sql.contains("autoskill_java_retained")).findAny().get();

  /** Statements, and parts of them, by the name above each; they refer to those above them. */
  static final Map<String, String> PARTS = parts();

  /**
   * Where the rollups stand.
   *
   * @param watermark the last event that is counted; null: none
   * @param uncounted about how many events are above it
   * @param notes how many changes of counted events are noted
   * @param inPlace whether the rollups are ours, and as upkeep left them but for what is noted
   */
  record State(@Nullable Long watermark, long uncounted, long notes, boolean inPlace) {

    /** There are no rollups, not all of them, or none of ours. */
    static final State NONE = new State(null, 0, 0, false);

    static State of(ResultSet row, StatementContext context) throws SQLException {
      Long watermark = row.getLong(1);
      watermark = row.wasNull() ? null : watermark;
      return new State(watermark, row.getLong(2), row.getLong(3), row.getBoolean(4));
    }

    /** Whether the rollups and the events above the watermark together are right. */
    boolean isRight() {
      return inPlace && notes == 0;
    }

    /** About how many events are not counted; {@link Long#MAX_VALUE}: nothing is right. */
    long backlog() {
      return isRight() ? uncounted : Long.MAX_VALUE;
    }

    Status status() {
      return isRight() ? Status.RIGHT : equals(NONE) ? Status.NOT_KEPT : Status.OUT_OF_DATE;
    }
  }

  static Set<String> schema(Handle handle) {
    return handle
        .createQuery("SELECT sql" + OF_ROLLUPS + " AND sql IS NOT NULL")
        .mapTo(String.class)
        .set();
  }

  private RollupSql() {}

  private static Map<String, String> parts() {
    Map<String, String> parts = new HashMap<>();
    for (String part : TextResource.read(RollupSql.class, "queries.sql").split("\n\n")) {
      String sql =
          part.lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
      for (Map.Entry<String, String> above : parts.entrySet()) {
        sql = sql.replace("<" + above.getKey() + ">", above.getValue());
      }
      parts.put(part.substring("-- ".length(), part.indexOf('\n')), sql);
    }
    return parts;
  }

  static State state(Handle handle, Set<String> schema) {
    try {
      return schema.equals(SCHEMA)
          ? handle.createQuery(PARTS.get("state")).map(State::of).findFirst().orElse(State.NONE)
          : State.NONE;
    } catch (JdbiException e) {
      if (SqliteConnections.isPassing(e)) {
        throw e;
      }
      return State.NONE;
    }
  }
}
