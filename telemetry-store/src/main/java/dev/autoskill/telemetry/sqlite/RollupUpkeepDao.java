package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TextResource;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import dev.autoskill.telemetry.sqlite.RollupSql.State;
import java.util.List;
import org.jdbi.v3.core.statement.DefinedAttributeTemplateEngine;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.UseTemplateEngine;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rollups up with the events. Each change goes through the temporary table {@code
 * autoskill_delta}: some events are counted into it, and it is added to the other tables.
 */
@UseTemplateEngine(DefinedAttributeTemplateEngine.class)
interface RollupUpkeepDao {

  /** An object of ours in the schema. */
  record Made(String type, String name, @Nullable String sql) {}

  @SqlUpdate(
      "CREATE TEMP TABLE IF NOT EXISTS autoskill_delta (skill TEXT, agent TEXT, day INTEGER, "
          + RollupSql.COUNTS
          + ", buckets TEXT)")
  void createDelta();

  @SqlQuery("SELECT type, name, sql" + RollupSql.OF_ROLLUPS + " ORDER BY type DESC")
  @RegisterConstructorMapper(Made.class)
  List<Made> made();

  @SqlQuery("SELECT <countable>")
  boolean isCountable();

  @SqlUpdate("INSERT INTO autoskill_java_state VALUES (1, <version>, NULL, NULL, 0)")
  void start();

  /** Sets the watermark: the last event that is counted, none if {@code to} is null. */
  @SqlUpdate(
      """
      UPDATE autoskill_java_state SET (watermark, watermark_id) =
        (SELECT rowid, id FROM skill_telemetry WHERE rowid <= :to ORDER BY rowid DESC LIMIT 1),
        checksum = <checksum>
      """)
  void advance(@Bind("to") @Nullable Long to);

  @SqlQuery(
      """
      SELECT MAX(rowid) FROM (
        SELECT rowid FROM skill_telemetry WHERE rowid > :after ORDER BY rowid LIMIT :limit)
      """)
  long lastOf(@Bind("after") long after, @Bind("limit") int limit);

  @SqlUpdate("DELETE FROM temp.autoskill_delta")
  void clearDelta();

  /** Counts events by day; {@code range} and {@code window} say which. */
  @SqlUpdate("INSERT INTO temp.autoskill_delta <counted>")
  void count(
      @Define("counted") String counted,
      @Bind("from") @Nullable Object from,
      @Bind("to") @Nullable Object to,
      @Bind("watermark") @Nullable Long watermark);

  static String counted(String range, String window) {
    return RollupSql.PARTS
        .get("counted")
        .replace("<pairs>", "group_concat('\"' || bucket || '\":1')")
        .replace("<period>", RollupSql.PARTS.get("day"))
        .replace("<range>", range)
        .replace("<window>", window);
  }

  @SqlQuery("SELECT COALESCE(SUM(uses), 0) FROM temp.autoskill_delta")
  long counted();

  /** Nothing can count a damaged histogram anew, so the other counts stay without it. */
  @SqlUpdate(
      """
      UPDATE autoskill_java_retained SET timed = 0, ms = 0, buckets = NULL
      WHERE CASE WHEN json_valid('{' || buckets || '}') THEN
        (SELECT SUM(value) FROM json_each('{' || buckets || '}')) END IS NOT timed
      """)
  void mendRetained();

  @SqlUpdate("INSERT INTO temp.autoskill_delta SELECT * FROM autoskill_java_retained")
  void takeRetained();

  /** Takes the rows of a day, so that adding them takes them away from all days together. */
  @SqlUpdate(
      """
      INSERT INTO temp.autoskill_delta SELECT <negated>
      FROM (SELECT skill, agent FROM autoskill_java_total)
        CROSS JOIN autoskill_java_day USING (skill, agent) WHERE day = :day
      """)
  void takeDay(@Bind("day") long day);

  @SqlUpdate(
      """
      DELETE FROM autoskill_java_day WHERE (skill, agent, day) IN
        (SELECT skill, agent, day FROM temp.autoskill_delta)
      """)
  void deleteTaken();

  /** Adds what was counted to days. */
  @SqlUpdate(
      """
      INSERT INTO autoskill_java_<table> SELECT <values> FROM temp.autoskill_delta WHERE uses > 0
      ON CONFLICT DO UPDATE SET <add>
      """)
  void addToDays(@Define("table") String table, @Define("values") String values);

