package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import dev.autoskill.telemetry.sqlite.RollupDao.State;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rollups up with the events. Each change goes through the temporary table {@code
 * autoskill_delta}: some events are counted into it, and it is added to the days and the totals.
 */
interface RollupUpkeepDao {

  String ADD =
      """
      uses = uses + excluded.uses, successes = successes + excluded.successes,
        failures = failures + excluded.failures, partials = partials + excluded.partials,
        skipped = skipped + excluded.skipped, ms = ms + excluded.ms
      """;

  String SIGNED =
      """
      :sign * uses AS uses, :sign * successes AS successes, :sign * failures AS failures,
        :sign * partials AS partials, :sign * skipped AS skipped, :sign * ms AS ms
      """;

  /** An object of ours in the schema. */
  record Made(String type, String name, @Nullable String sql) {}

  @SqlUpdate(
      "CREATE TEMP TABLE IF NOT EXISTS autoskill_delta (series INTEGER, day INTEGER, bucket INTEGER, "
          + RollupDao.COUNTS
          + RollupDao.SPAN
          + ")")
  void createDelta();

  @SqlUpdate("CREATE TEMP TABLE IF NOT EXISTS autoskill_chosen (no INTEGER PRIMARY KEY)")
  void createChosen();

  @SqlQuery(
      "SELECT type, name, sql FROM sqlite_master WHERE name GLOB 'autoskill_java_*' ORDER BY type DESC")
  @RegisterConstructorMapper(Made.class)
  List<Made> made();

  @SqlQuery("SELECT " + RollupDao.COUNTABLE)
  boolean isCountable();

  @SqlUpdate("INSERT OR REPLACE INTO autoskill_java_state VALUES (1, :version, NULL, NULL)")
  void start(@Bind("version") int version);

  @SqlUpdate(
      """
      UPDATE autoskill_java_state SET (watermark, watermark_id) =
        (SELECT rowid, id FROM skill_telemetry WHERE rowid <= :to ORDER BY rowid DESC LIMIT 1)
      """)
  void advance(@Bind("to") long to);

  @SqlQuery(
      """
      SELECT MAX(rowid) FROM (
        SELECT rowid FROM skill_telemetry WHERE rowid > :after ORDER BY rowid LIMIT :limit)
      """)
  long lastOf(@Bind("after") long after, @Bind("limit") int limit);

  @SqlUpdate("DELETE FROM temp.autoskill_delta")
  void clearDelta();

  @SqlUpdate(
      "INSERT INTO temp.autoskill_delta SELECT series, day, bucket, "
          + RollupDao.COUNTED_OUTCOMES
          + " FROM (SELECT s.id AS series, at, ms, outcome, "
          + RollupDao.DAY_OF_AT
          + " AS day, "
          + RollupDao.BUCKET
          + " AS bucket FROM ("
          + RollupDao.EVENTS
          + ") e LEFT JOIN autoskill_java_series s ON s.skill = e.skill AND s.agent = e.agent LIMIT -1)"
          + " WHERE <day> GROUP BY series, day, bucket")
  void count(
      @Define("range") String range,
      @Define("day") String day,
      @Bind("from") @Nullable Object from,
      @Bind("to") @Nullable Object to,
      @Bind("watermark") long watermark);

  @SqlQuery("SELECT COALESCE(SUM(uses), 0) FROM temp.autoskill_delta")
  long counted();

  @SqlQuery("SELECT EXISTS (SELECT 1 FROM temp.autoskill_delta WHERE series IS NULL)")
  boolean lacksSeries();

  @SqlUpdate(
      "INSERT OR IGNORE INTO autoskill_java_series (skill, agent) SELECT DISTINCT skill, agent FROM ("
          + RollupDao.EVENTS
          + ")")
  void addSeries(
      @Define("range") String range,
      @Bind("from") @Nullable Object from,
      @Bind("to") @Nullable Object to,
      @Bind("watermark") long watermark);

