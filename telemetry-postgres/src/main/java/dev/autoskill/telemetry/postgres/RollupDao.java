package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.postgres.ReportDao.Counted;
import dev.autoskill.telemetry.postgres.RollupCover.Span;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** The queries of the rollups: counts of whole spans of time, of which some are stale. */
interface RollupDao {

  /** The rows of spans that are wanted, each with the period that it is in. */
  String PARTS =
      """
      FROM unnest(:levels, :spans, :periods) AS wanted(level, span, period)
      JOIN autoskill_java_rollup AS part ON part.level = wanted.level AND part.span = wanted.span
      """;

  String CONDITIONS =
      """
      WHERE (CAST(:skill AS text) IS NULL OR skill_name = :skill)
        AND (CAST(:agent AS text) IS NULL OR agent_id = :agent)
      """;

  /**
   * {@return whether there are rollups, and the user may read them} Tables of the first version
   * have none, and whoever was allowed to read the events need not be allowed to read these.
   */
  @SqlQuery(
      """
      SELECT COALESCE(has_table_privilege(to_regclass('autoskill_java_rollup'), 'SELECT')
        AND has_table_privilege(to_regclass('autoskill_java_stale'), 'SELECT'), false)
      """)
  boolean isReadable();

  @SqlQuery("SELECT DISTINCT level, span FROM autoskill_java_stale")
  @RegisterConstructorMapper(Span.class)
  Set<Span> stale();

  @SqlQuery("SELECT MAX(span) FROM autoskill_java_rollup WHERE level = 7")
  @Nullable Integer total();

  /** Two moments in microseconds since 1970; null if there are no events. */
  record Extent(@Nullable Long first, @Nullable Long last) {}

  @SqlQuery(
      """
      SELECT autoskill_java_micros(MIN("timestamp")) AS "first",
        autoskill_java_micros(MAX("timestamp")) AS "last"
      FROM skill_telemetry
      """)
  @RegisterConstructorMapper(Extent.class)
  Extent extent();

  @SqlQuery(
      """
      SELECT skill_name AS skill, agent_id AS agent, period, CAST(NULL AS integer) AS bucket,
        SUM(uses) AS uses, SUM(successes) AS successes, SUM(failures) AS failures,
        SUM(partials) AS partials, SUM(skipped) AS skipped, SUM(ms) AS ms,
        autoskill_java_micros(MIN("first")) AS "first",
        autoskill_java_micros(MAX("last")) AS "last"
      """
          + PARTS
          + CONDITIONS
          + "GROUP BY 1, 2, 3")
  @RegisterConstructorMapper(Counted.class)
  List<Counted> count(
      Integer[] levels,
      Integer[] spans,
      Integer[] periods,
      @Nullable String skill,
      @Nullable String agent);

  /** Uses of about the same duration. */
  record Timed(String skill, int period, int bucket, long uses, long skipped) {}

  /** Arrays that are unnested in the list of columns take half as long as those that are joined. */
  @SqlQuery(
      """
      SELECT skill, period, bucket, SUM(uses) AS uses, SUM(skipped) AS skipped
      FROM (SELECT skill_name AS skill, period, unnest(buckets) AS bucket,
          unnest(bucket_uses) AS uses, unnest(bucket_skipped) AS skipped
      """
          + PARTS
          + CONDITIONS
          + ") AS entry GROUP BY 1, 2, 3")
  @RegisterConstructorMapper(Timed.class)
  List<Timed> durations(
      Integer[] levels,
      Integer[] spans,
      Integer[] periods,
      @Nullable String skill,
      @Nullable String agent);

  /** Counts a stale span anew; {@return whether there may be another one} */
  @SqlQuery("SELECT autoskill_java_roll_up()")
  boolean rollUp();
}
