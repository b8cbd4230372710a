package dev.autoskill.telemetry.report;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** How long the periods of a trend are. */
public enum TrendPeriod {
  /** A calendar day. */
  DAY,

  /** A week as in ISO 8601: from Monday to Sunday. */
  WEEK,

  /** A calendar month. */
  MONTH,

  /** A calendar year. */
  YEAR;

  /**
   * {@return the first day of the period that has a day}
   *
   * @param day the day
   */
  public LocalDate startOf(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case YEAR -> day.withDayOfYear(1);
    };
  }

  /**
   * {@return the first day of the next period}
   *
   * @param start a period's first day
   */
  public LocalDate next(LocalDate start) {
    return switch (this) {
      case DAY -> start.plusDays(1);
      case WEEK -> start.plusWeeks(1);
      case MONTH -> start.plusMonths(1);
      case YEAR -> start.plusYears(1);
    };
  }
}
