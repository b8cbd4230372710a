package dev.autoskill.telemetry.sqlite.error;

import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.report.ReportQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The table of errors, beside the one of events. It is made for the first error. A trigger deletes
 * an error with its event, whoever deletes that. Something else with one of these names belongs to
 * others, and is left alone.
 */
public final class ErrorTable {

  private static final String TABLE =
      "CREATE TABLE autoskill_java_errors (id TEXT PRIMARY KEY, error TEXT NOT NULL) WITHOUT ROWID";

  private static final String TRIGGER =
      """
      CREATE TRIGGER autoskill_java_errors_deleted AFTER DELETE ON skill_telemetry
      BEGIN
        DELETE FROM autoskill_java_errors WHERE id = OLD.id;
      END""";

  private static final List<String> SCHEMA = List.of(TABLE, TRIGGER);

  private static final String FOUND =
      """
      SELECT sql FROM sqlite_master
      WHERE lower(name) IN ('autoskill_java_errors', 'autoskill_java_errors_deleted')
      """;

  /** Nothing for an event that is not there, since others refuse it. */
  private static final String INSERT =
      """
      INSERT OR IGNORE INTO autoskill_java_errors
      SELECT id, :error FROM skill_telemetry WHERE id = :id
      """;

  private static final String DELETE_ORPHANS =
      """
      DELETE FROM autoskill_java_errors WHERE NOT EXISTS
        (SELECT 1 FROM skill_telemetry WHERE skill_telemetry.id = autoskill_java_errors.id)
      """;

  /** There are fewer errors than events, so they come first. */
  private static final String COUNTS =
      """
      SELECT skill, error, uses FROM (
        SELECT *, ROW_NUMBER() OVER (PARTITION BY skill ORDER BY uses DESC, error) AS place FROM (
          SELECT COALESCE(skill_name, '') AS skill, error, COUNT(*) AS uses
          FROM autoskill_java_errors CROSS JOIN skill_telemetry USING (id)
          WHERE autoskill_java_errors.id >= :firstId AND outcome = 'failure' AND <which>
          GROUP BY 1, 2))
      WHERE place <= :most ORDER BY skill, place
      """;

  /** Failures of a statement; others are those of the whole file: sqlite.org/rescode.html */
  private static final Set<Integer> OF_THE_TABLE =
      Set.of(
          SQLiteErrorCode.SQLITE_ERROR.code,
          SQLiteErrorCode.SQLITE_CORRUPT.code,
          SQLiteErrorCode.SQLITE_CONSTRAINT.code);

  /** The greatest moment that a ULID can hold, in seconds since 1970. */
  private static final long GREATEST_SECOND = (1L << 48) / 1000;

  private ErrorTable() {}

  /**
   * Stores the errors of events that are stored already. Storing them again changes nothing. They
   * have a transaction of their own: SQLite does not commit one that has met damage. So a damaged
   * table, or one that others guard, costs no event.
   *
   * @param handle a connection that writes, outside of a transaction
   * @param events the events, most of which have no error
   * @param faults gets a failure that costs errors; one that says nothing of the table is thrown
   */
  public static void insert(Handle handle, List<RecordedEvent> events, Consumer<Throwable> faults) {
    List<RecordedEvent> failed = events.stream().filter(RecordedEvent::hasError).toList();
    if (failed.isEmpty()) {
      return;
    }
    try {
      handle.execute("BEGIN IMMEDIATE");
      if (isMade(handle)) {
        insert(handle, failed);
      }
      handle.execute("COMMIT");
    } catch (JdbiException e) {
      rollBack(handle, e);
      if (!OF_THE_TABLE.contains(codeOf(e))) {
        throw e;
      }
      faults.accept(e);
    }
  }

  /** SQLite may have rolled back, or never begun. */
  private static void rollBack(Handle handle, JdbiException failure) {
    try {
      handle.execute("ROLLBACK");
    } catch (JdbiException e) {
      failure.addSuppressed(e);
    }
  }

  /** The kind of SQLite's error, of which the driver hides that of a batch; 0: it is none. */
  private static int codeOf(Throwable thrown) {
    int code = 0;
    for (Throwable cause = thrown; code == 0 && cause != null; cause = cause.getCause()) {
      code = cause instanceof SQLException failed ? failed.getErrorCode() & 0xFF : 0;
    }
    return code;
  }

  private static void insert(Handle handle, List<RecordedEvent> failed) {
    PreparedBatch batch = handle.prepareBatch(INSERT);
    failed.forEach(each -> batch.bind("error", each.error()).bind("id", each.event().id()).add());
    batch.execute();
  }

  /** Makes what is missing, unless others have something of that name. */
  private static boolean isMade(Handle handle) {
    Set<String> found = found(handle);
    if (!SCHEMA.containsAll(found)) {
      return false;
    }
    if (found.size() < SCHEMA.size()) {
      SCHEMA.stream().filter(sql -> !found.contains(sql)).forEach(handle::execute);
      // Events may have been deleted while there was no trigger.
      handle.execute(DELETE_ORPHANS);
    }
    return true;
  }

  private static Set<String> found(Handle handle) {
    return handle
        .createQuery(FOUND)
        .map((row, context) -> row.getString(1))
        .collect(Collectors.toSet());
  }

  /**
   * Deletes the errors whose events are gone, which the trigger has done unless somebody dropped
   * it.
   *
   * @param handle a connection that writes
   */
  public static void deleteOrphans(Handle handle) {
    if (found(handle).contains(TABLE)) {
      handle.execute(DELETE_ORPHANS);
    }
  }

  /**
   * {@return by skill, its most frequent errors, the most frequent first}
   *
   * @param handle a connection that reads
   * @param query which uses
   * @param condition says the same in SQL on the columns of the events, and puts the values of its
   *     parameters into the map
   * @param most how many errors of each skill at most
   */
  public static Map<String, List<ErrorCount>> counts(
      Handle handle,
      ReportQuery query,
      BiFunction<ReportQuery, Map<String, @Nullable Object>, String> condition,
      int most) {
    if (!found(handle).contains(TABLE)) {
      return Map.of();
    }
    Map<String, @Nullable Object> values = new HashMap<>();
    String which = condition.apply(query, values);
    Map<String, List<ErrorCount>> counts = new TreeMap<>();
    handle
        .createQuery(COUNTS.replace("<which>", which))
        .bindMap(values)
        .bind("firstId", firstId(query.since()))
        .bind("most", most)
        .map((row, context) -> Map.entry(row.getString(1), count(row)))
        .forEach(
            each ->
                counts
                    .computeIfAbsent(each.getKey(), skill -> new ArrayList<>())
                    .add(each.getValue()));
    return counts;
  }

  private static ErrorCount count(ResultSet row) throws SQLException {
    return new ErrorCount(row.getString(2), row.getLong(3));
  }

  /**
   * The least id that an event can have; its ULID never says an earlier time than its timestamp.
   */
  private static String firstId(@Nullable Instant since) {
    long second = since == null ? 0 : since.getEpochSecond();
    long inRange = Math.max(0, Math.min(second, GREATEST_SECOND));
    return new Ulid(inRange * 1000 << 16, 0).toString();
  }
}
