package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.Export;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import dev.autoskill.telemetry.sqlite.RollupDao.State;
import dev.autoskill.telemetry.sqlite.UseQuery.Periods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Answers queries. A missing database has no events; any other failure is swallowed, counted, and
 * marks the {@link Completeness}.
 *
 * <p>Safe for use by any number of threads; each query has a connection of its own, and sees the
 * database at one moment.
 */
public final class SqliteEventReader {

  /** A report counts so few events itself. */
  private static final long FEW = 256;

  /**
   * If a lock takes longer, counting is quicker. Nor may a query that is connected wait for long
   * while another class loader waits for it.
   */
  private static final Duration CATCH_UP_LOCK = Duration.ofMillis(100);

  /** Exports and checks read every event. */
  private static final Duration LONGEST_SCAN = Duration.ofHours(1);

  private final Path file;
  private final Duration busyTimeout;
  private final Duration queryTimeout;
  private final Faults faults;
  private final boolean mayWrite;
  private final Jdbi reading;
  private final Jdbi writing;

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
    this.file = file;
    this.queryTimeout = queryTimeout;
    this.faults = faults;
    this.mayWrite = mayWrite;
    // Kept, because JDBI examines SQL objects and parses statements once per Jdbi.
    this.reading = SqliteConnections.forReading(file, busyTimeout);
    this.writing = SqliteConnections.forWriting(file, CATCH_UP_LOCK);
    this.busyTimeout = busyTimeout;
  }

  /** {@return one report per skill; only these take up memory} */
  public List<EffectivenessReport> reports(ReportQuery query, Completeness completeness) {
    return answer(
        List.of(),
        completeness,
        true,
        (handle, isPlain) ->
            new UseQuery(handle, isPlain, query.skill(), query.agent()).reports(query));
  }

  /** {@return a summary per query, of all skills together; all see the same moment} */
  public List<UseSummary> summaries(List<ReportQuery> queries, Completeness completeness) {
    return answer(
        queries.stream().map(query -> Uses.NONE.summary()).toList(),
        completeness,
        true,
        (handle, isPlain) ->
            queries.stream()
                .map(
                    query ->
                        new UseQuery(handle, isPlain, query.skill(), query.agent())
                            .summary(query.since(), query.until()))
                .toList());
  }

  /** {@return by name, the windows of skills that were used both from start to since and later} */
  public Map<String, Windows> windows(Instant start, Instant since, Completeness completeness) {
    return answer(
        Map.of(),
        completeness,
        true,
        (handle, isPlain) -> new UseQuery(handle, isPlain, null, null).windows(start, since));
  }

  /** {@return every period of the window, also those without uses} */
  public List<TrendPoint> trend(
      ReportQuery query,
      Instant since,
      Instant until,
      TrendPeriod period,
      ZoneId zone,
      Completeness completeness) {
    Periods periods = Periods.of(since, until, period, zone);
    return periods.points(
        answer(
            Map.of(),
            completeness,
            true,
            (handle, isPlain) ->
                new UseQuery(handle, isPlain, query.skill(), query.agent())
                    .periods(periods.starts(), until)));
  }

  /** {@return the newest events, newest first; of every skill if the name is null} */
  public List<TelemetryEvent> newestEvents(
      @Nullable String skillName, int limit, Completeness completeness) {
    return answer(
        List.of(),
        completeness,
        false,
        (handle, isPlain) ->
            List.copyOf(
                handle
                    .attach(TelemetryDao.class)
                    .newestEvents(which(skillName), isPlain ? "id" : "rowid", skillName, limit)));
  }

  /**
   * Writes events as they are read, in the order of their timestamps' texts, oldest first.
   *
   * @param skillName the skill; null: every one
   * @throws IOException if {@code export} throws it
   */
  public void export(
      @Nullable String skillName, Export<TelemetryEvent> export, Completeness completeness)
      throws IOException {
    Exception[] refused = {null};
    answer(
        false,
        completeness,
        false,
        (handle, isPlain) -> {
          SqliteConnections.limit(handle, LONGEST_SCAN);
          try (Stream<TelemetryEvent> events =
              handle
                  .attach(TelemetryDao.class)
                  .oldestEvents(which(skillName), isPlain ? "id" : "rowid", skillName)) {
            Iterator<TelemetryEvent> next = events.iterator();
            while (refused[0] == null && next.hasNext()) {
              TelemetryEvent event = next.next();
              try {
                export.write(event);
              } catch (IOException | RuntimeException e) {
                // Failures of the database are swallowed; this one is the caller's.
                refused[0] = e;
              }
            }
          }
          return true;
        });
    if (refused[0] instanceof RuntimeException e) {
      throw e;
    } else if (refused[0] instanceof IOException e) {
      throw e;
    }
  }

  private static String which(@Nullable String skillName) {
    return skillName == null ? "TRUE" : "COALESCE(skill_name, '') = :skill";
  }

  /** {@return what is known of the rollups without a scan of the events} */
  public Status rollupStatus() {
    return answer(
        Status.UNREADABLE,
        new Completeness(),
        false,
        (handle, isPlain) -> State.status(Rollups.state(handle.attach(RollupDao.class))));
  }

  /** {@return what a comparison of the rollups with all events finds} */
  public RollupCheck checkRollups() {
    return answer(
        RollupCheck.UNREADABLE,
        new Completeness(),
        true,
        (handle, isPlain) -> {
          SqliteConnections.limit(handle, LONGEST_SCAN);
          return handle
              .attach(RollupUpkeepDao.class)
              .check(Rollups.state(handle.attach(RollupDao.class)));
        });
  }

  /** Counts all events anew, in steps; {@return whether all is counted now} */
  public boolean repairRollups() {
    return write(
        rollups -> {
          rollups.startAgain();
          rollups.catchUp(Long.MAX_VALUE);
          return rollups.backlog() == 0;
        });
  }

  /** Deletes a skill's events and all that the rollups hold of it; {@return whether it is gone} */
  public boolean forget(String skillName) {
    return write(rollups -> rollups.forget(skillName));
  }

  private interface Work {
    boolean with(Rollups rollups) throws SQLException;
  }

  private boolean write(Work work) {
    if (!mayWrite || !Files.isWritable(file)) {
      return false;
    }
    try (Handle handle = writing.open()) {
      ((SQLiteConnection) handle.getConnection())
          .setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
      return work.with(new Rollups(handle, null));
    } catch (Exception | LinkageError e) {
      faults.swallowed(e);
      return false;
    }
  }

  /** Brings the rollups up to date if much is missing and nobody else did, as time allows. */
  private void catchUp(Handle reader) {
    try {
      if (Rollups.backlog(Rollups.state(reader.attach(RollupDao.class))) > FEW) {
        try (Handle handle = writing.open()) {
          SqliteConnections.limit(handle, queryTimeout);
          new Rollups(handle, null).catchUp(queryTimeout.toNanos());
        }
      }
    } catch (Exception e) {
      if (!SqliteConnections.isPassing(e)) {
        faults.swallowed(e);
      }
    }
  }

  /** If the rollups are damaged, asks the events alone, and has everything counted anew. */
  private <T> T answer(
      T ifUnreadable,
      Completeness completeness,
      boolean isOfRollups,
      BiFunction<Handle, Boolean, T> query) {
    if (Files.notExists(file)) {
      return ifUnreadable;
    }
    try (Handle handle = reading.open()) {
      if (isOfRollups && mayWrite && Files.isWritable(file)) {
        catchUp(handle);
      }
      SqliteConnections.limit(handle, queryTimeout);
      try {
        return SqliteConnections.inTransaction(handle, () -> query.apply(handle, false));
      } catch (JdbiException e) {
        if (SqliteConnections.isPassing(e)) {
          throw e;
        }
        faults.swallowed(e);
        T plain = SqliteConnections.inTransaction(handle, () -> query.apply(handle, true));
        write(Rollups::startAgain);
        return plain;
      }
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      faults.swallowed(e);
      completeness.broken();
      return ifUnreadable;
    }
  }
}
