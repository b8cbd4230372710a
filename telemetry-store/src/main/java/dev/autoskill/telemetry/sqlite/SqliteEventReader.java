package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.Export;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck;
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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries. A database file that is missing has no events; whatever else keeps a query from
 * its answer marks it as incomplete.
 *
 * <p>Safe for use by any number of threads; each query has a connection of its own, and sees the
 * database at one moment.
 */
public final class SqliteEventReader {

  /** A report counts so few events itself. */
  private static final long FEW = 256;

  /** If the lock takes longer, counting is quicker. */
  private static final Duration CATCH_UP_LOCK_TIMEOUT = Duration.ofMillis(100);

  /** A check reads every event. */
  private static final Duration LONGEST_CHECK = Duration.ofHours(1);

  private final Path file;
  private final Duration queryTimeout;
  private final Faults faults;
  private final boolean mayWrite;
  private final Duration busyTimeout;

  /** Made once, since JDBI examines SQL objects once per Jdbi; null until needed. */
  private volatile @Nullable Jdbi reading;

  /**
   * Makes a reader; opens nothing yet.
   *
   * @param file the database's file, which need not exist
   * @param busyTimeout how long to wait for other programs' locks
   * @param queryTimeout how long a query may take, and how long it may bring the rollups up to date
   *     before
   * @param faults counts what is swallowed
   * @param mayWrite whether queries may bring the rollups up to date
   */
  public SqliteEventReader(
      Path file, Duration busyTimeout, Duration queryTimeout, Faults faults, boolean mayWrite) {
    this.file = file;
    this.busyTimeout = busyTimeout;
    this.queryTimeout = queryTimeout;
    this.faults = faults;
    this.mayWrite = mayWrite;
  }

  /**
   * The effectiveness of skills. Only the reports that are returned take up memory.
   *
   * @param query which uses, and how the reports come
   * @param completeness is marked if the answer may be incomplete
   * @return one report per skill
   */
  public List<EffectivenessReport> reports(ReportQuery query, Completeness completeness) {
    return answer(
        List.of(),
        completeness,
        (dao, isPlain) -> {
          UseQuery uses = new UseQuery(dao, isPlain, query.skill(), query.agent());
          uses.window(query.since(), query.until());
          Map<String, Long> sessions = query.sessions() ? uses.sessions() : Map.of();
          // The worst of those chosen so far comes first.
          PriorityQueue<EffectivenessReport> best =
              new PriorityQueue<>(query.order().comparator().reversed());
          uses.forEachSkill(
              (skill, sum) -> {
                if (sum.count() >= query.minimumUses()) {
                  best.add(
                      sum.report(
                          skill,
                          query.sessions() ? sessions.getOrDefault(skill, 0L) : null));
                  if (best.size() > query.limit()) {
                    best.remove();
                  }
                }
              });
          return best.stream().sorted(query.order().comparator()).toList();
        });
  }