  @SqlUpdate(
      "INSERT INTO autoskill_java_day SELECT series, day, bucket, :retained, "
          + SIGNED
          + ", first, last FROM temp.autoskill_delta WHERE TRUE ON CONFLICT DO UPDATE SET "
          + ADD
          + ", first = min(first, excluded.first), last = max(last, excluded.last)")
  void addToDays(@Bind("sign") int sign, @Bind("retained") boolean retained);

  @SqlUpdate(
      "INSERT INTO autoskill_java_total SELECT series, bucket, "
          + "SUM(uses), SUM(successes), SUM(failures), SUM(partials), SUM(skipped), TOTAL(ms)"
          + " FROM (SELECT series, bucket, "
          + SIGNED
          + " FROM temp.autoskill_delta) GROUP BY series, bucket ON CONFLICT DO UPDATE SET "
          + ADD)
  void addToTotals(@Bind("sign") int sign);

  /** A day's rows, but for those that retention left. */
  @SqlUpdate(
      """
      INSERT INTO temp.autoskill_delta
      SELECT series, day, bucket, uses, successes, failures, partials, skipped, ms, first, last
      FROM autoskill_java_series s
        CROSS JOIN autoskill_java_day d ON d.series = s.id AND d.day = :day AND d.retained = 0
      """)
  void takeDay(@Bind("day") long day);

  @SqlUpdate(
      """
      DELETE FROM autoskill_java_day WHERE (series, day, bucket, retained) IN
        (SELECT series, day, bucket, 0 FROM temp.autoskill_delta)
      """)
  void deleteTaken();

  @SqlUpdate(
      """
      DELETE FROM autoskill_java_day WHERE uses = 0 AND (series, day, bucket, retained) IN
        (SELECT series, day, bucket, 0 FROM temp.autoskill_delta)
      """)
  void deleteEmptied();

  @SqlUpdate("DELETE FROM temp.autoskill_chosen")
  void clearChosen();

  @SqlUpdate("INSERT INTO temp.autoskill_chosen SELECT DISTINCT series FROM temp.autoskill_delta")
  void chooseSeries();

  /** Deletes the retained rows of skills that others deleted altogether. */
  @SqlUpdate(
      """
      DELETE FROM autoskill_java_day WHERE retained AND series IN (
        SELECT a.id FROM temp.autoskill_chosen c
          JOIN autoskill_java_series s ON s.id = c.no JOIN autoskill_java_series a ON a.skill = s.skill
        WHERE NOT EXISTS (
          SELECT 1 FROM autoskill_java_series o JOIN autoskill_java_day d ON d.series = o.id
          WHERE o.skill = s.skill AND NOT d.retained))
      """)
  void forgetDeletedSkills();

  /** Series of which nothing is counted any more, so that no name stays. */
  @SqlUpdate(
      """
      DELETE FROM autoskill_java_series
      WHERE NOT EXISTS (SELECT 1 FROM autoskill_java_day WHERE series = id)
      """)
  int deleteUnusedSeries();

  @SqlUpdate(
      """
      DELETE FROM autoskill_java_total
      WHERE uses = 0 OR series NOT IN (SELECT id FROM autoskill_java_series)
      """)
  void deleteUnusedTotals();

  @SqlQuery(
      "SELECT DISTINCT "
          + RollupDao.DAY_OF_AT
          + " FROM (SELECT COALESCE("
          + RollupDao.MOMENT
          + ", 0) AS at FROM autoskill_java_stale) ORDER BY 1")
  List<Long> staleDays();

  @SqlUpdate("DELETE FROM autoskill_java_stale WHERE rowid > :after")
  void deleteNotes(@Bind("after") long after);

  @SqlUpdate("INSERT INTO autoskill_java_stale SELECT value FROM json_each(:dates)")
  void addNotes(@Bind("dates") String dates);

  @SqlUpdate(
      """
      DELETE FROM autoskill_java_day WHERE (series, day, bucket, retained) IN (
        SELECT series, day, bucket, retained FROM autoskill_java_day WHERE NOT retained LIMIT :limit)
      """)
  int deleteSomeDays(@Bind("limit") int limit);

  @SqlUpdate("DELETE FROM autoskill_java_total")
  void deleteTotals();

