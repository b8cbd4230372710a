package dev.autoskill.telemetry.sqlite;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.BatchChunkSize;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Changes the rollups. Two of the functions in use here are {@link RollupFunctions}' own. */
@BatchChunkSize(RollupUpdateDao.ROWS_AT_ONCE)
interface RollupUpdateDao {

  /** A row that waits in a batch takes over a kilobyte, and a step may have tens of thousands. */
  int ROWS_AT_ONCE = 500;

  @SqlUpdate(
      """
      INSERT OR REPLACE INTO autoskill_java_state
      VALUES (1, :version, :triggers, :watermark, NULL, 0, 0)
      """)
  void start(
      @Bind("version") int version,
      @Bind("triggers") int triggers,
      @Bind("watermark") long watermark);

  @SqlUpdate("INSERT OR REPLACE INTO autoskill_java_work VALUES (1, 0, 0, NULL, NULL, NULL)")
  void startWork();

  /** Others' statements need not note anything about rows that are to be counted anew. */
  @SqlUpdate(
      """
      UPDATE autoskill_java_state SET triggers = -1, watermark = :lowest, watermark_id = NULL
      WHERE triggers <> -1
      """)
  void giveUp(@Bind("lowest") long lowest);

  @SqlUpdate("UPDATE autoskill_java_state SET disorder = max(disorder, :disorder)")
  void noteDisorder(@Bind("disorder") int disorder);

  @SqlUpdate(
      """
      UPDATE autoskill_java_state SET
        watermark = :watermark,
        watermark_id = (SELECT id FROM skill_telemetry WHERE rowid = :watermark),
        disorder = max(disorder, :disorder)
      """)
  void advance(@Bind("watermark") long watermark, @Bind("disorder") int disorder);

  /** The rows at the watermark may be gone, and what comes next may be given their rowids. */
  @SqlUpdate(
      """
      UPDATE autoskill_java_state SET
        watermark = COALESCE(
          (SELECT MAX(rowid) FROM skill_telemetry WHERE rowid <= watermark), :lowest),
        watermark_id = (
          SELECT id FROM skill_telemetry WHERE rowid <= watermark ORDER BY rowid DESC LIMIT 1)
      """)
  void settle(@Bind("lowest") long lowest);

  @SqlBatch("INSERT OR IGNORE INTO autoskill_java_skill_id VALUES (:skill, :id)")
  void addSkillIds(@Bind("skill") List<Long> skills, @Bind("id") List<String> ids);

  /** The newest timestamps of chunks of 4096 rowids, of rows that were just counted. */
  @SqlUpdate(
      """
      INSERT INTO autoskill_java_chunk
        SELECT rowid >> 12, MAX(timestamp) FROM skill_telemetry
        WHERE rowid > :after AND rowid <= :last GROUP BY 1
      ON CONFLICT DO UPDATE SET
        newest = COALESCE(max(newest, excluded.newest), newest, excluded.newest)
      """)
  void noteNewest(@Bind("after") long after, @Bind("last") long last);

  /** The same, where they are known. */
  @SqlBatch(
      """
      INSERT INTO autoskill_java_chunk VALUES (:no, :newest)
      ON CONFLICT DO UPDATE SET
        newest = COALESCE(max(newest, excluded.newest), newest, excluded.newest)
      """)
  void noteNewest(@Bind("no") List<Long> numbers, @Bind("newest") List<String> newest);

  /** The same, of rows that others changed; timestamps that are gone stay as bounds. */
  @SqlUpdate(
      """
      INSERT INTO autoskill_java_chunk
        SELECT rowid >> 12, MAX(timestamp) FROM skill_telemetry
        WHERE rowid IN (<rows>) GROUP BY 1
      ON CONFLICT DO UPDATE SET
        newest = COALESCE(max(newest, excluded.newest), newest, excluded.newest)
      """)
  void noteNewest(@BindList("rows") List<Long> rows);

  @SqlBatch("INSERT OR IGNORE INTO autoskill_java_word (text) VALUES (:text)")
  int[] addWords(@Bind("text") List<String> texts);

  @SqlQuery("SELECT COALESCE(MAX(no), 0) FROM autoskill_java_word")
  long lastWord();

  @SqlBatch(
      """
      INSERT INTO autoskill_java_total VALUES (:skill, :agent, :kept, :tally)
      ON CONFLICT DO UPDATE SET tally = autoskill_java_sum(tally, excluded.tally)
      """)
  void addTotals(
      @Bind("skill") List<Long> skills,
      @Bind("agent") List<Long> agents,
      @Bind("kept") boolean kept,
      @Bind("tally") List<byte[]> tallies);

