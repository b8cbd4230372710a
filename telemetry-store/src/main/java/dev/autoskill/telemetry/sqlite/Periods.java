package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

  /** {@return a part of a day such that each period but the first begins at a multiple of it} */
  long unitMicros() {
    long unit = Timestamps.MICROS_PER_DAY;
    for (Instant start : starts.subList(1, starts.size())) {
      unit = BigInteger.valueOf(unit).gcd(BigInteger.valueOf(Timestamps.micros(start))).longValue();
    }
    return unit;
  }

  /** {@return the period with a moment; the first begins at any moment of a day} */
  int indexOf(long micros) {
    int found = Collections.binarySearch(starts, Timestamps.ofMicros(micros));
    int index = found >= 0 ? found : Math.max(0, -found - 2);
    // Where a zone skipped a whole day, that day's period is empty and begins with the next.
    while (index + 1 < starts.size() && starts.get(index + 1).equals(starts.get(index))) {
      index++;
    }
    return index;
  }

  TrendPoint point(int index, List<Uses> uses) {
    Instant end = index + 1 < starts.size() ? starts.get(index + 1) : until;
    return Uses.point(uses, dates.get(index), starts.get(index), end);
  }

  /** {@return a point per period, to be replaced where there are uses} */
  public List<TrendPoint> points() {
    return IntStream.range(0, starts.size())
        .mapToObj(index -> point(index, List.of()))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
