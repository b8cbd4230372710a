package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.StoreException;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import dev.autoskill.telemetry.sqlite.RollupDao.State;
import dev.autoskill.telemetry.sqlite.UseQuery.Trust;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries. A missing database has no events; any other failure is swallowed, counted, and
 * marks the {@link Completeness}.
 *
 * <p>Safe for use by any number of threads; each query has a connection of its own, and sees the
 * database at one moment.
 */
public final class SqliteEventReader {

  /** Exports and checks read every event. */
  private static final Duration LONGEST_SCAN = Duration.ofHours(1);

  private final QueryConnections connections;
  private final Duration queryTimeout;

  /**
   * Makes a reader; opens nothing yet.
   *
   * @param file the database's file, which need not exist
   * @param busyTimeout how long to wait for other programs' locks
   * @param queryTimeout how long a query may take, and may bring the rollups up to date before
   * @param faults counts what is swallowed
   * @param mayWrite whether the rollups may be brought up to date
   */
  public SqliteEventReader(
      Path file, Duration busyTimeout, Duration queryTimeout, Faults faults, boolean mayWrite) {
    this.connections = new QueryConnections(file, busyTimeout, queryTimeout, faults, mayWrite);
    this.queryTimeout = queryTimeout;
  }

  /**
   * {@return one report per skill; only these take up memory}
   *
   * @param query the uses
   * @param completeness is marked if the answer may be incomplete, here and below
   */
  public List<EffectivenessReport> reports(ReportQuery query, Completeness completeness) {
    return uses(List.of(), completeness, query, uses -> uses.reports(query));
  }

  /**
   * {@return a summary per query, of all skills together; all see the same moment}
   *
   * @param queries the uses
   * @param completeness see above
   */
  public List<UseSummary> summaries(List<ReportQuery> queries, Completeness completeness) {
    return connections.ofRollups(
        Collections.nCopies(queries.size(), UseSummary.NONE),
        completeness,
        (handle, trust) ->
            queries.stream()
                .map(
                    query ->
                        new UseQuery(handle, trust, query).summary(query.since(), query.until()))
                .toList());
  }

  /**
   * {@return by name, the windows of skills that were used in the second}
   *
   * @param start the beginning of the first window
   * @param since the end of the first window and the beginning of the second
   * @param query whose uses, and the end of the second window
   * @param completeness see above
   */
  public Map<String, Windows> windows(
      Instant start, Instant since, ReportQuery query, Completeness completeness) {
    return uses(Map.of(), completeness, query, uses -> uses.windows(start, since, query.until()));
  }

  /**
   * {@return every period, also those without uses}
   *
   * @param query the skill and the agent
   * @param periods at least one
   * @param completeness see above
   */
  public List<TrendPoint> trend(ReportQuery query, Periods periods, Completeness completeness) {
    return periods.points(
        uses(
            Map.of(),
            completeness,
            query,
            uses -> uses.periods(periods.starts(), periods.until())));
  }

  /**
   * {@return the same for each skill, by its name}
   *
   * @param query the skill and the agent
   * @param periods at least one
   * @param completeness see above
   */
  public Map<String, List<TrendPoint>> trends(
      ReportQuery query, Periods periods, Completeness completeness) {
    Map<String, Map<Long, Uses>> found =
        uses(
            Map.of(),
            completeness,
            query,
            uses -> uses.periodsBySkill(periods.starts(), periods.until()));
    Map<String, List<TrendPoint>> trends = new HashMap<>();
    found.forEach((skill, uses) -> trends.put(skill, periods.points(uses)));
    return trends;
  }

  /**
   * {@return the newest events, newest first}
   *
   * @param query which events, and how many at most
   * @param completeness see above
   */
  public List<TelemetryEvent> newestEvents(ReportQuery query, Completeness completeness) {
    Map<String, @Nullable Object> values = new HashMap<>();
    String which = TelemetryDao.which(query, values);
    return connections.ofEvents(
        List.of(),
        completeness,
        handle ->
            ordered(
                handle,
                (dao, tie) -> List.copyOf(dao.newestEvents(which, tie, values, query.limit()))));
  }

