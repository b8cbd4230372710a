package dev.autoskill.telemetry.cli.html;

import dev.autoskill.telemetry.cli.output.Durations;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.SuccessRate.Interval;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as the page shows them, alike in every locale. */
final class PageFigures {

  private static final String NONE = "–";
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private PageFigures() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static String percent(double rate) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * rate);
  }

  static String rate(@Nullable SuccessRate rate) {
    return rate == null ? NONE : percent(rate.rate());
  }

  static String interval(@Nullable SuccessRate rate) {
    if (rate == null) {
      return "";
    }
    Interval interval = rate.interval95();
    return String.format(Locale.ROOT, "%.1f–%.1f %%", 100 * interval.low(), 100 * interval.high());
  }

  static String millis(@Nullable Long millis) {
    return millis == null ? NONE : Durations.words(millis);
  }

  static String moment(Instant moment, ZoneId zone) {
    return MINUTES.format(moment.atZone(zone));
  }

  /** A length or place in a drawing: more digits would not be seen. */
  static double rounded(double length) {
    return Math.round(10 * length) / 10.0;
  }
}
