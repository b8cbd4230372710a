package dev.autoskill.telemetry;

import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import dev.autoskill.telemetry.sqlite.Periods;
import dev.autoskill.telemetry.sqlite.Retention;
import dev.autoskill.telemetry.sqlite.SqliteEventReader;
import dev.autoskill.telemetry.sqlite.UseQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queries on a collector's database. Each answer includes everything recorded before the call, and
 * sees the database at one moment. A database that does not exist yet has no events.
 *
 * <p>No query throws because of the database. If it is locked or damaged, or a query takes longer
 * than the {@linkplain TelemetryConfig.Builder#queryTimeout query timeout}, the answer holds what
 * could be read, perhaps nothing, and {@link #isComplete()} says so.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Reports {

  private static final Duration LONGEST_TREND = Duration.ofDays(36_525);

  private final Assembly parts;
  private final Completeness completeness = new Completeness();

  Reports(Assembly parts) {
    this.parts = parts;
  }

  /**
   * {@return whether every answer that this object gave was complete; false if one may lack events}
   */
  public boolean isComplete() {
    return completeness.isComplete();
  }

  /** {@return why an answer may lack events, in plain words; null if every one was complete} */
  public @Nullable String whyIncomplete() {
    return completeness.why();
  }

  /**
   * {@return one report per skill, in the order of the query}
   *
   * @param query which uses, and the order and number of the reports
   */
  public List<EffectivenessReport> effectiveness(ReportQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    return uses(List.of(), of -> of.apply(query).reports());
  }

  /**
   * {@return by the names of skills, the most frequent errors of their failed uses, the most
   * frequent first} There are none unless {@linkplain TelemetryConfig.Builder#errors a setting}
   * kept them; those of events that retention deleted are gone.
   *
   * @param query which uses; its minimum, order and limit are ignored
   * @param mostPerSkill how many errors of each skill at most; at least 1
   */
  public Map<String, List<ErrorCount>> errors(ReportQuery query, int mostPerSkill) {
    Objects.requireNonNull(query, "query must not be null");
    if (mostPerSkill < 1) {
      throw new IllegalArgumentException("mostPerSkill must be at least 1: " + mostPerSkill);
    }
    return ask(Map.of(), reader -> reader.errors(query, mostPerSkill, completeness));
  }

  /**
   * {@return the newest events, newest first, and those of the same millisecond in the reverse
   * order of their storage}
   *
   * @param query which events, and how many at most; its minimum and order are ignored
   */
  public List<TelemetryEvent> events(ReportQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    return ask(List.of(), reader -> reader.newestEvents(query, completeness));
  }

  /**
   * The uses from one period to the next. Days of UTC come from the rollups; other zones require a
   * scan of the events.
   *
   * @param query which uses; needs a {@link ReportQuery#since()}; without an {@link
   *     ReportQuery#until()} the trend ends now. Its minimum, order and limit are ignored
   * @param period the length of the periods
   * @param zone where days begin at midnight
   * @return every period of the window in order, also those without uses; the first and the last
   *     may be cut short by the window; none if the window ends before it begins
   */
  public List<TrendPoint> trend(ReportQuery query, TrendPeriod period, ZoneId zone) {
    List<TrendPoint> periods = periods(query, period, zone);
    return trends(query, periods, false).values().stream().findAny().orElse(periods);
  }

  /**
   * The {@link #trend} of each skill, for about as much work as one of them.
   *
   * @param query as for a trend
   * @param period the length of the periods
   * @param zone where days begin at midnight
   * @return by name, the trends of the skills that were used in the window
   */
  public Map<String, List<TrendPoint>> trends(ReportQuery query, TrendPeriod period, ZoneId zone) {
    return trends(query, periods(query, period, zone), true);
  }

  private Map<String, List<TrendPoint>> trends(
      ReportQuery query, List<TrendPoint> periods, boolean bySkill) {
    if (periods.isEmpty()) {
      return Map.of();
    }
    ReportQuery ended = query.until(periods.get(periods.size() - 1).until());
    return uses(Map.of(), of -> of.apply(ended).trends(periods, bySkill));
  }

  private List<TrendPoint> periods(ReportQuery query, TrendPeriod period, ZoneId zone) {
    Instant since = requireSince(query);
    Objects.requireNonNull(period, "period must not be null");
    Objects.requireNonNull(zone, "zone must not be null");
    Instant until =
        query.until() == null
            ? Instant.ofEpochMilli(parts.time.currentTimeMillis())
            : query.until();
    if (Duration.between(since, until).compareTo(LONGEST_TREND) > 0) {
      throw new IllegalArgumentException(
          "query must not reach over more than 100 years: %s to %s".formatted(since, until));
    }
    return Periods.of(since, until, period, zone);
  }

  /**
   * {@return a summary per query, of all its skills together; all see the same moment}
   *
   * @param queries which uses; their minimum, order and limit are ignored
   */
  public List<UseSummary> summaries(List<ReportQuery> queries) {
    Objects.requireNonNull(queries, "queries must not be null");
    List<UseSummary> none = Collections.nCopies(queries.size(), UseSummary.NONE);
    return uses(none, of -> queries.stream().map(of).map(UseQuery::summary).toList());
  }

  /**
   * The uses of each skill in a window and in the time before it, to be compared.
   *
   * @param baselineStart the beginning of the time before the window
   * @param query the window; needs a {@link ReportQuery#since()}. Its minimum, order and limit are
   *     ignored
   * @return by name, the uses of the skills that were used in the window
   */
  public Map<String, Windows> windows(Instant baselineStart, ReportQuery query) {
    Objects.requireNonNull(baselineStart, "baselineStart must not be null");
    requireSince(query);
    return uses(Map.of(), of -> of.apply(query).windows(baselineStart));
  }

  private static Instant requireSince(ReportQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    if (query.since() == null) {
      throw new IllegalArgumentException("query must have a since");
    }
    return query.since();
  }

  /**
   * Passes events on, oldest first. They are read one by one, so that more of them take no more
   * memory.
   *
   * @param query which events; its minimum, order and limit are ignored
   * @param consumer gets the events; an exception that it throws ends this and comes through
   */
  public void forEachEvent(ReportQuery query, Consumer<TelemetryEvent> consumer) {
    Objects.requireNonNull(query, "query must not be null");
    Objects.requireNonNull(consumer, "consumer must not be null");
    ask(
        true,
        reader -> {
          reader.forEachEvent(query, consumer, completeness);
          return true;
        });
  }

  /**
   * {@return why the database would take no events, as far as reading it tells, in plain words;
   * null: it would, or there is none yet}
   */
  public @Nullable String databaseTrouble() {
    SqliteEventReader reader = parts.reader();
    return reader == null ? null : reader.trouble();
  }

  /**
   * {@return the result of a comparison of the rollups with all events, which takes seconds for
   * millions of events}
   */
  public RollupCheck checkRollups() {
    return ask(RollupCheck.UNREADABLE, SqliteEventReader::checkRollups);
  }

  /**
   * Counts all events anew, in short steps between which others may write. The counts of days that
   * retention deleted are retained.
   *
   * @return whether all were counted; what others write meanwhile is counted soon after. False too
   *     if telemetry is off, since nothing is counted then
   */
  public boolean repairRollups() {
    return ask(false, reader -> parts.recorder.isRecording() && reader.repairRollups());
  }

  /**
   * Forgets a skill: deletes its events, whoever stored them, and its counts and names in the
   * rollups. Events that another running program has not stored yet may still come.
   *
   * @param skillName the skill's name
   * @return whether nothing of it is left, also where telemetry is off
   */
  public boolean forget(String skillName) {
    Objects.requireNonNull(skillName, "skillName must not be null");
    return ask(false, reader -> reader.forget(skillName));
  }

  /**
   * Deletes events whose whole UTC day is older than an age, whoever stored them, in short steps
   * between which others may write. Reports still count them, as with {@linkplain
   * TelemetryConfig.Builder#retention retention}.
   *
   * @param age how old an event may become; not negative
   * @return whether that was possible, also where telemetry is off
   */
  public boolean prune(Duration age) {
    if (age.isNegative()) {
      throw new IllegalArgumentException("age must not be negative: " + age);
    }
    Retention retention = new Retention(age, null, parts.time, null);
    return ask(false, reader -> reader.prune(retention));
  }

  private <T> T uses(T ifThereIsNone, Function<Function<ReportQuery, UseQuery>, T> question) {
    return ask(ifThereIsNone, reader -> reader.uses(ifThereIsNone, completeness, question));
  }

  /** Asks the database once it holds everything recorded so far; there may be none. */
  private <T> T ask(T ifThereIsNone, Function<SqliteEventReader, T> question) {
    if (!parts.storeAll()) {
      completeness.broken("not all that waits in memory or in spools could be stored in time");
    }
    SqliteEventReader reader = parts.reader();
    if (reader == null) {
      completeness.broken("there is no database to read");
      return ifThereIsNone;
    }
    return question.apply(reader);
  }
}
