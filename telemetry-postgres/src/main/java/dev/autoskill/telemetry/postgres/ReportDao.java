package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.ReportQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** The queries of reports, which count the events themselves. */
interface ReportDao {

  /**
   * The events of a {@link Filter}; the server leaves out the conditions of which a side is null.
   */
  String EVENTS =
      """
      FROM skill_telemetry
      WHERE (CAST(:skill AS text) IS NULL OR skill_name = :skill)
        AND (CAST(:id AS text) IS NULL OR skill_id = :id)
        AND (CAST(:agent AS text) IS NULL OR agent_id = :agent)
        AND (CAST(:session AS text) IS NULL OR session_id = :session)
        AND (CAST(:since AS bigint) IS NULL OR "timestamp" >= autoskill_java_moment(:since))
        AND (CAST(:until AS bigint) IS NULL OR "timestamp" < autoskill_java_moment(:until))
      """;

  /** Which uses; null: all. */
  record Filter(
      @Nullable String skill,
      @Nullable String id,
      @Nullable String agent,
      @Nullable String session,
      @Nullable Long since,
      @Nullable Long until) {

    static Filter of(ReportQuery query) {
      return new Filter(
          query.skill(),
          query.id(),
          query.agent(),
          query.session(),
          Micros.of(query.since()),
          Micros.of(query.until()));
    }

    Filter since(@Nullable Long start) {
      return new Filter(skill, id, agent, session, start, until);
    }

    Filter until(@Nullable Long end) {
      return new Filter(skill, id, agent, session, since, end);
    }
  }

  /**
   * Uses that have much in common.
   *
   * @param period counted from 1, as the starts of the periods are; 0 if there are none
   * @param bucket of the histogram of durations; null: without duration, or counted elsewhere
   * @param ms the sum of the durations
   * @param first when the first ended, in microseconds since 1970
   */
  record Counted(
      String skill,
      String agent,
      int period,
      @Nullable Integer bucket,
      long uses,
      long successes,
      long failures,
      long partials,
      long skipped,
      double ms,
      long first,
      long last) {}

  @SqlQuery(
      """
      SELECT skill_name AS skill, agent_id AS agent,
        width_bucket("timestamp", ARRAY(SELECT autoskill_java_moment(start)
          FROM unnest(:starts) WITH ORDINALITY AS period(start, no) ORDER BY no)) AS period,
        autoskill_java_bucket(duration) AS bucket,
        COUNT(*) AS uses,
        COUNT(*) FILTER (WHERE outcome = 'success') AS successes,
        COUNT(*) FILTER (WHERE outcome = 'failure') AS failures,
        COUNT(*) FILTER (WHERE outcome = 'partial') AS partials,
        COUNT(*) FILTER (WHERE outcome = 'skipped') AS skipped,
        COALESCE(SUM(duration), 0) AS ms,
        autoskill_java_micros(MIN("timestamp")) AS "first",
        autoskill_java_micros(MAX("timestamp")) AS "last"
      FROM (SELECT *, CASE WHEN duration_ms IS NOT NULL
          THEN least(greatest(duration_ms, -1e12), 1e12) END AS duration
      """
          + EVENTS
          + """
          ) AS event
          GROUP BY 1, 2, 3, 4
          """)
  @RegisterConstructorMapper(Counted.class)
  List<Counted> count(@BindMethods Filter filter, Long[] starts);

  @SqlQuery(
      "SELECT skill_name AS skill, COUNT(DISTINCT session_id) AS sessions " + EVENTS + "GROUP BY 1")
  @KeyColumn("skill")
  @ValueColumn("sessions")
  Map<String, Long> sessions(@BindMethods Filter filter);

  @SqlQuery(
      """
      SELECT id, skill_id, skill_name, session_id, agent_id, duration_ms, outcome,
        autoskill_java_micros("timestamp")
      """
          + EVENTS
          + "ORDER BY \"timestamp\" DESC, id DESC LIMIT :limit")
  @RegisterRowMapper(EventMapper.class)
  List<TelemetryEvent> newest(@BindMethods Filter filter, int limit);

  /** {@return whether the user may read who has pushed} */
  @SqlQuery(
      """
      SELECT COALESCE(
        has_table_privilege(to_regclass('autoskill_java_source'), 'SELECT'), false)
      """)
  boolean mayReadSources();

  @SqlQuery(
      """
      SELECT COUNT(*) AS databases, MAX(pushed_at) AS "last" FROM autoskill_java_source
      """)
  @RegisterConstructorMapper(Arrivals.class)
  Arrivals arrivals();

  /** Reads an event. Public because JDBI instantiates it by reflection. */
  final class EventMapper implements RowMapper<TelemetryEvent> {

    /** Makes a mapper. */
    public EventMapper() {}

    @Override
    public TelemetryEvent map(ResultSet row, StatementContext context) throws SQLException {
      double ms = row.getDouble(6);
      boolean isTimed = !row.wasNull();
      return new TelemetryEvent(
          row.getString(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          isTimed ? (Long) (long) ms : null,
          Outcome.ofText(row.getString(7)),
          Micros.instant(row.getLong(8)));
    }
  }
}
