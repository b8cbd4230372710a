package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.DurationHistogram;
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
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.PrivateFiles;
import dev.autoskill.telemetry.writer.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Answers queries; {@link dev.autoskill.telemetry.TelemetryCollector} describes them. A missing
 * database has no events. Whatever else keeps a query from its answer is swallowed, counted, and
 * marks the {@link Completeness}.
 *
 * <p>Safe for use by any number of threads; each query has a connection of its own, and sees the
 * database at one moment.
 */
public final class SqliteEventReader {

  /** A report counts so few events itself. */
  private static final long FEW = 256;

  /** If the lock takes longer, counting is quicker. */
  private static final int CATCH_UP_LOCK_MS = 100;

  /** Exports and checks read every event. */
  private static final Duration LONGEST_SCAN = Duration.ofHours(1);

  private final Path file;
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
    this.writing = SqliteConnections.forWriting(file, busyTimeout);
  }

  /** {@return one report per skill; only these take up memory} */
  public List<EffectivenessReport> reports(ReportQuery query, Completeness completeness) {
    return count(
        List.of(),
        completeness,
        (dao, isPlain) -> {
          UseQuery uses = new UseQuery(dao, isPlain, query.skill(), query.agent());
          uses.window(query.since(), query.until());
          Map<String, Long> sessions = query.sessions() ? uses.sessions() : Map.of();
          // The first to leave again comes first.
          PriorityQueue<EffectivenessReport> best =
              new PriorityQueue<>(query.order().comparator().reversed());
          uses.forEachSkill(
              false,
              sum -> {
                if (sum.uses() >= query.minimumUses()) {
                  best.add(sum.report(sum.skill(), sessions.get(sum.skill())));
                  if (best.size() > query.limit()) {
                    best.remove();
                  }
                }
              });
          return best.stream().sorted(query.order().comparator()).toList();
        });
  }

  /** {@return a summary per query, of all skills together; all see the same moment} */
  public List<UseSummary> summaries(List<ReportQuery> queries, Completeness completeness) {
    return count(
        queries.stream().map(query -> Uses.NONE.summary()).toList(),
        completeness,
        (dao, isPlain) ->
            queries.stream()
                .map(
                    query -> {
                      UseQuery uses = new UseQuery(dao, isPlain, query.skill(), query.agent());
                      uses.window(query.since(), query.until());
                      return uses.attempts().summary();
                    })
                .toList());
  }

  /** {@return by name, the windows of skills that were used both from start to since and later} */
  public Map<String, Windows> windows(Instant start, Instant since, Completeness completeness) {
    return count(
        Map.of(),
        completeness,
        (dao, isPlain) -> {
          UseQuery uses = new UseQuery(dao, isPlain, null, null);
          Map<String, UseSummary> before = new HashMap<>();
          uses.window(start, since);
          uses.forEachSkill(true, sum -> before.put(sum.skill(), sum.summary()));
          Map<String, Windows> windows = new HashMap<>();
          uses.window(since, null);
          uses.forEachSkill(
              true,
              sum -> {
                UseSummary baseline = before.get(sum.skill());
                if (baseline != null) {
                  windows.put(sum.skill(), new Windows(baseline, sum.summary()));
                }
              });
          return windows;
        });
  }

  /** {@return every period of the window, also those without uses} */
  public List<TrendPoint> trend(
      ReportQuery query,
      Instant since,
      Instant until,
      TrendPeriod period,
      ZoneId zone,
      Completeness completeness) {
    List<LocalDate> dates = new ArrayList<>();
    List<Instant> starts = new ArrayList<>();
    LocalDate date = period.startOf(LocalDate.ofInstant(since, zone));
    for (Instant start = since; start.isBefore(until); ) {
      dates.add(date);
      starts.add(start);
      date = period.next(date);
      start = date.atStartOfDay(zone).toInstant();
    }
    Map<Long, Uses> sums =
        count(
            Map.of(),
            completeness,
            (dao, isPlain) ->
                new UseQuery(dao, isPlain, query.skill(), query.agent()).periods(starts, until));
    List<TrendPoint> points = new ArrayList<>(starts.size());
    for (int i = 0; i < starts.size(); i++) {
      Instant end = i + 1 < starts.size() ? starts.get(i + 1) : until;
      // Where a zone skipped a whole day, that day's period is empty and begins with the next.
      Uses found = end.equals(starts.get(i)) ? null : sums.get(Timestamps.micros(starts.get(i)));
      Uses sum = found == null ? Uses.NONE : found;
      DurationHistogram durations = sum.durations();
      points.add(
          new TrendPoint(
              dates.get(i),
              starts.get(i),
              end,
              sum.uses(),
              sum.attemptedSuccessRate(),
              durations.percentileMs(50),
              durations.percentileMs(95)));
    }
    return List.copyOf(points);
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
                    .newestEvents(which(skillName), tie(isPlain), skillName, limit)));
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
                  .oldestEvents(which(skillName), tie(isPlain), skillName)) {
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
    if (refused[0] instanceof IOException e) {
      throw e;
    }
    if (refused[0] instanceof RuntimeException e) {
      throw e;
    }
  }

  private static String which(@Nullable String skillName) {
    return skillName == null ? "TRUE" : "COALESCE(skill_name, '') = :skill";
  }

  /** Tables without rowids are read too. */
  private static String tie(boolean isPlain) {
    return isPlain ? "id" : "rowid";
  }

  /** {@return what is known of the rollups without a scan of the events} */
  public Status rollupStatus() {
    return answer(
        Status.UNREADABLE,
        new Completeness(),
        false,
        (handle, isPlain) -> status(Rollups.state(handle.attach(RollupDao.class))));
  }

  private static Status status(@Nullable State state) {
    return state == null || state.version() != RollupDao.VERSION
        ? Status.NOT_KEPT
        : state.isRight() ? Status.RIGHT : Status.OUT_OF_DATE;
  }

  /** {@return what a comparison of the rollups with all events finds} */
  public RollupCheck checkRollups() {
    return answer(
        RollupCheck.UNREADABLE,
        new Completeness(),
        true,
        (handle, isPlain) -> {
          RollupDao dao = handle.attach(RollupDao.class);
          State state = Rollups.state(dao);
          Status status = status(state);
          if (status != Status.RIGHT) {
            return new RollupCheck(status, dao.events(), 0, 0);
          }
          SqliteConnections.limit(handle, LONGEST_SCAN);
          RollupUpkeepDao upkeep = handle.attach(RollupUpkeepDao.class);
          upkeep.createDelta();
          if (state.watermark() != null) {
            upkeep.count("rowid <= :watermark", "TRUE", null, null, state.watermark());
          }
          long differences = upkeep.differences();
          return new RollupCheck(
              differences == 0 ? status : Status.WRONG,
              dao.events(),
              upkeep.counted(),
              differences);
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

  /** Something that is done to the rollups. */
  @FunctionalInterface
  private interface Work {
    boolean with(Rollups rollups) throws SQLException;
  }

  private boolean write(Work work) {
    if (!mayWrite || Files.notExists(file)) {
      return false;
    }
    try (Handle handle = openForWriting()) {
      return work.with(new Rollups(handle, null));
    } catch (Exception | LinkageError e) {
      faults.swallowed(e);
      return false;
    }
  }

  private Handle openForWriting() throws IOException, StoreException {
    DatabaseFile.prepare(PrivateFiles.target(file));
    return writing.open();
  }

  /** Brings the rollups up to date if much is missing and nobody else did, as time allows. */
  private void catchUp(Handle reader) {
    try {
      if (Rollups.backlog(Rollups.state(reader.attach(RollupDao.class))) > FEW) {
        try (Handle handle = openForWriting()) {
          ((SQLiteConnection) handle.getConnection()).setBusyTimeout(CATCH_UP_LOCK_MS);
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

  private <T> T count(
      T ifUnreadable, Completeness completeness, BiFunction<RollupDao, Boolean, T> query) {
    return answer(
        ifUnreadable,
        completeness,
        true,
        (handle, isPlain) -> query.apply(handle.attach(RollupDao.class), isPlain));
  }

  /** Asks once more, of nothing but the events, if the rollups are damaged. */
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
        return SqliteConnections.inTransaction(handle, () -> query.apply(handle, true));
      }
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      faults.swallowed(e);
      completeness.broken();
      return ifUnreadable;
    }
  }
}