  /**
   * What comparisons need to know of the uses that queries select; all see the same moment.
   *
   * @param queries which uses; order, limit and minimum mean nothing here
   * @param completeness is marked if the answer may be incomplete
   * @return a summary per query, of all skills together
   */
  public List<UseSummary> summaries(List<ReportQuery> queries, Completeness completeness) {
    UseSummary nothing = new Uses().summary();
    return answer(
        queries.stream().map(query -> nothing).toList(),
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

  /**
   * Each skill's uses before and since a moment.
   *
   * @param start when the baseline begins
   * @param since when the baseline ends and the current window begins
   * @param completeness is marked if the answer may be incomplete
   * @return the windows of skills that have uses in both, by name
   */
  public Map<String, Windows> windows(Instant start, Instant since, Completeness completeness) {
    return answer(
        Map.of(),
        completeness,
        (dao, isPlain) -> {
          UseQuery uses = new UseQuery(dao, isPlain, null, null);
          Map<String, UseSummary> before = new HashMap<>();
          uses.window(start, since);
          uses.forEachSkillsAttempts((skill, sum) -> before.put(skill, sum.summary()));
          Map<String, Windows> windows = new HashMap<>();
          uses.window(since, null);
          uses.forEachSkillsAttempts(
              (skill, sum) -> {
                UseSummary baseline = before.get(skill);
                if (baseline != null) {
                  windows.put(skill, new Windows(baseline, sum.summary()));
                }
              });
          return windows;
        });
  }

  /**
   * Uses day by day or week by week.
   *
   * @param query which uses; its window, order, limit and minimum mean nothing here
   * @param since the first moment that counts
   * @param until the first moment that no longer counts
   * @param period how long the periods are
   * @param zone where days begin at midnight
   * @param completeness is marked if the answer may be incomplete
   * @return every period of the window, also those without uses
   */
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
        answer(
            Map.of(),
            completeness,
            (dao, isPlain) -> {
              UseQuery uses = new UseQuery(dao, isPlain, query.skill(), query.agent());
              return uses.periods(starts, until);
            });
    List<TrendPoint> points = new ArrayList<>(starts.size());
    for (int i = 0; i < starts.size(); i++) {
      Instant end = i + 1 < starts.size() ? starts.get(i + 1) : until;
      // Where a zone skipped a whole day, that day's period is empty and begins with the next.
      Uses found = end.equals(starts.get(i)) ? null : sums.get(Timestamps.micros(starts.get(i)));
      Uses sum = found == null ? new Uses() : found;
      DurationHistogram durations = sum.durations();
      points.add(
          new TrendPoint(
              dates.get(i),
              starts.get(i),
              end,
              sum.count(),
              sum.attemptedSuccessRate(),
              durations.percentileMs(50),
              durations.percentileMs(95)));
    }
    return List.copyOf(points);
  }

  /**
   * The newest events.
   *
   * @param skillName the skill; null: every one
   * @param limit how many at most
   * @param completeness is marked if the answer may be incomplete
   * @return the events, newest first
   */
  public List<TelemetryEvent> newestEvents(
      @Nullable String skillName, int limit, Completeness completeness) {
    return answer(
        List.of(),
        completeness,
        handle -> {},
        (handle, isPlain) ->
            List.copyOf(
                handle
                    .attach(TelemetryDao.class)
                    .newestEvents(which(skillName), tie(isPlain), skillName, limit)));
  }

  /**
   * Writes all events in the order of their timestamps' texts, oldest first, as they are read.
   *
   * @param skillName the skill; null: every one
   * @param export where they go
   * @param completeness is marked if not all could be read
   * @throws IOException if they cannot be written there
   */
  public void export(
      @Nullable String skillName, Export<TelemetryEvent> export, Completeness completeness)
      throws IOException {
    Exception[] refused = {null};
    answer(
        false,
        completeness,
        handle -> {},
        (handle, isPlain) -> {
          try (Stream<TelemetryEvent> events =
              handle
                  .attach(TelemetryDao.class)
                  .oldestEvents(which(skillName), tie(isPlain), skillName)) {
            for (Iterator<TelemetryEvent> next = events.iterator(); next.hasNext(); ) {
              TelemetryEvent event = next.next();
              try {
                export.write(event);
              } catch (IOException | RuntimeException e) {
                // Failures of the database are swallowed; this one is the caller's.
                refused[0] = e;
                return false;
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

  /**
   * What is known of the rollups without a scan of the events.
   *
   * @return {@link RollupCheck.Status#RIGHT} if nothing is known to be wrong
   */
  public RollupCheck.Status rollupStatus() {
    return Files.notExists(file)
        ? RollupCheck.Status.UNREADABLE
        : answer(
            RollupCheck.Status.UNREADABLE,
            new Completeness(),
            handle -> {},
            (handle, isPlain) -> status(Rollups.state(handle.attach(RollupDao.class))));
  }

  private static RollupCheck.Status status(@Nullable State state) {
    return state == null || state.version() != RollupDao.VERSION
        ? RollupCheck.Status.NOT_KEPT
        : state.isRight() ? RollupCheck.Status.RIGHT : RollupCheck.Status.OUT_OF_DATE;
  }

  /**
   * Compares the rollups with the events, all of which are read.
   *
   * @return what was found
   */
  public RollupCheck checkRollups() {
    return answer(
        RollupCheck.UNREADABLE,
        new Completeness(),
        this::catchUp,
        (handle, isPlain) -> {
          RollupDao dao = handle.attach(RollupDao.class);
          State state = Rollups.state(dao);
          RollupCheck.Status status = status(state);
          if (status != RollupCheck.Status.RIGHT) {
            return new RollupCheck(status, dao.events(), 0, 0);
          }
          SqliteConnections.limit(handle, LONGEST_CHECK);
          RollupUpkeepDao upkeep = handle.attach(RollupUpkeepDao.class);
          upkeep.createDelta();
          if (state.watermark() != null) {
            upkeep.count("rowid <= :watermark", "TRUE", null, null, state.watermark());
          }
          long differences = upkeep.differences();
          return new RollupCheck(
              differences == 0 ? status : RollupCheck.Status.WRONG,
              dao.events(),
              upkeep.counted(),
              differences);
        });
  }

  /**
   * Counts all events anew, in short steps. The counts of events that retention deleted stay.
   *
   * @return whether all is counted; if not, the next upkeep goes on with it
   */
  public boolean repairRollups() {
    return write(
        rollups -> {
          rollups.startAgain();
          rollups.catchUp(Long.MAX_VALUE);
          return rollups.backlog() == 0;
        });
  }

  /**
   * Deletes the events of a skill, and all that the rollups hold of it.
   *
   * @param skillName the skill
   * @return whether it is gone
   */
  public boolean forget(String skillName) {
    return write(
rollups -> rollups.forget(skillName));
  }

  private static String which(@Nullable String skillName) {
    return skillName == null ? ":skill IS NULL" : "COALESCE(skill_name, '') = :skill";
  }

  /** Tables without rowids are read too. */
  private static String tie(boolean isPlain) {
    return isPlain ? "id" : "rowid";
  }

  /** Something that is done with an open database. */
  @FunctionalInterface
  private interface Work<T, R> {
    R with(T open) throws SQLException;
  }

  private boolean write(Work<Rollups, Boolean> work) {
    if (!mayWrite || Files.notExists(file)) {
      return false;
    }
    try (Handle handle = openForWriting(busyTimeout)) {
      return work.with(new Rollups(handle, null));
    } catch (Exception | LinkageError e) {
      faults.swallowed(e);
      return false;
    }
  }

  private Handle openForWriting(Duration lockTimeout) throws IOException, StoreException {
    DatabaseFile.prepare(PrivateFiles.target(file));
    return SqliteConnections.forWriting(file, lockTimeout).open();
  }

  /** Brings the rollups up to date if much is missing and nobody else did, as time allows. */
  private void catchUp(Handle reading) {
    if (!mayWrite
        || Rollups.backlog(Rollups.state(reading.attach(RollupDao.class))) <= FEW
        || !Files.isWritable(file)) {
      return;
    }
    try (Handle handle = openForWriting(CATCH_UP_LOCK_TIMEOUT)) {
      SqliteConnections.limit(handle, queryTimeout);
      new Rollups(handle, null).catchUp(queryTimeout.toNanos());
    } catch (Exception e) {
      if (!SqliteConnections.isPassing(e)) {
        faults.swallowed(e);
      }
    }
  }

  private <T> T answer(
      T ifUnreadable, Completeness completeness, BiFunction<RollupDao, Boolean, T> query) {
    return answer(
        ifUnreadable,
        completeness,
        this::catchUp,
        (handle, isPlain) -> query.apply(handle.attach(RollupDao.class), isPlain));
  }

  /** Asks once more, of nothing but the events, if the rollups are damaged. */
  private <T> T answer(
      T ifUnreadable,
      Completeness completeness,
      Consumer<Handle> before,
      BiFunction<Handle, Boolean, T> query) {
    if (Files.notExists(file)) {
      return ifUnreadable;
    }
    try (Handle handle = reading().open()) {
      before.accept(handle);
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

  private Jdbi reading() {
    Jdbi known = reading;
    if (known == null) {
      known = SqliteConnections.forReading(file, busyTimeout);
      reading = known;
    }
    return known;
  }
}
