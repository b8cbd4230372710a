package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The periods of a trend: a point without uses for each. The first and the last may be cut. */
public final class Periods {

  private Periods() {}

  /**
   * Cuts a window.
   *
   * @param since its beginning
   * @param until its end, not included
   * @param period the length of the periods
   * @param zone the zone in which days begin
   * @return its periods; none if it ends before it begins
   */
  public static List<TrendPoint> of(Instant since, Instant until, TrendPeriod period, ZoneId zone) {
    List<TrendPoint> periods = new ArrayList<>();
    LocalDate date = period.startOf(LocalDate.ofInstant(since, zone));
    for (Instant start = since; start.isBefore(until); ) {
      LocalDate next = period.next(date);
      Instant end = next.atStartOfDay(zone).toInstant();
      periods.add(
          new TrendPoint(date, start, end.isBefore(until) ? end : until, 0, null, null, null));
      date = next;
      start = end;
    }
    return periods;
  }

  /** {@return a part of a day such that each period but the first begins at a multiple of it} */
  static long unitMicros(List<TrendPoint> periods) {
    BigInteger unit = BigInteger.valueOf(Timestamps.MICROS_PER_DAY);
    for (TrendPoint period : periods.subList(1, periods.size())) {
      unit = unit.gcd(BigInteger.valueOf(Timestamps.micros(period.from())));
    }
    return unit.longValue();
  }

  /** {@return the number of the period with a moment; the first begins at any moment of a day} */
  static int indexOf(List<TrendPoint> periods, long micros) {
    Instant moment = Timestamps.ofMicros(micros);
    int index = 0;
    int end = periods.size();
    while (end - index > 1) {
      int middle = (index + end) / 2;
      // Where a zone skipped a whole day, two begin at once, and the first of them is empty.
      if (periods.get(middle).from().isAfter(moment)) {
        end = middle;
      } else {
        index = middle;
      }
    }
    return index;
  }
}
