package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.sqlobject.config.RegisterArgumentFactory;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Every statement on the table that is shared with auto-skill's own tools. Queries bear with nulls,
 * since a table that others made may allow them.
 */
interface TelemetryDao {

  @SqlQuery("PRAGMA user_version")
  int userVersion();

  /** What goes by the table's name; null: nothing does. */
  @SqlQuery("SELECT type FROM sqlite_master WHERE name = 'skill_telemetry' COLLATE NOCASE")
  @Nullable String typeOfTable();

  @SqlQuery(
      """
      SELECT name, "notnull" AS required, dflt_value AS fallback
      FROM pragma_table_info('skill_telemetry')
      """)
  @RegisterConstructorMapper(Column.class)
  List<Column> columns();

  /** Looks at the table itself, so that damage shows before anything is written. */
  @SqlQuery("SELECT id FROM skill_telemetry NOT INDEXED LIMIT 1")
  @Nullable String anyId();

  /**
   * Moves what is in the write-ahead log into the database and empties the log, unless others read
   * or write.
   */
  @SqlQuery("PRAGMA wal_checkpoint(TRUNCATE)")
  int emptyLog();

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

  /**
   * Leaves out events that are there already, so that a batch may be stored again. {@link
   * BindEvent} binds the parameters by their order.
   *
   * @return for each event 1 if it was added, else 0
   */
  @SqlBatch(
      """
      INSERT OR IGNORE INTO skill_telemetry
        (id, skill_id, skill_name, session_id, agent_id, duration_ms, outcome, timestamp)
      VALUES
        (:event, @skillId, @skillName, @sessionId, @agentId, @durationMs, @outcome, @timestamp)
      """)
  @RegisterArgumentFactory(BindEvent.Preparing.class)
  int[] insert(@BindEvent List<TelemetryEvent> events);

  @SqlUpdate("DELETE FROM skill_telemetry WHERE skill_name = :skillName")
  void forget(@Bind("skillName") String skillName);

  /** How many of these ids there are. */
  @SqlQuery("SELECT COUNT(*) FROM skill_telemetry WHERE id IN (<ids>)")
  int count(@BindList("ids") List<String> ids);

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

  /** To be closed. Events of one timestamp come in the order of their storage. */
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
      ORDER BY skill_telemetry.timestamp, rowid
      """)
  @RegisterRowMapper(TelemetryEventMapper.class)
  Stream<TelemetryEvent> oldestEvents(@Bind("skillName") @Nullable String skillName);
}
