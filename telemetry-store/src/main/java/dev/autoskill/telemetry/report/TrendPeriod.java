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
   * When the period that has a day begins.
   *
   * @param day the day
   * @return the period's first day
   */
  public LocalDate startOf(LocalDate day) {
    return this == DAY ? day : day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  /**
   * When the next period begins.
   *
   * @param start a period's first day
   * @return the first day of the period after it
   */
  public LocalDate next(LocalDate start) {
    return start.plusDays(this == DAY ? 1 : 7);
  }
}
