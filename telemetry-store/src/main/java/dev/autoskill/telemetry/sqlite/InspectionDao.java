package dev.autoskill.telemetry.sqlite;

import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * What only {@link RollupInspection} asks: of the rollups in {@code main}, and of those that it
 * made anew in {@code temp}.
 */
interface InspectionDao {

  /**
   * A group's tallies.
   *
   * @param stored what is kept; null: nothing
   * @param counted what its events add up to; null: it has none
   * @param deleted what is kept of its events that retention deleted; null: nothing
   */
  record Pair(byte @Nullable [] stored, byte @Nullable [] counted, byte @Nullable [] deleted) {}

  @SqlQuery("SELECT COUNT(*) FROM skill_telemetry")
  long events();

  @SqlQuery("SELECT COUNT(*) FROM skill_telemetry WHERE rowid <= :watermark")
  long eventsUpTo(@Bind("watermark") long watermark);

  @SqlQuery("SELECT sql FROM main.sqlite_master WHERE name = :table")
  String definitionOf(@Bind("table") String table);

  @SqlUpdate(
      "INSERT INTO temp.autoskill_java_session SELECT * FROM main.autoskill_java_session WHERE kept")
  void takeKeptSessions();

  @SqlQuery(
      """
      SELECT s.tally AS stored, c.tally AS counted, k.tally AS deleted
      FROM (
        SELECT day, skill, agent FROM main.autoskill_java_day WHERE kept = 0
        UNION SELECT day, skill, agent FROM temp.autoskill_java_day) g
      LEFT JOIN main.autoskill_java_day s
        ON s.day = g.day AND s.skill = g.skill AND s.agent = g.agent AND s.kept = 0
      LEFT JOIN temp.autoskill_java_day c
        ON c.day = g.day AND c.skill = g.skill AND c.agent = g.agent
      LEFT JOIN main.autoskill_java_day k
        ON k.day = g.day AND k.skill = g.skill AND k.agent = g.agent AND k.kept = 1
      """)
  @RegisterConstructorMapper(Pair.class)
  void forEachDay(Consumer<Pair> consumer);

  @SqlQuery(
      """
      SELECT s.tally AS stored, c.tally AS counted, k.tally AS deleted
      FROM (
        SELECT skill, agent FROM main.autoskill_java_total WHERE kept = 0
        UNION SELECT skill, agent FROM temp.autoskill_java_total) g
      LEFT JOIN main.autoskill_java_total s
        ON s.skill = g.skill AND s.agent = g.agent AND s.kept = 0
      LEFT JOIN temp.autoskill_java_total c ON c.skill = g.skill AND c.agent = g.agent
      LEFT JOIN main.autoskill_java_total k
        ON k.skill = g.skill AND k.agent = g.agent AND k.kept = 1
      """)
  @RegisterConstructorMapper(Pair.class)
  void forEachTotal(Consumer<Pair> consumer);

  /**
   * How many rows differ of those that are the same, byte by byte, if they are right; of ids and of
   * newest timestamps, more may be kept than events have.
   */
  @SqlQuery(
      """
      SELECT
        (SELECT COUNT(*) FROM (
          SELECT * FROM main.autoskill_java_session EXCEPT SELECT * FROM temp.autoskill_java_session))
        + (SELECT COUNT(*) FROM (
          SELECT * FROM temp.autoskill_java_session EXCEPT SELECT * FROM main.autoskill_java_session))
        + (SELECT COUNT(*) FROM (
          SELECT * FROM main.autoskill_java_session_day WHERE kept = 0
          EXCEPT SELECT * FROM temp.autoskill_java_session_day))
        + (SELECT COUNT(*) FROM (
          SELECT * FROM temp.autoskill_java_session_day
          EXCEPT SELECT * FROM main.autoskill_java_session_day))
        + (SELECT COUNT(*) FROM (
          SELECT * FROM main.autoskill_java_session_count WHERE sessions
          EXCEPT SELECT * FROM temp.autoskill_java_session_count))
        + (SELECT COUNT(*) FROM (
          SELECT * FROM temp.autoskill_java_session_count WHERE sessions
          EXCEPT SELECT * FROM main.autoskill_java_session_count))
        + (SELECT COUNT(*) FROM (
          SELECT * FROM temp.autoskill_java_skill_id EXCEPT SELECT * FROM main.autoskill_java_skill_id))
        + (SELECT COUNT(*) FROM temp.autoskill_java_chunk t
          LEFT JOIN main.autoskill_java_chunk m ON m.no = t.no
          WHERE t.newest IS NOT NULL AND NOT COALESCE(m.newest >= t.newest, FALSE))
      """)
  long differences();

  /** What was made for the inspection. */
  List<String> TABLES =
      List.of(
          "autoskill_java_total",
          "autoskill_java_day",
          "autoskill_java_session",
          "autoskill_java_session_day",
          "autoskill_java_session_count",
          "autoskill_java_skill_id",
          "autoskill_java_chunk");
}
