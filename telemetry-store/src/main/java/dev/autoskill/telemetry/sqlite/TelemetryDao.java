package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.EventColumn;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.ReportQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The statements on the table that is shared with auto-skill's own tools. The lists of columns come
 * from {@link EventColumn}.
 */
interface TelemetryDao extends SqlObject {

  /** Makes what is missing of the table and its indexes. */
  List<String> CREATE =
      List.of(
          "CREATE TABLE IF NOT EXISTS skill_telemetry (%s)"
              .formatted(columns(column -> column.column() + " " + column.type())),
          "CREATE INDEX IF NOT EXISTS idx_telemetry_skill ON skill_telemetry(skill_id)",
          "CREATE INDEX IF NOT EXISTS idx_telemetry_timestamp ON skill_telemetry(timestamp)");

  /**
   * Whether the table takes our inserts. It may have more columns, as long as an insert need not
   * name them; the duration must not be required.
   */
  String HAS_OUR_SHAPE =
      """
      SELECT COUNT(*) FILTER (WHERE lower(name) IN (%1$s)) = %2$d
        AND COUNT(*) FILTER (WHERE "notnull" AND (lower(name) = '%3$s'
          OR (lower(name) NOT IN (%1$s) AND dflt_value IS NULL))) = 0
      FROM pragma_table_info('skill_telemetry')
      """
          .formatted(
              columns(column -> "'" + column.column() + "'"),
              EventColumn.values().length,
              EventColumn.DURATION_MS.column());

  /** Has a parameter per column, in the order of the columns. */
  String INSERT =
      "INSERT OR IGNORE INTO skill_telemetry (%s) VALUES (%s)"
          .formatted(columns(EventColumn::column), columns(column -> "?"));

  /** False also where there is no table. */
  String HAS_ROWIDS =
      """
      SELECT EXISTS (SELECT 1 FROM pragma_table_list('skill_telemetry')
        WHERE schema = 'main' AND type = 'table' AND wr = 0)
      """;

  /** The columns as {@link #event} reads them: tables that others made may hold nulls. */
  String READ =
      columns(
          column ->
              switch (column) {
                case TIMESTAMP -> RollupSql.PARTS.get("at");
                case DURATION_MS -> column.column();
                default -> notNull(column);
              });

  static TelemetryEvent event(ResultSet row, StatementContext context) throws SQLException {
    long durationMs = row.getLong(6);
    boolean isTimed = !row.wasNull();
    return new TelemetryEvent(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        isTimed ? (Long) durationMs : null,
        Outcome.ofText(row.getString(7)),
        Timestamps.ofMicros(row.getLong(8)));
  }

  /** A column that may not be null, though tables that others made may hold nulls. */
  static String notNull(EventColumn column) {
    return "COALESCE(%s, %s)".formatted(column.column(), column.ifNull());
  }

  /**
   * The condition that an event has a value. Text is compared byte by byte, whatever others made
   * the column; {@code COALESCE}, where it can be avoided, would take as long as the rest of a
   * scan.
   */
  private static String is(EventColumn column, String value) {
    return column.ifNull().equals("'" + value + "'")
        ? notNull(column) + " = :" + column.column()
        : "%1$s = :%1$s COLLATE BINARY".formatted(column.column());
  }

  private static String columns(Function<EventColumn, String> text) {
    return Arrays.stream(EventColumn.values()).map(text).collect(Collectors.joining(", "));
  }

  /** The condition for whose uses a query is about; {@code values} gets what is to be bound. */
  static String who(ReportQuery query, Map<String, @Nullable Object> values) {
    Map<EventColumn, @Nullable String> wanted = new EnumMap<>(EventColumn.class);
    wanted.put(EventColumn.SKILL_NAME, query.skill());
    wanted.put(EventColumn.SKILL_ID, query.id());
    wanted.put(EventColumn.AGENT_ID, query.agent());
    wanted.put(EventColumn.SESSION_ID, query.session());
    StringBuilder who = new StringBuilder("TRUE");
    wanted.forEach(
        (column, value) -> {
          if (value != null) {
            values.put(column.column(), value);
            who.append(" AND ").append(is(column, value));
          }
        });
    return who.toString();
  }

  /** The condition for the events of a query; the index of the timestamps serves its beginning. */
  static String which(ReportQuery query, Map<String, @Nullable Object> values) {
    StringBuilder which = new StringBuilder(who(query, values));
    Instant since = query.since();
    String at = " AND " + RollupSql.PARTS.get("at");
    if (since != null) {
      which.append(at).append(" >= ").append(Timestamps.micros(since));
      if (since.isAfter(Instant.EPOCH)) {
        String date = Timestamps.dateOf(Timestamps.dayOf(since) - 1);
        which.append(" AND timestamp >= '").append(date).append("'");
      }
    }
    if (query.until() != null) {
      which.append(at).append(" < ").append(Timestamps.micros(query.until()));
    }
    return which.toString();
  }

  @SqlQuery("PRAGMA page_count")
  long pages();

  @SqlQuery("PRAGMA user_version")
  int userVersion();

  /** {@return the types of the objects that have the table's name: none, or one} */
  @SqlQuery("SELECT type FROM sqlite_master WHERE name = 'skill_telemetry' COLLATE NOCASE")
  @Nullable String typeOfTable();

  @SqlQuery(HAS_ROWIDS)
  boolean hasRowids();

  /** Leaves out the shared table, which another process may make between two statements. */
  @SqlQuery(
      """
      SELECT EXISTS (SELECT 1 FROM sqlite_master
        WHERE name NOT GLOB 'autoskill_java_*' AND name NOT GLOB 'sqlite_*'
          AND tbl_name <> 'skill_telemetry' COLLATE NOCASE)
      """)
  boolean hasOtherTables();

  default boolean hasOurShape() {
    return getHandle().createQuery(HAS_OUR_SHAPE).mapTo(boolean.class).one();
  }

  /** Reads the table itself, so that damage shows before anything is written. */
  @SqlQuery("SELECT id FROM skill_telemetry NOT INDEXED LIMIT 1")
  @Nullable String anyId();

  /** {@return how many rows this connection has changed} */
  @SqlQuery("SELECT total_changes()")
  long changes();

  /** {@return a number that changes when another connection has changed the database} */
  @SqlQuery("PRAGMA data_version")
  long dataVersion();

  /** Moves the write-ahead log into the database and empties it, unless others use it. */
  @SqlQuery("PRAGMA wal_checkpoint(TRUNCATE)")
  int emptyLog();

  /**
   * Ignores events that exist already, so that a batch may be stored again. JDBI's own batches
   * would take a quarter of the time for their bookkeeping.
   *
   * @return how many were added
   */
  default int insert(List<RecordedEvent> events) throws SQLException {
    try (PreparedStatement rows = getHandle().getConnection().prepareStatement(INSERT)) {
      for (RecordedEvent each : events) {
        for (EventColumn column : EventColumn.values()) {
          Object value = column.of(each.event());
          rows.setObject(
              1 + column.ordinal(), value instanceof Instant at ? Timestamps.format(at) : value);
        }
        rows.addBatch();
      }
      return IntStream.of(rows.executeBatch()).sum();
    }
  }

  /** {@return how many of these ids exist} */
  @SqlQuery("SELECT COUNT(*) FROM skill_telemetry WHERE id IN (<ids>)")
  int count(@BindList("ids") List<String> ids);

  @SqlUpdate("DELETE FROM skill_telemetry WHERE COALESCE(skill_name, '') = :skill")
  int delete(@Bind("skill") String skill);
}
