package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports as anyone would work them out who looks at every event. */
final class NaiveReport {

  /** Some thirty years; what is longer counts as that. */
  private static final double LONGEST_MS = 1e12;

  record Row(
      String skill, String agent, String session, Double ms, Outcome outcome, String timestamp) {

    Instant at() {
      return moment(timestamp);
    }
  }

  /**
   * The forms of ISO 8601 that SQLite's date functions understand: a date, perhaps a time after a
   * {@code T} or a blank, perhaps an offset (else UTC).
   */
  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalEnd()
          .parseCaseInsensitive()
          .appendPattern("[XXX]")
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT);

  private NaiveReport() {}

  /** Reads a moment that this library or another program wrote; the epoch if it is none. */
  static Instant moment(String text) {
    try {
      return READ.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }

  static List<Row> rows(Connection connection) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM skill_telemetry")) {
      while (result.next()) {
        double ms = result.getDouble("duration_ms");
        boolean isTimed = !result.wasNull();
        rows.add(
            new Row(
                orElse(result.getString("skill_name"), ""),
                orElse(result.getString("agent_id"), "unknown"),
                orElse(result.getString("session_id"), ""),
                isTimed ? (Double) Math.max(-LONGEST_MS, Math.min(LONGEST_MS, ms)) : null,
                Outcome.ofText(orElse(result.getString("outcome"), "")),
                orElse(result.getString("timestamp"), "")));
      }
    }
    return rows;
  }

  private static String orElse(String text, String other) {
    return text == null ? other : text;
  }

  static List<EffectivenessReport> of(List<Row> rows, ReportQuery query) {
    Map<String, List<Row>> skills =
        rows.stream()
            .filter(row -> query.skill() == null || query.skill().equals(row.skill))
            .filter(row -> query.agent() == null || query.agent().equals(row.agent))
            .filter(row -> query.since() == null || !row.at().isBefore(query.since()))
            .filter(row -> query.until() == null || row.at().isBefore(query.until()))
            .collect(Collectors.groupingBy(Row::skill, TreeMap::new, Collectors.toList()));
    List<EffectivenessReport> reports = new ArrayList<>();
    skills.forEach((skill, uses) -> reports.add(of(skill, uses, query.sessions())));
    return reports.stream()
        .filter(report -> report.totalUses() >= query.minimumUses())
        .sorted(query.order().comparator())
        .limit(query.limit())
        .toList();
  }

  /** The selected rows of a window, whose end is not included; null: no end. */
  static List<Row> within(
      List<Row> rows, ReportQuery query, Instant since, @Nullable Instant until) {
    return rows.stream()
        .filter(row -> query.skill() == null || query.skill().equals(row.skill))
        .filter(row -> query.agent() == null || query.agent().equals(row.agent))
        .filter(row -> !row.at().isBefore(since))
        .filter(row -> until == null || row.at().isBefore(until))
        .toList();
  }

  static UseSummary summary(List<Row> uses) {
    List<Row> attempts = uses.stream().filter(row -> row.outcome != Outcome.SKIPPED).toList();
    return new UseSummary(attempts.size(), count(attempts, Outcome.SUCCESS), histogram(attempts));
  }

  static Map<String, Windows> windows(
      List<Row> rows, Instant start, Instant since, ReportQuery which) {
    Map<String, Windows> windows = new TreeMap<>();
    for (Row row : within(rows, which, since, which.until())) {
      ReportQuery query = ReportQuery.ALL.skill(row.skill);
      windows.put(
          row.skill,
          new Windows(
              summary(within(rows, query, start, since)),
              summary(within(rows, query, since, which.until()))));
    }
    return windows;
  }

  static Map<String, List<TrendPoint>> trends(
      List<Row> rows,
      ReportQuery query,
      Instant since,
      Instant until,
      TrendPeriod period,
      ZoneId zone) {
    Map<String, List<TrendPoint>> trends = new TreeMap<>();
    for (Row row : within(rows, query, since, until)) {
      trends.put(row.skill, trend(rows, query.skill(row.skill), since, until, period, zone));
    }
    return trends;
  }

  static List<TrendPoint> trend(
      List<Row> rows,
      ReportQuery query,
      Instant since,
      Instant until,
      TrendPeriod period,
      ZoneId zone) {
    List<TrendPoint> points = new ArrayList<>();
    LocalDate date = period.startOf(LocalDate.ofInstant(since, zone));
    for (Instant from = since; from.isBefore(until); ) {
      LocalDate next = period.next(date);
      Instant start = next.atStartOfDay(zone).toInstant();
      Instant end = start.isBefore(until) ? start : until;
      List<Row> uses = within(rows, query, from, end);
      long attempts = uses.size() - count(uses, Outcome.SKIPPED);
      DurationHistogram durations = histogram(uses);
      points.add(
          new TrendPoint(
              date,
              from,
              end,
              uses.size(),
              attempts == 0 ? null : new SuccessRate(count(uses, Outcome.SUCCESS), attempts),
              durations.percentileMs(50),
              durations.percentileMs(95)));
      date = next;
      from = start;
    }
    return points;
  }

  private static DurationHistogram histogram(List<Row> uses) {
    Map<Integer, Long> counts = new HashMap<>();
    uses.stream()
        .map(Row::ms)
        .filter(Objects::nonNull)
        .forEach(ms -> counts.merge(DurationHistogram.bucketOf((long) (double) ms), 1L, Long::sum));
    return new DurationHistogram(counts);
  }

  private static EffectivenessReport of(String skill, List<Row> uses, boolean withSessions) {
    long successes = count(uses, Outcome.SUCCESS);
    long skipped = count(uses, Outcome.SKIPPED);
    List<Double> durations = uses.stream().map(Row::ms).filter(Objects::nonNull).toList();
    BigDecimal sum = BigDecimal.ZERO;
    for (double ms : durations) {
      sum = sum.add(new BigDecimal(ms));
    }
    DurationHistogram built = histogram(uses);
    Long average =
        durations.isEmpty()
            ? null
            : (Long)
                sum.divide(BigDecimal.valueOf(durations.size()), 9, RoundingMode.HALF_EVEN)
                    .add(new BigDecimal("0.5"))
                    .setScale(0, RoundingMode.FLOOR)
                    .longValue();
    List<Instant> moments = uses.stream().map(Row::at).sorted().toList();
    long attempts = uses.size() - skipped;
    return new EffectivenessReport(
        skill,
        uses.size(),
        successes,
        count(uses, Outcome.FAILURE),
        Math.round(1000.0 * successes / uses.size()) / 1000.0,
        average,
        uses.stream().map(Row::agent).distinct().sorted().toList(),
        moments.get(moments.size() - 1),
        count(uses, Outcome.PARTIAL),
        skipped,
        attempts == 0 ? null : new SuccessRate(successes, attempts),
        built.percentileMs(50),
        built.percentileMs(90),
        built.percentileMs(95),
        built.percentileMs(99),
        moments.get(0),
        withSessions ? (Long) uses.stream().map(Row::session).distinct().count() : null);
  }

  private static long count(List<Row> uses, Outcome outcome) {
    return uses.stream().filter(row -> row.outcome == outcome).count();
  }
}
