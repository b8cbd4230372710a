package dev.autoskill.telemetry.sqlite;

import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Makes the tables and triggers that this library keeps beside the shared table. The triggers run
 * in other programs' statements, so they are plain SQL that SQLite understands from 3.24 on.
 */
interface RollupSchemaDao {

  @SqlQuery("SELECT COUNT(*) FROM sqlite_master WHERE name = 'autoskill_java_state'")
  boolean hasState();

  /** Whether rows of the shared table can be told apart by their rowid. */
  @SqlQuery(
      """
      SELECT COUNT(*) FROM pragma_table_list('skill_telemetry')
      WHERE schema = 'main' AND type = 'table' AND wr = 0
      """)
  boolean hasRowids();

  /** Whether ids are found by an index; without one, no statement replaces a row by its id. */
  @SqlQuery(
      "SELECT COUNT(*) FROM pragma_table_info('skill_telemetry') WHERE name = 'id' AND pk = 1")
  boolean hasKey();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_state (
        one INTEGER PRIMARY KEY, version INTEGER NOT NULL, triggers INTEGER NOT NULL,
        watermark INTEGER NOT NULL, watermark_id, disorder INTEGER NOT NULL, pruning INTEGER NOT NULL)
      """)
  void createState();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_word (no INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)
      """)
  void createWords();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_total (
        skill INTEGER, agent INTEGER, kept INTEGER, tally BLOB NOT NULL,
        PRIMARY KEY (agent, skill, kept)) WITHOUT ROWID
      """)
  void createTotals();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_day (
        day INTEGER, skill INTEGER, agent INTEGER, kept INTEGER, tally BLOB NOT NULL,
        PRIMARY KEY (day, skill, agent, kept)) WITHOUT ROWID
      """)
  void createDays();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_session (
        part INTEGER, skill INTEGER, kept INTEGER, uses BLOB NOT NULL,
        PRIMARY KEY (part, skill, kept)) WITHOUT ROWID
      """)
  void createSessions();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_session_day (
        day INTEGER, skill INTEGER, part INTEGER, kept INTEGER, uses BLOB NOT NULL,
        PRIMARY KEY (day, skill, part, kept)) WITHOUT ROWID
      """)
  void createSessionDays();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_session_count (
        skill INTEGER, agent INTEGER, sessions INTEGER NOT NULL,
        PRIMARY KEY (skill, agent)) WITHOUT ROWID
      """)
  void createSessionCounts();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_changed (
        row INTEGER PRIMARY KEY, counted INTEGER NOT NULL, skill_id, skill_name, agent_id, session_id,
        duration_ms, outcome, timestamp)
      """)
  void createChanged();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_skill_id (
        skill INTEGER, id TEXT, PRIMARY KEY (skill, id)) WITHOUT ROWID
      """)
  void createSkillIds();

  @SqlUpdate("CREATE TABLE IF NOT EXISTS autoskill_java_chunk (no INTEGER PRIMARY KEY, newest)")
  void createChunks();

  /** The greatest rowids are given again once they are free, so the watermark stays below them. */
  @SqlUpdate(
      """
      CREATE TRIGGER IF NOT EXISTS autoskill_java_deleted AFTER DELETE ON skill_telemetry
      WHEN OLD.rowid <= (SELECT watermark FROM autoskill_java_state WHERE pruning = 0)
      BEGIN
        INSERT INTO autoskill_java_changed
          SELECT OLD.rowid, 1, OLD.skill_id, OLD.skill_name, OLD.agent_id, OLD.session_id,
            OLD.duration_ms, OLD.outcome, OLD.timestamp
          WHERE NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = OLD.rowid);
        UPDATE autoskill_java_state SET
          watermark = COALESCE((SELECT MAX(rowid) FROM skill_telemetry), -9223372036854775808),
          watermark_id = (SELECT id FROM skill_telemetry ORDER BY rowid DESC LIMIT 1)
        WHERE NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid >= OLD.rowid);
      END
      """)
  void createDeletedTrigger();

  /** As a delete does, a row that moves away may leave rowids to be given again. */
  @SqlUpdate(
      """
      CREATE TRIGGER IF NOT EXISTS autoskill_java_moved AFTER UPDATE ON skill_telemetry
      WHEN NEW.rowid < OLD.rowid
        AND OLD.rowid <= (SELECT watermark FROM autoskill_java_state)
        AND NOT EXISTS (SELECT 1 FROM skill_telemetry WHERE rowid >= OLD.rowid)
      BEGIN
        UPDATE autoskill_java_state SET
          watermark = COALESCE((SELECT MAX(rowid) FROM skill_telemetry), -9223372036854775808),
          watermark_id = (SELECT id FROM skill_telemetry ORDER BY rowid DESC LIMIT 1);
      END
      """)
  void createMovedTrigger();

  /**
   * Besides the row itself, notes the place it moves to if its rowid changes, and the row that it
   * replaces if its id does.
   */
  @SqlUpdate(
      """
      CREATE TRIGGER IF NOT EXISTS autoskill_java_updated BEFORE UPDATE ON skill_telemetry
      BEGIN
        INSERT INTO autoskill_java_changed
          SELECT OLD.rowid, 1, OLD.skill_id, OLD.skill_name, OLD.agent_id, OLD.session_id,
            OLD.duration_ms, OLD.outcome, OLD.timestamp
          WHERE OLD.rowid <= (SELECT watermark FROM autoskill_java_state)
            AND NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = OLD.rowid);
        INSERT INTO autoskill_java_changed
          SELECT rowid, 1, skill_id, skill_name, agent_id, session_id, duration_ms, outcome, timestamp
          FROM skill_telemetry
          WHERE NEW.id IS NOT OLD.id AND id = NEW.id
            AND rowid <= (SELECT watermark FROM autoskill_java_state)
            AND NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = skill_telemetry.rowid);
        INSERT INTO autoskill_java_changed
          SELECT rowid, 1, skill_id, skill_name, agent_id, session_id, duration_ms, outcome, timestamp
          FROM skill_telemetry
          WHERE NEW.rowid <> OLD.rowid AND rowid = NEW.rowid
            AND rowid <= (SELECT watermark FROM autoskill_java_state)
            AND NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = skill_telemetry.rowid);
        INSERT INTO autoskill_java_changed
          SELECT NEW.rowid, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL
          WHERE NEW.rowid <> OLD.rowid
            AND NEW.rowid <= (SELECT watermark FROM autoskill_java_state)
            AND NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = NEW.rowid);
      END
      """)
  void createUpdatedTrigger();

  /** INSERT OR REPLACE deletes a row without telling the trigger for deletes. */
  @SqlUpdate(
      """
      CREATE TRIGGER IF NOT EXISTS autoskill_java_replaced BEFORE INSERT ON skill_telemetry
      WHEN EXISTS (SELECT 1 FROM skill_telemetry WHERE id = NEW.id)
      BEGIN
        INSERT INTO autoskill_java_changed
          SELECT rowid, 1, skill_id, skill_name, agent_id, session_id, duration_ms, outcome, timestamp
          FROM skill_telemetry
          WHERE id = NEW.id
            AND rowid <= (SELECT watermark FROM autoskill_java_state)
            AND NOT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row = skill_telemetry.rowid);
      END
      """)
  void createReplacedTrigger();

  /** How many of the triggers above there are. */
  @SqlQuery(
      """
      SELECT COUNT(*) FROM sqlite_master
      WHERE type = 'trigger' AND tbl_name = 'skill_telemetry' AND name LIKE 'autoskill\\_java\\_%' ESCAPE '\\'
      """)
  int triggers();
}