  /**
   * Passes events on as they are read, in the order of their timestamps' texts, oldest first.
   *
   * @param query which events
   * @param consumer gets them; what it throws comes through
   * @param completeness see above
   */
  public void forEachEvent(
      ReportQuery query, Consumer<TelemetryEvent> consumer, Completeness completeness) {
    Map<String, @Nullable Object> values = new HashMap<>();
    String which = TelemetryDao.which(query, values);
    RuntimeException[] refused = {null};
    connections.ofEvents(
        false,
        completeness,
        handle -> {
          SqliteConnections.limit(handle, LONGEST_SCAN);
          try (Stream<TelemetryEvent> events =
              ordered(handle, (dao, tie) -> dao.oldestEvents(which, tie, values))) {
            Iterator<TelemetryEvent> next = events.iterator();
            while (refused[0] == null && next.hasNext()) {
              TelemetryEvent event = next.next();
              try {
                consumer.accept(event);
              } catch (RuntimeException e) {
                // Failures of the database are swallowed; this one is the caller's.
                refused[0] = e;
              }
            }
          }
          return true;
        });
    if (refused[0] != null) {
      throw refused[0];
    }
  }

  /** Asks by rowid, or by id where there are no rowids, which order the events of one timestamp. */
  private static <T> T ordered(Handle handle, BiFunction<TelemetryDao, String, T> query) {
    TelemetryDao dao = handle.attach(TelemetryDao.class);
    try {
      return query.apply(dao, "rowid");
    } catch (JdbiException e) {
      if (SqliteConnections.isPassing(e) || dao.hasRowids()) {
        throw e;
      }
      return query.apply(dao, "id");
    }
  }

  /** {@return why the database would take no events, as far as reading it tells; null: it would} */
  public @Nullable String trouble() {
    Completeness completeness = new Completeness();
    String trouble =
        connections.<@Nullable String>ofEvents(
            null,
            completeness,
            handle -> {
              try {
                DatabaseFile.check(handle.attach(TelemetryDao.class));
                return null;
              } catch (StoreException e) {
                return e.trouble().sentence();
              }
            });
    return trouble == null ? completeness.why() : trouble;
  }

  /** {@return what is known of the rollups without a scan of the events} */
  public Status rollupStatus() {
    return connections.ofEvents(
        Status.UNREADABLE,
        new Completeness(),
        handle -> {
          // Fails where nothing can be read, which the rollups' state takes for their absence.
          handle.attach(TelemetryDao.class).typeOfTable();
          return State.status(Rollups.state(handle.attach(RollupDao.class)));
        });
  }

  /** {@return what a comparison of the rollups with all events finds} */
  public RollupCheck checkRollups() {
    return connections.ofRollups(
        RollupCheck.UNREADABLE,
        new Completeness(),
        (handle, trust) -> {
          SqliteConnections.limit(handle, LONGEST_SCAN);
          RollupUpkeepDao dao = handle.attach(RollupUpkeepDao.class);
          return trust == Trust.ROLLUPS
              ? dao.check(Rollups.state(handle.attach(RollupDao.class)))
              : new RollupCheck(Status.WRONG, dao.events(), 0, 1);
        });
  }

  /** {@return whether all events are counted now, after all have been counted anew} */
  public boolean repairRollups() {
    return connections.write(
        LONGEST_SCAN,
        null,
        rollups -> {
          rollups.startAgain();
          rollups.catchUp(Long.MAX_VALUE);
          return rollups.backlog() == 0;
        });
  }

  /**
   * {@return whether a skill's events are deleted, and all that the rollups hold of it}
   *
   * @param skillName the skill
   */
  public boolean forget(String skillName) {
    return connections.write(queryTimeout, null, rollups -> rollups.forget(skillName));
  }

  /**
   * Deletes what a retention wants deleted, in short steps.
   *
   * @param retention which events
   * @return whether that was possible
   */
  public boolean prune(Retention retention) {
    return connections.write(
        LONGEST_SCAN,
        retention,
        rollups -> {
          rollups.catchUp(Long.MAX_VALUE);
          return true;
        });
  }

  private <T> T uses(
      T ifUnreadable,
      Completeness completeness,
      ReportQuery query,
      Function<UseQuery, T> question) {
    return connections.ofRollups(
        ifUnreadable,
        completeness,
        (handle, trust) -> question.apply(new UseQuery(handle, trust, query)));
  }
}