  @SqlUpdate(
      """
      INSERT INTO autoskill_java_total SELECT skill, agent, <sums> FROM temp.autoskill_delta
      GROUP BY skill, agent ON CONFLICT DO UPDATE SET <add>
      """)
  void addToTotals();

  /** Adds up long histograms, to which each use adds a member. */
  @SqlUpdate(
      """
      UPDATE autoskill_java_<table> SET buckets = (
        SELECT group_concat('"' || key || '":' || uses) FROM (
          SELECT key, SUM(value) AS uses FROM json_each('{' || buckets || '}')
          GROUP BY key HAVING SUM(value) <> 0))
      WHERE length(buckets) > :longest AND (skill, agent) IN
        (SELECT skill, agent FROM temp.autoskill_delta) AND <when>
      """)
  void shorten(
      @Define("table") String table, @Define("when") String when, @Bind("longest") int longest);

  /** Finds the first and the last use anew where rows were taken away. */
  @SqlUpdate(
      """
      UPDATE autoskill_java_total AS t SET (first, last) = (
        SELECT MIN(first), MAX(last) FROM (
          SELECT first, last FROM autoskill_java_day d WHERE d.skill = t.skill AND d.agent = t.agent
          UNION ALL SELECT first, last FROM autoskill_java_retained r
          WHERE r.skill = t.skill AND r.agent = t.agent))
      WHERE uses > 0 AND (skill, agent) IN (SELECT skill, agent FROM temp.autoskill_delta)
      """)
  void setEnds();

  @SqlUpdate(
      """
      DELETE FROM autoskill_java_<table> WHERE uses = 0
        AND skill IN (SELECT skill FROM temp.autoskill_delta)
      """)
  void deleteEmpty(@Define("table") String table);

  /** Deletes what is left of skills that others deleted altogether. CASE saves most scans. */
  @SqlUpdate(
      """
      DELETE FROM autoskill_java_<table> WHERE skill IN (
        SELECT skill FROM temp.autoskill_delta n WHERE CASE WHEN NOT EXISTS
          (SELECT 1 FROM autoskill_java_day d WHERE d.skill = n.skill)
        THEN n.skill NOT IN (SELECT COALESCE(skill_name, '') FROM skill_telemetry) END)
      """)
  void forgetDeletedSkills(@Define("table") String table);

  @SqlUpdate("DELETE FROM <table> WHERE skill = :skill")
  void forget(@Define("table") String table, @Bind("skill") String skill);

  @SqlQuery(
      """
      SELECT DISTINCT <day> FROM (SELECT COALESCE(<moment>, 0) AS at FROM autoskill_java_stale)
      ORDER BY 1
      """)
  List<Long> staleDays();

  @SqlUpdate("DELETE FROM autoskill_java_stale WHERE rowid > :after")
  void deleteNotes(@Bind("after") long after);

  @SqlUpdate("INSERT INTO autoskill_java_stale SELECT value FROM json_each(:dates)")
  void addNotes(@Bind("dates") String dates);

  /** {@return the rowids of the oldest counted events that retention may delete} */
  @SqlQuery(
      """
      SELECT rowid FROM skill_telemetry WHERE rowid <= :watermark AND <when>
      ORDER BY timestamp LIMIT :limit
      """)
  List<Long> oldest(
      @Define("when") String when,
      @Bind("watermark") long watermark,
      @Bind("before") @Nullable String before,
      @Bind("until") @Nullable Long until,
      @Bind("limit") int limit);

  @SqlUpdate("DELETE FROM skill_telemetry WHERE rowid IN (SELECT value FROM json_each(:rowids))")
  void delete(@Bind("rowids") String rowids);

  @SqlQuery(
      """
      SELECT (page_count - freelist_count) * page_size
      FROM pragma_page_count, pragma_freelist_count, pragma_page_size
      """)
  long usedBytes();

  /** Compares what was counted anew with what is kept: how many rows differ. */
  @SqlQuery("<differences>")
  long differences(@Define("differences") String sql);

  @SqlQuery("SELECT COUNT(*) FROM skill_telemetry")
  long events();

  /** {@return what a comparison of the rollups with all events finds} */
  default RollupCheck check(State state) {
    if (!state.isRight()) {
      return new RollupCheck(state.status(), events(), 0, 0);
    }
    createDelta();
    if (state.watermark() != null) {
      count(counted("rowid <= :watermark", "TRUE"), null, null, state.watermark());
    }
    long differences = differences(TextResource.read(RollupUpkeepDao.class, "differences.sql"));
    return new RollupCheck(
        differences == 0 ? Status.RIGHT : Status.WRONG, events(), counted(), differences);
  }
}
