package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The periods of a trend: days or weeks of a zone, the first and the last perhaps cut short. */
final class Trend {

  private final List<LocalDate> dates = new ArrayList<>();
  private final List<Instant> starts = new ArrayList<>();
  private final Instant until;

  Trend(Instant since, Instant until, TrendPeriod period, ZoneId zone) {
    this.until = until;
    LocalDate date = period.startOf(LocalDate.ofInstant(since, zone));
    Instant start = since;
    while (start.isBefore(until)) {
      dates.add(date);
      starts.add(start);
      date = period.next(date);
      start = date.atStartOfDay(zone).toInstant();
    }
  }

  Periods periods() {
    return new Periods(starts, until);
  }

  List<TrendPoint> points(List<Uses> uses) {
    List<TrendPoint> points = new ArrayList<>(uses.size());
    for (int i = 0; i < uses.size(); i++) {
      Tally tally = uses.get(i).of(Uses.ANY, Uses.ANY);
      DurationHistogram durations = tally.histogram();
      points.add(
          new TrendPoint(
              dates.get(i),
              starts.get(i),
              i + 1 < starts.size() ? starts.get(i + 1) : until,
              tally.uses,
              Reports.attemptedSuccessRate(tally),
              durations.percentileMs(50),
              durations.percentileMs(95)));
    }
    return List.copyOf(points);
  }
}
