package dev.autoskill.telemetry.sqlite;

import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.BatchChunkSize;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** What {@link LooseEnds} knows and asks. */
@BatchChunkSize(RollupUpdateDao.ROWS_AT_ONCE)
interface LooseDao {

  /**
   * How far the events have been looked at.
   *
   * @param no which pass this is, or the next one
   * @param row the rowid of the last event that was looked at; null: the pass has not begun
   * @param day in the order of the timestamps: whose events are being looked at; else null
   * @param text the timestamp of the last one; else null
   */
  record Pass(long no, @Nullable Long day, @Nullable String text, @Nullable Long row) {}

  /** A group whose timestamps were found, and its tally as it is; null if it has no event left. */
  record Found(
      long day,
      long skill,
      long agent,
      @Nullable String first,
      @Nullable String last,
      byte @Nullable [] tally) {}

  @SqlQuery(
      "SELECT pass AS no, at_day AS day, at_text AS text, at_row AS row FROM autoskill_java_work")
  @RegisterConstructorMapper(Pass.class)
  Pass pass();

  @SqlUpdate("UPDATE autoskill_java_work SET at_day = :day, at_text = :text, at_row = :row")
  void rest(
      @Bind("day") @Nullable Long day,
      @Bind("text") @Nullable String text,
      @Bind("row") @Nullable Long row);

  @SqlUpdate(
      """
      UPDATE autoskill_java_work
      SET pass = pass + 1, at_day = NULL, at_text = NULL, at_row = NULL
      """)
  void endPass();

  /** For the next pass that begins: the one under way may have passed the group's events. */
  @SqlBatch(
      """
      INSERT OR REPLACE INTO autoskill_java_loose
        SELECT :day, :skill, :agent, pass + (at_row IS NOT NULL), NULL, NULL FROM autoskill_java_work
      """)
  void add(
      @Bind("day") List<Long> days,
      @Bind("skill") List<Long> skills,
      @Bind("agent") List<Long> agents);

  @SqlBatch("INSERT OR IGNORE INTO autoskill_java_loose_total VALUES (:skill)")
  void addTotals(@Bind("skill") Iterable<Long> skills);

  /** The same as {@link #add} for those of the groups that are there. */
  @SqlBatch(
      """
      UPDATE autoskill_java_loose SET
        pass = (SELECT pass + (at_row IS NOT NULL) FROM autoskill_java_work),
        first = NULL, last = NULL
      WHERE day = :day AND skill = :skill AND agent = :agent
      """)
  void again(
      @Bind("day") List<Long> days,
      @Bind("skill") List<Long> skills,
      @Bind("agent") List<Long> agents);

  @SqlQuery("SELECT EXISTS (SELECT 1 FROM autoskill_java_loose)")
  boolean isAny();

  @SqlQuery("SELECT MIN(day) FROM autoskill_java_loose WHERE pass = :pass AND day >= :from")
  @Nullable Long nextDay(@Bind("pass") long pass, @Bind("from") long from);

  @SqlBatch(
      """
      UPDATE autoskill_java_loose SET
        first = min(COALESCE(first, :first), :first), last = max(COALESCE(last, :last), :last)
      WHERE day = :day AND skill = :skill AND agent = :agent AND pass = :pass
      """)
  void widen(
      @Bind("pass") long pass,
      @Bind("day") List<Long> days,
      @Bind("skill") List<Long> skills,
      @Bind("agent") List<Long> agents,
      @Bind("first") List<String> firsts,
      @Bind("last") List<String> lasts);

  @SqlQuery(
      """
      SELECT l.day, l.skill, l.agent, l.first, l.last, d.tally
      FROM autoskill_java_loose l LEFT JOIN autoskill_java_day d
        ON d.day = l.day AND d.skill = l.skill AND d.agent = l.agent AND d.kept = 0
      WHERE l.pass < :pass LIMIT :limit
      """)
  @RegisterConstructorMapper(Found.class)
  List<Found> foundBefore(@Bind("pass") long pass, @Bind("limit") int limit);

  @SqlBatch(
      "DELETE FROM autoskill_java_loose WHERE day = :day AND skill = :skill AND agent = :agent")
  void remove(
      @Bind("day") List<Long> days,
      @Bind("skill") List<Long> skills,
      @Bind("agent") List<Long> agents);

  @SqlQuery("SELECT MIN(skill) FROM autoskill_java_loose_total")
  @Nullable Long nextTotal();

  @SqlUpdate("DELETE FROM autoskill_java_loose_total WHERE skill = :skill")
  void removeTotal(@Bind("skill") long skill);

  /** Whether the order of the timestamps is at hand, so that a day need not be looked for. */
  @SqlQuery(
      """
      SELECT COUNT(*) FROM pragma_index_list('skill_telemetry') i
      WHERE NOT i.partial AND EXISTS (
        SELECT 1 FROM pragma_index_xinfo(i.name)
        WHERE seqno = 0 AND lower(name) = 'timestamp' AND coll = 'BINARY' AND NOT "desc")
        AND (SELECT COUNT(*) FROM pragma_index_info(i.name)) = 1
      """)
  boolean hasOrder();

  /** Counted events in the order of their timestamps, from after one of them. */
  @SqlQuery(
      "SELECT"
          + RollupDao.COLUMNS
          + """
      FROM skill_telemetry
      WHERE (timestamp, rowid) > (:text, :row) AND timestamp < :to AND +rowid <= :watermark
      ORDER BY timestamp, rowid LIMIT :limit
      """)
  @RegisterRowMapper(RawEventMapper.class)
  List<RawEvent> eventsAfter(
      @Bind("text") String text,
      @Bind("row") long row,
      @Bind("to") String to,
      @Bind("watermark") long watermark,
      @Bind("limit") int limit);
}
