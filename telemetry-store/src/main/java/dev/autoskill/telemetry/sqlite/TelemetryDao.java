package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Every statement on the table that is shared with auto-skill's own tools. Queries bear with nulls,
 * since a table that others made may allow them.
 */
interface TelemetryDao {

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS skill_telemetry (
        id TEXT PRIMARY KEY, skill_id TEXT NOT NULL, skill_name TEXT NOT NULL, session_id TEXT NOT NULL,
        agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER, outcome TEXT NOT NULL, timestamp TEXT NOT NULL)
      """)
  void createTable();

  @SqlUpdate("CREATE INDEX IF NOT EXISTS idx_telemetry_skill ON skill_telemetry(skill_id)")
  void createSkillIndex();

  @SqlUpdate("CREATE INDEX IF NOT EXISTS idx_telemetry_timestamp ON skill_telemetry(timestamp)")
  void createTimestampIndex();

  /** Leaves out events that are there already, so that a batch may be stored again. */
  @SqlBatch(
      """
      INSERT OR IGNORE INTO skill_telemetry
        (id, skill_id, skill_name, session_id, agent_id, duration_ms, outcome, timestamp)
      VALUES
        (:id, :skillId, :skillName, :sessionId, :agentId, :durationMs, :outcome, :timestamp)
      """)
  void insert(@BindEvent List<TelemetryEvent> events);

  @SqlQuery(
      """
      SELECT
        COALESCE(id, '') AS id,
        COALESCE(skill_id, '') AS skill_id,
        COALESCE(skill_name, '') AS skill_name,
        COALESCE(session_id, '') AS session_id,
        COALESCE(agent_id, 'unknown') AS agent_id,
        duration_ms,
        COALESCE(outcome, '') AS outcome,
        COALESCE(timestamp, '') AS timestamp
      FROM skill_telemetry
      WHERE :skillName IS NULL OR skill_name = :skillName
      ORDER BY skill_telemetry.timestamp DESC, rowid DESC
      LIMIT :limit
      """)
  @RegisterRowMapper(TelemetryEventMapper.class)
  List<TelemetryEvent> newestEvents(
      @Bind("skillName") @Nullable String skillName, @Bind("limit") int limit);

  @SqlQuery(
      """
      SELECT
        COALESCE(skill_name, '') AS skill_name,
        COALESCE(agent_id, 'unknown') AS agent_id,
        COUNT(*) AS uses,
        COUNT(CASE WHEN outcome = 'success' THEN 1 END) AS successes,
        COUNT(CASE WHEN outcome = 'failure' THEN 1 END) AS failures,
        COUNT(duration_ms) AS durations,
        TOTAL(duration_ms) AS total_duration_ms,
        COALESCE(MAX(timestamp), '') AS last_used
      FROM skill_telemetry
      WHERE :skillName IS NULL OR skill_name = :skillName
      GROUP BY 1, 2
      """)
  @RegisterConstructorMapper(SkillTotals.class)
  List<SkillTotals> totals(@Bind("skillName") @Nullable String skillName);
}