  @SqlUpdate(
      """
      INSERT INTO autoskill_java_total SELECT series, bucket, SUM(uses), SUM(successes),
        SUM(failures), SUM(partials), SUM(skipped), TOTAL(ms)
      FROM autoskill_java_day GROUP BY series, bucket
      """)
  void addUpTotals();

  /** Chooses counted events that retention deletes, the oldest first. */
  @SqlUpdate(
      "INSERT INTO temp.autoskill_chosen SELECT rowid FROM skill_telemetry"
          + " WHERE timestamp < :before AND rowid <= :watermark AND ("
          + RollupDao.MOMENT
          + ") < :until ORDER BY timestamp LIMIT :limit")
  int chooseBefore(
      @Bind("before") String before,
      @Bind("until") long until,
      @Bind("watermark") long watermark,
      @Bind("limit") int limit);

  @SqlUpdate(
      """
      INSERT INTO temp.autoskill_chosen SELECT rowid FROM skill_telemetry
      WHERE rowid <= :watermark ORDER BY timestamp LIMIT :limit
      """)
  int chooseOldest(@Bind("watermark") long watermark, @Bind("limit") int limit);

  @SqlUpdate("DELETE FROM skill_telemetry WHERE rowid IN (SELECT no FROM temp.autoskill_chosen)")
  void deleteChosen();

  @SqlUpdate("DELETE FROM autoskill_java_series WHERE skill = :skill")
  int deleteSeries(@Bind("skill") String skill);

  @SqlUpdate(
      "DELETE FROM autoskill_java_day WHERE series NOT IN (SELECT id FROM autoskill_java_series)")
  void deleteOrphanedDays();

  @SqlQuery(
      """
      SELECT (page_count - freelist_count) * page_size
      FROM pragma_page_count, pragma_freelist_count, pragma_page_size
      """)
  long usedBytes();

  /** The pages that may be given back bit by bit: none unless the file was made for it. */
  @SqlQuery(
      """
      SELECT CASE auto_vacuum WHEN 2 THEN freelist_count ELSE 0 END
      FROM pragma_auto_vacuum, pragma_freelist_count
      """)
  long pagesToGiveBack();

  /** Compares what was counted anew with what is kept: how many rows differ. */
  @SqlQuery(
      """
      SELECT
        (SELECT COUNT(*) FROM temp.autoskill_delta n
          LEFT JOIN autoskill_java_day d
            ON d.series = n.series AND d.day = n.day AND d.bucket = n.bucket AND d.retained = 0
          WHERE d.uses IS NOT n.uses OR d.successes <> n.successes OR d.failures <> n.failures
            OR d.partials <> n.partials OR d.skipped <> n.skipped OR abs(d.ms - n.ms) > 0.5
            OR d.first > n.first OR d.last < n.last)
        + (SELECT COUNT(*) FROM (
            SELECT series, day, bucket FROM autoskill_java_day WHERE NOT retained
            EXCEPT SELECT series, day, bucket FROM temp.autoskill_delta))
        + (SELECT COUNT(*) FROM (
            SELECT series, bucket, uses, successes, failures, partials, skipped
            FROM autoskill_java_total WHERE uses > 0
            EXCEPT SELECT series, bucket, SUM(uses), SUM(successes), SUM(failures), SUM(partials),
              SUM(skipped) FROM autoskill_java_day GROUP BY series, bucket))
      """)
  long differences();

  @SqlQuery("SELECT COUNT(*) FROM skill_telemetry")
  long events();

  /** {@return what a comparison of the rollups with all events finds} */
  default RollupCheck check(@Nullable State state) {
    Status status = State.status(state);
    if (state == null || status != Status.RIGHT) {
      return new RollupCheck(status, events(), 0, 0);
    }
    createDelta();
    if (state.watermark() != null) {
      count("rowid <= :watermark", "TRUE", null, null, state.watermark());
    }
    long differences = differences();
    return new RollupCheck(
        differences == 0 ? status : Status.WRONG, events(), counted(), differences);
  }
}
