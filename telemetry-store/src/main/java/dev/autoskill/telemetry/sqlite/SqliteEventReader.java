package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.Export;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import dev.autoskill.telemetry.sqlite.Selection.Grouping;
import dev.autoskill.telemetry.writer.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries. A database that is missing or cannot be read has no events.
 *
 * <p>Safe for use by any number of threads; each query has a connection of its own, and sees the
 * database at one moment.
 */
public final class SqliteEventReader {

  private final Path file;
  private final Duration busyTimeout;
  private final Faults faults;
  private final @Nullable CatchUp catchUp;

  /** Null until the first query, since most programs ask none. */
  private volatile @Nullable Jdbi connections;

  /**
   * Makes a reader that never writes; opens nothing yet.
   *
   * @param file the database's file, which need not exist
   * @param busyTimeout how long to wait for other programs' locks
   * @param faults counts what is swallowed
   */
  public SqliteEventReader(Path file, Duration busyTimeout, Faults faults) {
    this(file, busyTimeout, faults, null);
  }

  /**
   * Makes a reader; opens nothing yet.
   *
   * @param file the database's file, which need not exist
   * @param busyTimeout how long to wait for other programs' locks
   * @param faults counts what is swallowed
   * @param queryTimeout how long a report may take to bring the rollups up to date first, so that
   *     later ones are quick
   * @param mayWrite whether it may do that
   */
  public SqliteEventReader(
      Path file, Duration busyTimeout, Duration queryTimeout, Faults faults, boolean mayWrite) {
    this(file, busyTimeout, faults, mayWrite ? queryTimeout : null);
  }

  SqliteEventReader(
      Path file, Duration busyTimeout, Faults faults, @Nullable Duration catchUpTime) {
    this.file = file;
    this.busyTimeout = busyTimeout;
    this.faults = faults;
    this.catchUp = catchUpTime == null ? null : new CatchUp(file, catchUpTime, faults);
  }

  /**
   * The effectiveness of skills.
   *
   * @param query which uses, and how the reports come
   * @param completeness is marked if the answer may be incomplete
   * @return a report a skill
   */
  public List<EffectivenessReport> reports(ReportQuery query, Completeness completeness) {
    Selection selection = select(query, periodsOf(query), Grouping.BY_SKILL_AND_AGENT);
    return query(
        completeness,
        List.of(),
        handle -> {
          UseReader reader = new UseReader(handle);
          return Reports.of(reader.read(selection).get(0), reader.words(), query);
        });
  }

  /**
   * What comparisons need to know of the uses that a query selects.
   *
   * @param query which uses; its order, limit and minimum mean nothing here
   * @return the summary, of all skills together
   */
  public UseSummary summary(ReportQuery query) {
    return summaries(List.of(query), new Completeness()).get(0);
  }

  /**
   * The same of several queries, which all see the database at the same moment.
   *
   * @param queries which uses
   * @param completeness is marked if the answer may be incomplete
   * @return a summary for each query
   */
  public List<UseSummary> summaries(List<ReportQuery> queries, Completeness completeness) {
    return query(
        completeness,
        Collections.nCopies(queries.size(), Reports.summary(new Tally())),
        handle -> queries.stream().map(query -> summary(handle, query)).toList());
  }

  private static UseSummary summary(Handle handle, ReportQuery query) {
    Selection selection = select(query, periodsOf(query), Grouping.TOGETHER);
    Uses uses = new UseReader(handle).read(selection).get(0);
    return Reports.summary(uses.of(Uses.ANY, Uses.ANY));
  }

  /**
   * Each skill's uses before and since a moment.
   *
   * @param start when the baseline begins
   * @param since when the baseline ends and the current window begins
   * @param completeness is marked if the answer may be incomplete
   * @return the windows by the skills' names
   */
  public Map<String, Windows> windows(Instant start, Instant since, Completeness completeness) {
    Periods periods = new Periods(List.of(start, since), null);
    Selection selection = new Selection(null, null, periods, Grouping.BY_SKILL);
    return query(
        completeness,
        Map.of(),
        handle -> {
          UseReader reader = new UseReader(handle);
          List<Uses> uses = reader.read(selection);
          Map<Long, Tally> before = Reports.bySkill(uses.get(0));
          Map<Long, Tally> after = Reports.bySkill(uses.get(1));
          Map<String, Windows> windows = new HashMap<>();
          // A skill that is in one window only has not changed.
          before.keySet().retainAll(after.keySet());
          Map<Long, String> names = reader.words().textsOf(before.keySet());
          before.forEach(
              (skill, tally) ->
                  windows.put(
                      names.getOrDefault(skill, ""),
                      new Windows(Reports.summary(tally), Reports.summary(after.get(skill)))));
          return windows;
        });
  }

