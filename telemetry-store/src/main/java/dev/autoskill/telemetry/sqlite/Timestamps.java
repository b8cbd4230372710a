package dev.autoskill.telemetry.sqlite;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Points in time as they stand in the table. */
final class Timestamps {

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

  private Timestamps() {}

  static String format(Instant timestamp) {
    return WRITTEN.format(timestamp);
  }

  /** Reads what this library or another program wrote; the epoch if it is no point in time. */
  static Instant parse(String text) {
    try {
      return READ.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
