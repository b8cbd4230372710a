package dev.autoskill.telemetry.sqlite;

import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * Makes the tables and triggers that this library keeps beside the shared table. The triggers run
 * in other programs' statements, so they are plain SQL that SQLite understands from 3.24 on.
 */
interface RollupSchemaDao {

  @SqlQuery("SELECT COUNT(*) FROM sqlite_master WHERE name = 'autoskill_java_word'")
  boolean hasWords();

  /** Whether an id is found by an index, so that a statement may replace a row by its id. */
  @SqlQuery(
      """
      SELECT COUNT(*) FROM pragma_index_list('skill_telemetry') i
      WHERE i."unique" AND NOT i.partial
        AND (SELECT group_concat(lower(name)) FROM pragma_index_info(i.name)) = 'id'
      """)
  boolean hasKey();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_state (
        one INTEGER PRIMARY KEY, version INTEGER NOT NULL, triggers INTEGER NOT NULL,
        watermark INTEGER NOT NULL, watermark_id, disorder INTEGER NOT NULL, pruning INTEGER NOT NULL)
      """)
  void createState();

  /** What only upkeep needs to know; apart from the state, which each foreign statement reads. */
  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_work (
        one INTEGER PRIMARY KEY, noted INTEGER NOT NULL, pass INTEGER NOT NULL, at_day, at_text, at_row)
      """)
  void createWork();

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

  /** An earlier version's had a key; and it is of no use, since all is counted anew. */
  @SqlUpdate("DROP TABLE IF EXISTS autoskill_java_changed")
  void dropChanged();

  /**
   * No constraint at all, though {@code row} is a key: where one in the body of a trigger might
   * fail, SQLite keeps a journal for each statement that could fire it, which makes an insert take
   * a tenth longer.
   */
  @SqlUpdate(
      """
      CREATE TABLE autoskill_java_changed (
        row, counted, skill_id, skill_name, agent_id, session_id, duration_ms, outcome, timestamp)
      """)
  void createChanged();

  @SqlUpdate("CREATE INDEX autoskill_java_changed_row ON autoskill_java_changed(row)")
  void createChangedIndex();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_skill_id (
        skill INTEGER, id TEXT, PRIMARY KEY (skill, id)) WITHOUT ROWID
      """)
  void createSkillIds();

  @SqlUpdate("CREATE TABLE IF NOT EXISTS autoskill_java_chunk (no INTEGER PRIMARY KEY, newest)")
  void createChunks();

  @SqlUpdate(
      """
      CREATE TABLE IF NOT EXISTS autoskill_java_loose (
        day INTEGER, skill INTEGER, agent INTEGER, pass INTEGER NOT NULL, first, last,
        PRIMARY KEY (day, skill, agent)) WITHOUT ROWID
      """)
  void createLoose();

  @SqlUpdate("CREATE TABLE IF NOT EXISTS autoskill_java_loose_total (skill INTEGER PRIMARY KEY)")
  void createLooseTotals();
}
