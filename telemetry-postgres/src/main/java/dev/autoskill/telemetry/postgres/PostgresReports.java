package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.postgres.ReportDao.Filter;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import dev.autoskill.telemetry.sqlite.Periods;
import dev.autoskill.telemetry.sync.SyncException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Queries on the events that were pushed to a server, of all sources together. They answer as those
 * of a local database do, in the same numbers; each sees the server at one moment. Only the order
 * of events of the same microsecond differs: here it is that of their ids.
 *
 * <p>Every method throws a {@link SyncException} if the server cannot be asked, takes too long, or
 * has no tables of this library's.
 *
 * <p>Safe for use by any number of threads; each query has a connection of its own.
 */
public final class PostgresReports {

  private static final Duration LONGEST_TREND = Duration.ofDays(36_525);
  private static final Long[] NO_PERIODS = {};

  private final RemoteDatabase server;
  private final InstantSource time;

  /**
   * Prepares queries; connects to nothing yet.
   *
   * @param target the server's database
   * @param timeout how long the server may take for a query
   * @param time tells where a trend ends that has no end
   */
  public PostgresReports(PostgresTarget target, Duration timeout, InstantSource time) {
    Objects.requireNonNull(target, "target must not be null");
    this.server = new RemoteDatabase(target, timeout);
    this.time = Objects.requireNonNull(time, "time must not be null");
  }

  /**
   * {@return one report per skill, in the order of the query}
   *
   * @param query which uses, and the order and number of the reports
   */
  public List<EffectivenessReport> effectiveness(ReportQuery query) {
    Filter filter = filter(query);
    return ask(
        uses -> {
          Map<String, Tally> skills = new HashMap<>();
          uses.count(
              filter,
              NO_PERIODS,
              (skill, period) -> skills.computeIfAbsent(skill, s -> new Tally()));
          Map<String, Long> sessions = query.sessions() ? uses.sessions(filter) : Map.of();
          return skills.entrySet().stream()
              .filter(skill -> skill.getValue().uses() >= query.minimumUses())
              .map(skill -> skill.getValue().report(skill.getKey(), sessions.get(skill.getKey())))
              .sorted(query.order().comparator())
              .limit(query.limit())
              .toList();
        });
  }

  /**
   * {@return the newest events, newest first}
   *
   * @param query which events, and how many at most; its minimum and order are ignored
   */
  public List<TelemetryEvent> events(ReportQuery query) {
    Filter filter = filter(query);
    return ask(uses -> uses.newest(filter, query.limit()));
  }

  /**
   * The uses from one period to the next.
   *
   * @param query which uses; needs a {@link ReportQuery#since()}; without an {@link
   *     ReportQuery#until()} the trend ends now. Its minimum, order and limit are ignored
   * @param period the length of the periods
   * @param zone where days begin at midnight
   * @return every period of the window in order, also those without uses; none if the window ends
   *     before it begins
   */
  public List<TrendPoint> trend(ReportQuery query, TrendPeriod period, ZoneId zone) {
    Window window = window(query, period, zone);
    List<Tally> tallies = window.tallies();
    count(window, (skill, no) -> tallies.get(no - 1));
    return window.points(tallies);
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
    Window window = window(query, period, zone);
    Map<String, List<Tally>> skills = new HashMap<>();
    count(window, (skill, no) -> skills.computeIfAbsent(skill, s -> window.tallies()).get(no - 1));
    Map<String, List<TrendPoint>> trends = new HashMap<>();
    skills.forEach((skill, tallies) -> trends.put(skill, window.points(tallies)));
    return trends;
  }

  private void count(Window window, Tally.Finder tallies) {
    if (!window.periods().isEmpty()) {
      ask(
          uses -> {
            uses.count(window.filter(), window.starts(), tallies);
            return tallies;
          });
    }
  }

  /** Some uses, cut into periods. */
  private record Window(Filter filter, List<TrendPoint> periods) {

    private Long[] starts() {
      return periods.stream().map(TrendPoint::from).map(Micros::of).toArray(Long[]::new);
    }

    private List<Tally> tallies() {
      return Stream.generate(Tally::new).limit(periods.size()).toList();
    }

    private List<TrendPoint> points(List<Tally> tallies) {
      return IntStream.range(0, periods.size())
          .mapToObj(no -> tallies.get(no).point(periods.get(no)))
          .toList();
    }
  }

  private Window window(ReportQuery query, TrendPeriod period, ZoneId zone) {
    Filter filter = filter(query);
    Objects.requireNonNull(period, "period must not be null");
    Objects.requireNonNull(zone, "zone must not be null");
    Instant since = requireSince(query);
    Instant until = query.until() == null ? time.instant() : query.until();
    if (Duration.between(since, until).compareTo(LONGEST_TREND) > 0) {
      throw new IllegalArgumentException("query must not reach over more than 100 years");
    }
    return new Window(filter.until(Micros.of(until)), Periods.of(since, until, period, zone));
  }

  private static Instant requireSince(ReportQuery query) {
    if (query.since() == null) {
      throw new IllegalArgumentException("query must have a since");
    }
    return query.since();
  }

  /**
   * {@return a summary per query, of all its skills together; all see the same moment}
   *
   * @param queries which uses; their minimum, order and limit are ignored
   */
  public List<UseSummary> summaries(List<ReportQuery> queries) {
    Objects.requireNonNull(queries, "queries must not be null");
    return ask(uses -> queries.stream().map(query -> summary(uses, filter(query))).toList());
  }

  private static UseSummary summary(RemoteUses uses, Filter filter) {
    Tally all = new Tally();
    uses.count(filter, NO_PERIODS, (skill, period) -> all);
    return all.summary();
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
    Filter window = filter(query);
    Long since = Micros.of(requireSince(query));
    Map<String, Tally> before = new HashMap<>();
    Map<String, Tally> after = new HashMap<>();
    return ask(
        uses -> {
          uses.count(
              window.since(Micros.of(baselineStart)),
              new Long[] {since},
              (skill, period) ->
                  (period == 0 ? before : after).computeIfAbsent(skill, s -> new Tally()));
          Map<String, Windows> windows = new HashMap<>();
          after.forEach(
              (skill, current) -> {
                UseSummary baseline = before.getOrDefault(skill, new Tally()).summary();
                windows.put(skill, new Windows(baseline, current.summary()));
              });
          return windows;
        });
  }

  /** {@return what has come to the server; null if the user may not read that} */
  public @Nullable Arrivals arrivals() {
    return ask(RemoteUses::arrivals);
  }

  private static Filter filter(ReportQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    return Filter.of(query);
  }

  private <T extends @Nullable Object> T ask(Function<RemoteUses, T> question) {
    return server.with(
        handle -> {
          handle.setReadOnly(true);
          return handle.inTransaction(
              TransactionIsolationLevel.REPEATABLE_READ,
              transaction -> {
                if (!Schema.isThere(transaction)) {
                  throw SyncException.of(server.name() + ": nothing has been pushed there yet");
                }
                return question.apply(new RemoteUses(transaction));
              });
        });
  }
}
