package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.Trouble;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import dev.autoskill.telemetry.sqlite.QueryConnections.Trust;
import dev.autoskill.telemetry.sqlite.error.ErrorTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterable;
import org.jdbi.v3.core.result.ResultIterator;
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
   * {@return an answer on uses, all of which are seen at one moment}
   *
   * @param <T> the type of the answer
   * @param ifUnreadable the answer if the database is missing or cannot be read
   * @param completeness is marked if the answer may be incomplete, here and below
   * @param question gets a function that finds the uses of a query, and may ask for several
   */
  public <T> T uses(
      T ifUnreadable,
      Completeness completeness,
      Function<Function<ReportQuery, UseQuery>, T> question) {
    return connections.ofRollups(
        ifUnreadable, completeness, basis -> question.apply(query -> new UseQuery(basis, query)));
  }

  /**
   * {@return the newest events, newest first}
   *
   * @param query which events, and how many at most
   * @param completeness see above
   */
  public List<TelemetryEvent> newestEvents(ReportQuery query, Completeness completeness) {
    String order = "timestamp DESC, %s DESC LIMIT " + query.limit();
    return connections.ofEvents(
        List.of(), completeness, handle -> events(handle, query, order).list());
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
    RuntimeException[] refused = {null};
    connections.ofEvents(
        false,
        completeness,
        handle -> {
          SqliteConnections.limit(handle, LONGEST_SCAN);
          try (ResultIterator<TelemetryEvent> events =
              events(handle, query, "timestamp, %s").iterator()) {
            while (refused[0] == null && events.hasNext()) {
              TelemetryEvent event = events.next();
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

  /** Rowids order the events of one timestamp, or ids where there are none. */
  private static ResultIterable<TelemetryEvent> events(
      Handle handle, ReportQuery query, String order) {
    Map<String, @Nullable Object> values = new HashMap<>();
    String which = TelemetryDao.which(query, values);
    boolean hasRowids = handle.createQuery(TelemetryDao.HAS_ROWIDS).mapTo(boolean.class).one();
    return select(handle, which, order.formatted(hasRowids ? "rowid" : "id"), values);
  }

  static ResultIterable<TelemetryEvent> select(
      Handle handle, String which, String order, Map<String, @Nullable Object> values) {
    return handle
        .createQuery(
            "SELECT %s FROM skill_telemetry WHERE %s ORDER BY %s"
                .formatted(TelemetryDao.READ, which, order))
        .bindMap(values)
        .map(TelemetryDao::event);
  }

  /**
   * {@return by skill, the most frequent errors of its uses}
   *
   * @param query which uses
   * @param most how many errors of each skill
   * @param completeness see above
   */
  public Map<String, List<ErrorCount>> errors(
      ReportQuery query, int most, Completeness completeness) {
    return connections.ofEvents(
        Map.of(), completeness, open -> ErrorTable.counts(open, query, TelemetryDao::which, most));
  }

  /** {@return why the database would take no events, as far as reading it tells; null: it would} */
  public @Nullable String trouble() {
    Completeness completeness = new Completeness();
    Trouble trouble =
        connections.<@Nullable Trouble>ofEvents(
            null, completeness, handle -> DatabaseFile.trouble(handle.attach(TelemetryDao.class)));
    return trouble == null ? completeness.why() : trouble.sentence();
  }

  /** {@return what is known of the rollups without a scan of the events} */
  public Status rollupStatus() {
    return connections.ofEvents(
        Status.UNREADABLE,
        new Completeness(),
        handle -> {
          // Fails where nothing can be read, which the rollups' state takes for their absence.
          handle.attach(TelemetryDao.class).typeOfTable();
          return RollupSql.state(handle, RollupSql.schema(handle)).status();
        });
  }

  /** {@return what a comparison of the rollups with all events finds} */
  public RollupCheck checkRollups() {
    return connections.ofRollups(
        RollupCheck.UNREADABLE,
        new Completeness(),
        basis -> {
          SqliteConnections.limit(basis.handle(), LONGEST_SCAN);
          RollupUpkeepDao dao = basis.handle().attach(RollupUpkeepDao.class);
          return basis.trust() == Trust.ROLLUPS
              ? dao.check(basis.state())
              : new RollupCheck(Status.WRONG, dao.events(), 0, 1);
        });
  }

  /** {@return whether the events have been counted anew, up to one that was the newest} */
  public boolean repairRollups() {
    return connections.write(
        true,
        LONGEST_SCAN,
        null,
        rollups -> {
          rollups.startAgain();
          return rollups.catchUp(Long.MAX_VALUE);
        });
  }

  /**
   * {@return whether a skill's events are deleted, and all that the rollups hold of it}
   *
   * @param skillName the skill
   */
  public boolean forget(String skillName) {
    return connections.write(true, queryTimeout, null, rollups -> rollups.forget(skillName));
  }

  /**
   * Deletes what a retention wants deleted, in short steps.
   *
   * @param retention which events
   * @return whether that was possible
   */
  public boolean prune(Retention retention) {
    return connections.write(
        true,
        LONGEST_SCAN,
        retention,
        rollups -> {
          rollups.catchUp(Long.MAX_VALUE);
          return true;
        });
  }
}
