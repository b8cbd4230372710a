package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The periods of a trend, the first and the last perhaps cut short.
 *
 * @param dates their first days
 * @param starts their first moments
 * @param until the end of the last, not included
 */
public record Periods(List<LocalDate> dates, List<Instant> starts, Instant until) {

  /**
   * Cuts a window.
   *
   * @param since its beginning
   * @param until its end, not included
   * @param period the length of the periods
   * @param zone the zone in which days begin
   * @return its periods; none if it ends before it begins
   */
  public static Periods of(Instant since, Instant until, TrendPeriod period, ZoneId zone) {
    Periods periods = new Periods(new ArrayList<>(), new ArrayList<>(), until);
    LocalDate date = period.startOf(LocalDate.ofInstant(since, zone));
    for (Instant start = since; start.isBefore(until); ) {
      periods.dates.add(date);
      periods.starts.add(start);
      date = period.next(date);
      start = date.atStartOfDay(zone).toInstant();
    }
    return periods;
  }

  /** {@return whether there are none} */
  public boolean isEmpty() {
    return starts.isEmpty();
  }

  List<TrendPoint> points(Map<Long, Uses> found) {
    List<TrendPoint> points = new ArrayList<>(starts.size());
    for (int i = 0; i < starts.size(); i++) {
      Instant start = starts.get(i);
      Instant end = i + 1 < starts.size() ? starts.get(i + 1) : until;
      // Where a zone skipped a whole day, that day's period is empty and begins with the next.
      Uses uses =
          end.equals(start) ? Uses.NONE : found.getOrDefault(Timestamps.micros(start), Uses.NONE);
      points.add(uses.point(dates.get(i), start, end));
    }
    return List.copyOf(points);
  }
}
