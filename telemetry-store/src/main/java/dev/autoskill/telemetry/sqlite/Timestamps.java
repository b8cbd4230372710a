package dev.autoskill.telemetry.sqlite;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Points in time as they stand in the table. */
final class Timestamps {

  private static final long SECONDS_A_DAY = 86_400;

  /** Always three decimals, so that the order of the texts is the order of the times. */
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** ISO 8601 with {@code T} or a blank, any number of decimals, and any offset or none (UTC). */
  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalEnd()
          .appendPattern("[XXX][XX][X]")
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
          .toFormatter(Locale.ROOT);

  /** Years outside these have a sign, or more than four digits. */
  private static final long FIRST_SECOND = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private Timestamps() {}

  /** Whether its text is one of those whose order is the order of time. */
  static boolean isOrdered(Instant timestamp) {
    long second = timestamp.getEpochSecond();
    return second >= FIRST_SECOND && second <= LAST_SECOND;
  }

  static String format(Instant timestamp) {
    return WRITTEN.format(timestamp);
  }

  /**
   * The milliseconds since the epoch if {@link TimestampText#of(long)} would give just this text.
   */
  static @Nullable Long millisIfWrittenHere(String text) {
    if (text.length() != 24 || text.charAt(23) != 'Z') {
      return null;
    }
    Instant instant = parseCommonForm(text);
    return instant == null ? null : (Long) instant.toEpochMilli();
  }

  /** Reads what this library or another program wrote; the epoch if it is no point in time. */
  static Instant parse(String text) {
    Instant parsed = parseOrNull(text);
    return parsed == null ? Instant.EPOCH : parsed;
  }

  /** The same; null if it is no point in time. */
  static @Nullable Instant parseOrNull(String text) {
    Instant common = parseCommonForm(text);
    if (common != null) {
      return common;
    }
    try {
      return READ.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The UTC day, counted from 1970-01-01. */
  static long dayOf(Instant instant) {
    return Math.floorDiv(instant.getEpochSecond(), SECONDS_A_DAY);
  }

  static Instant startOfDay(long day) {
    return Instant.ofEpochSecond(Math.multiplyExact(day, SECONDS_A_DAY));
  }

  /**
   * Reads the two forms that nearly all rows have, {@code 2026-11-22T12:24:51.379Z} and {@code
   * 2026-11-22T12:24:52.262047+00:00}, twenty times as fast as a formatter does. Texts of these
   * forms stand in the order of their dates.
   *
   * @return null if the text has another form, or is not of a calendar day
   */
  static @Nullable Instant parseCommonForm(String text) {
    int length = text.length();
    int end =
        text.endsWith("Z") ? length - 1 : text.endsWith("+00:00") ? length - "+00:00".length() : 0;
    if (end < 21
        || end > 29
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || text.charAt(19) != '.') {
      return null;
    }
    int year = digits(text, 0, 4);
    int month = digits(text, 5, 7);
    int day = digits(text, 8, 10);
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, 19);
    int fraction = digits(text, 20, end);
    // One bit test for all of them: only a number that is missing is negative.
    if ((year | month | day | hour | minute | second | fraction) < 0
        || month < 1
        || month > 12
        || day < 1
        || day > 28 && day > LocalDate.of(year, month, 1).lengthOfMonth()
        || hour > 23
        || minute > 59
        || second > 59) {
      return null;
    }
    long seconds =
        LocalDate.of(year, month, day).toEpochDay() * SECONDS_A_DAY
            + hour * 3600L
            + minute * 60L
            + second;
    int nanos = fraction;
    for (int decimals = end - 20; decimals < 9; decimals++) {
      nanos *= 10;
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }

  /** The number that the digits make, or -1 if there is anything but digits. */
  private static int digits(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
