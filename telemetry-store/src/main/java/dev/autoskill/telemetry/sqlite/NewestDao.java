package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Finds the newest events of one skill by its ids, of which there is an index. */
interface NewestDao {

  String COLUMNS =
      """
        COALESCE(id, '') AS id,
        COALESCE(skill_id, '') AS skill_id,
        COALESCE(skill_name, '') AS skill_name,
        COALESCE(session_id, '') AS session_id,
        COALESCE(agent_id, 'unknown') AS agent_id,
        duration_ms,
        COALESCE(outcome, '') AS outcome,
        COALESCE(timestamp, '') AS timestamp
      """;

  String TAIL =
      """
        SELECT rowid AS no, * FROM skill_telemetry WHERE rowid > :watermark AND skill_name = :name
      ) newest
      ORDER BY newest.timestamp DESC, no DESC
      LIMIT :limit
      """;

  @SqlQuery(
      """
      SELECT id FROM autoskill_java_skill_id
      WHERE skill = (SELECT no FROM autoskill_java_word WHERE text = :name)
      """)
  List<String> skillIds(@Bind("name") String name);

  /**
   * A timestamp that at least so many events reach, those that were stored last.
   *
   * @return null if there are not so many, or if not all of theirs are texts: what comes back is
   *     one, and SQLite compares no number with that
   */
  @SqlQuery(
      """
      SELECT CASE WHEN TOTAL(typeof(timestamp) = 'text') >= :limit THEN MIN(timestamp) END FROM (
        SELECT timestamp FROM skill_telemetry
        WHERE skill_id = :id AND skill_name = :name ORDER BY rowid DESC LIMIT :limit)
      """)
  @Nullable String reachedBy(
      @Bind("limit") int limit, @Bind("id") String id, @Bind("name") String name);

  /** Of the chunks alone that have anything as new as that. */
  @SqlQuery(
      "SELECT "
          + COLUMNS
          + """
      FROM (
        SELECT t.rowid AS no, t.*
        FROM autoskill_java_skill_id s
          CROSS JOIN autoskill_java_chunk c ON c.newest >= :bound
          CROSS JOIN skill_telemetry t
            ON t.skill_id = s.id AND t.rowid BETWEEN c.no << 12 AND (c.no << 12) + 4095
        WHERE s.skill = (SELECT no FROM autoskill_java_word WHERE text = :name)
          AND t.rowid <= :watermark AND t.skill_name = :name
        UNION ALL
      """
          + TAIL)
  @RegisterRowMapper(TelemetryEventMapper.class)
  List<TelemetryEvent> newest(
      @Bind("name") String name,
      @Bind("bound") String bound,
      @Bind("watermark") long watermark,
      @Bind("limit") int limit);

  /** Of all, where none of the skill's ids has many. */
  @SqlQuery(
      "SELECT "
          + COLUMNS
          + """
      FROM (
        SELECT t.rowid AS no, t.*
        FROM autoskill_java_skill_id s CROSS JOIN skill_telemetry t ON t.skill_id = s.id
        WHERE s.skill = (SELECT no FROM autoskill_java_word WHERE text = :name)
          AND t.rowid <= :watermark AND t.skill_name = :name
        UNION ALL
      """
          + TAIL)
  @RegisterRowMapper(TelemetryEventMapper.class)
  List<TelemetryEvent> newestOfFew(
      @Bind("name") String name, @Bind("watermark") long watermark, @Bind("limit") int limit);
}
