package dev.autoskill.telemetry.sqlite;

import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * How far the order of the timestamps' texts, which is the order of the index, is the order of
 * time; and so between which texts all events of a day are found.
 */
final class TextOrder {

  /** All have one of the two common forms: a day's events are between its date and the next. */
  static final int NONE = 0;

  /** Some have an offset or no {@code T}: a day's events have its date or a neighbour's. */
  static final int DAY = 1;

  /** Some are no dates at all: a day's events may be anywhere. */
  static final int ANY = 2;

  private static final int DATE_LENGTH = 10;
  private static final String AFTER_ALL_DATES = ":";

  /** Dates outside these have no four digits for the year, or one that is negative. */
  private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();

  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  private TextOrder() {}

  static int disorder(RawEvent event) {
    String text = event.timestamp();
    if (Timestamps.parseCommonForm(text) != null) {
      return NONE;
    }
    LocalDate day = event.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    for (long shift = -1; shift <= 1; shift++) {
      String date = day.plusDays(shift).toString();
      if (date.length() == DATE_LENGTH && text.startsWith(date)) {
        return DAY;
      }
    }
    return ANY;
  }

  /** The text that a day's events do not come before. */
  static String from(long day, int disorder) {
    long first = day - disorder;
    return first < FIRST_DAY
        ? ""
        : first > LAST_DAY ? AFTER_ALL_DATES : LocalDate.ofEpochDay(first).toString();
  }

  /** The text that a day's events come before. */
  static String to(long day, int disorder) {
    return from(day + 1 + 2L * disorder, disorder);
  }
}