  @SqlBatch(
      """
      INSERT INTO autoskill_java_day VALUES (:day, :skill, :agent, :kept, :tally)
      ON CONFLICT DO UPDATE SET tally = autoskill_java_sum(tally, excluded.tally)
      """)
  void addDays(
      @Bind("day") List<Long> days,
      @Bind("skill") List<Long> skills,
      @Bind("agent") List<Long> agents,
      @Bind("kept") boolean kept,
      @Bind("tally") List<byte[]> tallies);

  @SqlBatch(
      "UPDATE autoskill_java_total SET tally = :tally WHERE skill = :skill AND agent = :agent AND kept = 0")
  void setTotals(
      @Bind("skill") List<Long> skills,
      @Bind("agent") List<Long> agents,
      @Bind("tally") List<byte[]> tallies);

  @SqlBatch(
      """
      UPDATE autoskill_java_day SET tally = :tally
      WHERE day = :day AND skill = :skill AND agent = :agent AND kept = 0
      """)
  void setDays(
      @Bind("day") List<Long> days,
      @Bind("skill") List<Long> skills,
      @Bind("agent") List<Long> agents,
      @Bind("tally") List<byte[]> tallies);

  @SqlBatch(
      """
      INSERT INTO autoskill_java_session VALUES (:part, :skill, :kept, :uses)
      ON CONFLICT DO UPDATE SET uses = autoskill_java_sum_sessions(uses, excluded.uses)
      """)
  void addSessions(
      @Bind("part") List<Long> parts,
      @Bind("skill") List<Long> skills,
      @Bind("kept") boolean kept,
      @Bind("uses") List<byte[]> uses);

  @SqlBatch(
      """
      INSERT INTO autoskill_java_session_day VALUES (:day, :skill, :part, :kept, :uses)
      ON CONFLICT DO UPDATE SET uses = autoskill_java_sum_sessions(uses, excluded.uses)
      """)
  void addSessionDays(
      @Bind("day") List<Long> days,
      @Bind("skill") List<Long> skills,
      @Bind("part") List<Long> parts,
      @Bind("kept") boolean kept,
      @Bind("uses") List<byte[]> uses);

  @SqlBatch(
      """
      INSERT INTO autoskill_java_session_count VALUES (:skill, :agent, :sessions)
      ON CONFLICT DO UPDATE SET sessions = sessions + excluded.sessions
      """)
  void addSessionCounts(
      @Bind("skill") List<Long> skills,
      @Bind("agent") List<Long> agents,
      @Bind("sessions") List<Long> sessions);

  @SqlUpdate(
      """
      INSERT INTO autoskill_java_session_count VALUES (:skill, :agent, :sessions)
      ON CONFLICT DO UPDATE SET sessions = sessions + excluded.sessions
      """)
  void addSessionCount(
      @Bind("skill") long skill, @Bind("agent") long agent, @Bind("sessions") long sessions);

  @SqlUpdate("DELETE FROM autoskill_java_total WHERE tally = x''")
  void deleteEmptyTotals();

  @SqlBatch("DELETE FROM autoskill_java_day WHERE day = :day AND tally = x''")
  void deleteEmptyDays(@Bind("day") List<Long> days);

  @SqlBatch("DELETE FROM autoskill_java_session_day WHERE day = :day AND uses = x''")
  void deleteEmptySessionDays(@Bind("day") List<Long> days);

  @SqlBatch("DELETE FROM autoskill_java_session WHERE part = :part AND uses = x''")
  void deleteEmptySessions(@Bind("part") List<Long> parts);

  @SqlQuery(
      "SELECT row, skill_id, skill_name, agent_id, session_id, duration_ms, outcome, timestamp"
          + " FROM autoskill_java_changed WHERE counted ORDER BY row LIMIT :limit")
  @RegisterRowMapper(RawEventMapper.class)
  List<RawEvent> changed(@Bind("limit") int limit);

  @SqlQuery("SELECT row FROM autoskill_java_changed WHERE NOT counted LIMIT :limit")
  List<Long> movedTo(@Bind("limit") int limit);

  /** Whether something changed where an event may have come unnoticed. */
  @SqlQuery(
      "SELECT EXISTS (SELECT 1 FROM autoskill_java_changed WHERE row IN "
          + RollupTriggerDao.UNNOTICED
          + ")")
  boolean hasUnnoticedChange();

  /** What now stands where a change was noted. */
  @SqlQuery("SELECT" + RollupDao.COLUMNS + "FROM skill_telemetry WHERE rowid IN (<rows>)")
  @RegisterRowMapper(RawEventMapper.class)
  List<RawEvent> eventsAt(@BindList("rows") List<Long> rows);

  @SqlBatch("DELETE FROM autoskill_java_changed WHERE row = :row")
  void forgetChanges(@Bind("row") List<Long> rows);

  @SqlUpdate("UPDATE autoskill_java_work SET noted = max(0, noted - :rows)")
  void forgetNoted(@Bind("rows") int rows);
}
