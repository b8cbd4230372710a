package dev.autoskill.telemetry.sqlite;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Writes what {@link Timestamps#format(Instant)} writes, ten times as fast: a formatter takes a
 * tenth of the time in which an event is stored.
 */
final class TimestampText {

  private static final byte[] PATTERN =
      "0000-00-00T00:00:00.000Z".getBytes(StandardCharsets.ISO_8859_1);

  private static final int NANOS_A_MILLI = 1_000_000;

  private TimestampText() {}

  static String of(long epochMillis) {
    return of(Instant.ofEpochMilli(epochMillis));
  }

  static String of(Instant timestamp) {
    if (!Timestamps.isOrdered(timestamp)) {
      return Timestamps.format(timestamp);
    }
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(
            timestamp.getEpochSecond(), timestamp.getNano(), ZoneOffset.UTC);
    byte[] text = PATTERN.clone();
    put(text, 4, utc.getYear());
    put(text, 7, utc.getMonthValue());
    put(text, 10, utc.getDayOfMonth());
    put(text, 13, utc.getHour());
    put(text, 16, utc.getMinute());
    put(text, 19, utc.getSecond());
    put(text, 23, utc.getNano() / NANOS_A_MILLI);
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Puts a number's digits before the end; what is before them are zeros already. */
  private static void put(byte[] text, int end, int number) {
    int place = end;
    for (int left = number; left > 0; left /= 10) {
      text[--place] = (byte) ('0' + left % 10);
    }
  }
}