  /**
   * What uses come to, day by day or week by week.
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
    Trend trend = new Trend(since, until, period, zone);
    Selection selection = select(query, trend.periods(), Grouping.TOGETHER);
    return query(
        completeness,
        // Without a database there are no uses, and that is what the periods say.
        trend.points(selection.noUses()),
        handle -> trend.points(new UseReader(handle).read(selection)));
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
    return query(completeness, List.of(), handle -> new NewestEvents(handle).of(skillName, limit));
  }

  /**
   * What is known of the rollups without a look at the events.
   *
   * @return {@link RollupCheck.Status#RIGHT} if nothing is known to be wrong
   */
  public RollupCheck.Status rollupStatus() {
    if (Files.notExists(file)) {
      return RollupCheck.Status.UNREADABLE;
    }
    try (Handle handle = connections().open()) {
      return RollupInspection.statusOf(new RollupStateReader(handle).state());
    } catch (Exception | LinkageError e) {
      faults.swallowed(e);
      return RollupCheck.Status.UNREADABLE;
    }
  }

  /**
   * Compares the rollups with the events. Takes a look at each event.
   *
   * @return what was found
   */
  public RollupCheck checkRollups() {
    return query(
        new Completeness(), RollupCheck.UNREADABLE, handle -> new RollupInspection(handle).check());
  }

  /**
   * Adds up all events anew, in short steps. What is known of events that retention deleted stays.
   *
   * @return whether that came to its end; if not, the next upkeep goes on with it
   */
  public boolean repairRollups() {
    return Files.exists(file) && catchUp != null && catchUp.startAgain();
  }

  /**
   * Deletes a skill's events.
   *
   * @param skillName the skill's name
   * @return whether that was possible
   */
  public boolean forget(String skillName) {
    if (catchUp == null) {
      return false;
    }
    if (Files.notExists(file)) {
      return true;
    }
    try (Handle handle = SqliteConnections.forWriting(file, busyTimeout).open()) {
      handle.attach(TelemetryDao.class).forget(skillName);
      return true;
    } catch (Exception | LinkageError e) {
      faults.swallowed(e);
      return false;
    }
  }

  /**
   * Writes all events in the order of their timestamps' texts, oldest first, as they are read.
   *
   * @param skillName the skill; null: every one
   * @param export where they go
   * @param completeness is marked if the answer may be incomplete
   * @throws IOException if they cannot be written there
   */
  public void export(
      @Nullable String skillName, Export<TelemetryEvent> export, Completeness completeness)
      throws IOException {
    Exception[] failed = new Exception[1];
    query(
        completeness,
        false,
        handle -> {
          try (Stream<TelemetryEvent> events =
              handle.attach(TelemetryDao.class).oldestEvents(skillName)) {
            for (Iterator<TelemetryEvent> next = events.iterator(); next.hasNext(); ) {
              TelemetryEvent event = next.next();
              try {
                export.write(event);
              } catch (IOException | RuntimeException e) {
                // The reader's own troubles are swallowed; this one is the caller's.
                failed[0] = e;
                return false;
              }
            }
          }
          return true;
        });
    if (failed[0] instanceof IOException refused) {
      throw refused;
    }
    if (failed[0] != null) {
      throw (RuntimeException) failed[0];
    }
  }

  /** Kept, since JDBI learns what its SQL objects are like once for each. */
  private Jdbi connections() {
    Jdbi known = connections;
    if (known == null) {
      known = SqliteConnections.forReading(file, busyTimeout);
      connections = known;
    }
    return known;
  }

  private static Periods periodsOf(ReportQuery query) {
    return Periods.one(query.since(), query.until());
  }

  private static Selection select(ReportQuery query, Periods periods, Grouping grouping) {
    return new Selection(query.skill(), query.agent(), periods, grouping);
  }

  private <T> T query(Completeness completeness, T ifUnreadable, Function<Handle, T> query) {
    if (Files.notExists(file)) {
      return ifUnreadable;
    }
    try (Handle handle = connections().open()) {
      if (catchUp != null) {
        catchUp.ifNeeded(handle);
      }
      return Transactions.call(handle, () -> query.apply(handle));
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      // Without rollups, a report of very many skills, agents and sessions may need too much
      // memory.
      faults.swallowed(e);
      completeness.broken();
      return ifUnreadable;
    }
  }

  List<EffectivenessReport> reports(ReportQuery query) {
    return reports(query.withSessions(), new Completeness());
  }

  Map<String, Windows> windows(Instant start, Instant since) {
    return windows(start, since, new Completeness());
  }

  List<TrendPoint> trend(
      ReportQuery query, Instant since, Instant until, TrendPeriod period, ZoneId zone) {
    return trend(query, since, until, period, zone, new Completeness());
  }

  List<TelemetryEvent> newestEvents(@Nullable String skillName, int limit) {
    return newestEvents(skillName, limit, new Completeness());
  }
}
