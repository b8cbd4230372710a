package dev.autoskill.telemetry.sqlite;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as the table holds them, and as the rollups count them. */
final class Timestamps {

  static final long MICROS_PER_DAY = 86_400_000_000L;

  private static final long MICROS_PER_SECOND = 1_000_000;

  /** Always three decimals, so that text order is time order. */
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  static String format(Instant moment) {
    return WRITTEN.format(moment);
  }

  /** {@return the moment in microseconds since the epoch, rounded up; the nearest that fits} */
  static long micros(Instant moment) {
    try {
      return Math.addExact(
          Math.multiplyExact(moment.getEpochSecond(), MICROS_PER_SECOND),
          (moment.getNano() + 999) / 1000);
    } catch (ArithmeticException e) {
      return moment.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  static Instant ofMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1000);
  }

  /** {@return the UTC day, counted from 1970-01-01} */
  static long dayOf(Instant moment) {
    return Math.floorDiv(moment.getEpochSecond(), MICROS_PER_DAY / MICROS_PER_SECOND);
  }

  /** {@return a text below all timestamps of the day and above those of earlier dates} */
  static String dateOf(long day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    return date.getYear() < 0 ? "" : date.getYear() > 9999 ? ":" : date.toString();
  }
}
