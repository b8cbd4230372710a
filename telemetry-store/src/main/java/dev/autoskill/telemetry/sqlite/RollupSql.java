package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TextResource;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  /** Of the tables and triggers. A change of what a column means needs another one. */
  static final int VERSION = 4;

  /** Notes of changes; with so many, everything is counted anew. */
  static final int MOST_NOTES = 100_000;

  /** The condition of each note, which bounds what a mass change costs. */
  static final String FEW_NOTES =
      "COALESCE((SELECT MAX(rowid) FROM autoskill_java_stale), 0) < " + MOST_NOTES;

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
              .replace("<few>", FEW_NOTES)
              .strip()
              .split("\n\n"));

  /** What there is of it; where copies of the events stand is none of the rollups' business. */
  static final String OF_ROLLUPS =
      " FROM sqlite_master WHERE name GLOB 'autoskill_java_*' AND name <> 'autoskill_java_pushed'";

  /** The only table that cannot be filled anew. */
  static final String RETAINED =
      SCHEMA.stream().filter(sql -> sql.contains("autoskill_java_retained")).findAny().get();

  /**
   * Whether the triggers see every change: rows have rowids, and ids are the only unique key.
   * Before an insert, the rowid -1 stands for any; and once the greatest rowid is taken, SQLite
   * chooses random ones.
   */
  static final String COUNTABLE =
      """
      (SELECT COUNT(*) > 0 AND MIN(is_id) FROM (
          SELECT (SELECT COUNT(*) FROM pragma_index_xinfo(i.name) x WHERE x.key) = 1
            AND EXISTS (SELECT 1 FROM pragma_index_xinfo(i.name) x WHERE x.key
              AND lower(x.name) = 'id' AND (i.origin <> 'c' OR x.coll = 'BINARY')) AS is_id
          FROM pragma_index_list('skill_telemetry') i WHERE i."unique"))
        AND COALESCE((SELECT MAX(rowid) FROM skill_telemetry), 0) < (1 << 62)
        AND NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid = -1)
      """;

  /** One damaged byte changes it. */
  static final String CHECKSUM =
      """
      (SELECT COALESCE(SUM(uses + successes + failures + partials + skipped + timed), 0)
      FROM autoskill_java_total)""";

  /**
   * The moment of a timestamp in microseconds since 1970; null if SQLite does not understand it.
   * SQLite rounds to milliseconds, which may carry into the next second, so that is undone.
   */
  static final String MOMENT =
      """
      CASE WHEN substr(timestamp, 5, 1) = '-' THEN
        (unixepoch(timestamp) - CASE WHEN substr(timestamp, 20, 4) = '.999' THEN
          (unixepoch(timestamp) + 62167219200) % 60 <> CAST(substr(timestamp, 18, 2) AS INTEGER)
          ELSE 0 END)
        * 1000000 + CAST(CAST('0' || substr(timestamp, 20) AS REAL) * 1000000 + 0.001 AS INTEGER)
      END""";

  /** The moment of an event; a text that is none belongs to 1970. */
  static final String AT = "COALESCE(" + MOMENT + ", 0)";

  /** The UTC day of a moment, also before 1970. */
  static final String DAY_OF_AT = "(at + 62167219200000000) / 86400000000 - 719528";

  /** As {@code DurationHistogram.bucketOf}; null for a use without duration. */
  static final String BUCKET =
      """
      CASE WHEN ms < 32 THEN max(CAST(ms AS INTEGER), 0)
      ELSE 16 * CAST(log2(ms) AS INTEGER) + (CAST(ms AS INTEGER) >> (CAST(log2(ms) AS INTEGER) - 4)) - 64
      END""";

  private static final String[] QUERIES =
      TextResource.read(RollupSql.class, "queries.sql").split("\n\n");

  /** Events as they are counted. {@code LIMIT -1} makes SQLite compute each expression once. */
  private static final String EVENTS = QUERIES[3].replace("<at>", AT);

  /**
   * Counts events. The histogram is a text: the members of a JSON object, bucket and number.
   * Skipped uses have buckets of their own, from -1 downwards, since comparisons leave them out.
   */
  static final String COUNTED = QUERIES[4].replace("<bucket>", BUCKET).replace("<events>", EVENTS);

  /** Adds up counts. */
  static final String SUMS =
      """
      SUM(uses) AS uses, SUM(successes) AS successes, SUM(failures) AS failures,
        SUM(partials) AS partials, SUM(skipped) AS skipped, SUM(timed) AS timed, TOTAL(ms) AS ms,
        MIN(first) AS first, MAX(last) AS last, group_concat(buckets) AS buckets
      """;

  /** Counts as they are in each table. */
  static final String AS_COUNTED =
      "uses, successes, failures, partials, skipped, timed, ms, first, last, buckets";

  /** All that is counted, of any time. */
  static final String TOTALS =
      "SELECT skill, agent, 0 AS period, " + AS_COUNTED + " FROM autoskill_java_total WHERE <who>";

  /** Days from a table. */
  static final String DAYS =
      "SELECT skill, agent, <periodOfDay> AS period, <counts> FROM <table>"
          + " WHERE day BETWEEN :<first> AND :<last> AND <who> ";

  /** Where the rollups stand. */
  record State(@Nullable Long watermark, @Nullable Long newest, long notes, boolean inPlace) {

    static State of(ResultSet row, StatementContext context) throws SQLException {
      Long watermark = row.getLong(1);
      watermark = row.wasNull() ? null : watermark;
      Long newest = row.getLong(2);
      return new State(watermark, row.wasNull() ? null : newest, row.getLong(3), row.getBoolean(4));
    }

    /** Whether the rollups and the events above the watermark together are right. */
    boolean isRight() {
      return inPlace && notes == 0;
    }

    static Status status(@Nullable State state) {
      return state == null ? Status.NOT_KEPT : state.isRight() ? Status.RIGHT : Status.OUT_OF_DATE;
    }

    long backlog() {
      return newest == null ? 0 : watermark == null ? Long.MAX_VALUE : newest - watermark;
    }
  }

  static Set<String> schema(Handle handle) {
    return handle
        .createQuery("SELECT sql" + OF_ROLLUPS + " AND sql IS NOT NULL")
        .map((row, context) -> row.getString(1))
        .collect(Collectors.toSet());
  }

  /**
   * Checks cheaply that the event at the watermark is the one that was counted there. If it is
   * gone, that must have been noted, and an event above it shows that rowids were not given anew.
   */
  private static final String STATE =
      QUERIES[0]
          .replace("<countable>", COUNTABLE)
          .replace("<checksum>", CHECKSUM)
          .replace("<version>", Integer.toString(VERSION));

  /** Whether as many events are there as were counted; takes 10 ms for a million of them. */
  private static final String HAS_ALL_EVENTS = QUERIES[1];

  /** Of the parts above; {@link Uses#of} reads it. */
  static final String USES = QUERIES[2].replace("<sums>", SUMS);

  static final String SESSIONS =
      "SELECT skill, COUNT(DISTINCT session) FROM ("
          + EVENTS
          + ") WHERE at >= :since AND at < :until GROUP BY skill";

  private RollupSql() {}

  /** {@return where the rollups stand; null if they are missing, not all there, or not ours} */
  static @Nullable State state(Handle handle, Set<String> schema) {
    try {
      return schema.equals(SCHEMA)
          ? handle.createQuery(STATE).map(State::of).findFirst().orElse(null)
          : null;
    } catch (JdbiException e) {
      if (SqliteConnections.isPassing(e)) {
        throw e;
      }
      return null;
    }
  }

  static boolean hasAllEvents(Handle handle) {
    return handle.createQuery(HAS_ALL_EVENTS).map((row, context) -> row.getBoolean(1)).first();
  }
}
