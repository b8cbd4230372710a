package dev.autoskill.telemetry.report;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** How long the periods of a trend are. */
public enum TrendPeriod {
  /** A calendar day. */
  DAY,

  /** A week as in ISO 8601: from Monday to Sunday. */
  WEEK;

  /**
   * {@return the first day of the period that has a day}
   *
   * @param day the day
   */
  public LocalDate startOf(LocalDate day) {
    return this == DAY ? day : day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  /**
   * {@return the first day of the next period}
   *
   * @param start a period's first day
   */
  public LocalDate next(LocalDate start) {
    return start.plusDays(this == DAY ? 1 : 7);
  }
}
