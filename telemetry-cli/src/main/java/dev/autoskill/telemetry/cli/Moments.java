package dev.autoskill.telemetry.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads moments: {@code 7d} (today and the six days before it), {@code 2w}, {@code 12h} (exactly),
 * {@code 2026-11-22}, {@code 2026-11-22T10:00}, {@code 2026-11-22T10:00:00Z}.
 */
final class Moments {

  static final String FORMS = "7d, 2w, 12h, a date, or an instant of ISO 8601";

  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([mhdw])");

  private final Clock clock;

  Moments(Clock clock) {
    this.clock = clock;
  }

  /** The beginning of a window. */
  Instant since(String option, String text) {
    return read(option, text, false);
  }

  /** The end of a window, not included; a date stands for the end of its day. */
  Instant until(String option, String text) {
    return read(option, text, true);
  }

  /** Today and some days before it. */
  Instant daysAgo(long days) {
    return startOf(LocalDate.now(clock).minusDays(days - 1));
  }

  /** A length of time, such as the age of an event. */
  static Duration length(String option, String text) {
    Matcher ago = AGO.matcher(text);
    if (!ago.matches()) {
      throw Failure.usage("%s must be a time such as 90d, 4w or 12h: %s".formatted(option, text));
    }
    long number = Long.parseLong(ago.group(1));
    return switch (ago.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }

  private Instant read(String option, String text, boolean isEnd) {
    try {
      if (AGO.matcher(text).matches()) {
        Duration length = length(option, text);
        boolean isOfDays = text.endsWith("d") || text.endsWith("w");
        return isOfDays && length.toDays() > 0
            ? daysAgo(length.toDays())
            : clock.instant().minus(length);
      }
      if (!text.contains("T")) {
        LocalDate date = LocalDate.parse(text);
        return startOf(isEnd ? date.plusDays(1) : date);
      }
      boolean hasOffset = text.matches(".*([Zz]|[+-]\\d\\d:?\\d\\d)");
      return hasOffset
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).atZone(clock.getZone()).toInstant();
    } catch (DateTimeException e) {
      throw Failure.usage("%s must be %s: %s".formatted(option, FORMS, text));
    }
  }

  private Instant startOf(LocalDate date) {
    return date.atStartOfDay(clock.getZone()).toInstant();
  }
}
