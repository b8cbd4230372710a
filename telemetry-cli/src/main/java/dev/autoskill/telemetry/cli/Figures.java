package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.cli.output.Cell;
import dev.autoskill.telemetry.cli.output.Durations;
import dev.autoskill.telemetry.cli.output.Numbers;
import dev.autoskill.telemetry.cli.output.Tone;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.SuccessRate.Interval;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Figures as people read them, alike in every table and in every locale. */
final class Figures {

  /** Stands for a figure that there is none of. */
  static final String NONE = "-";

  private static final double GOOD = 0.95;
  private static final double DOUBTFUL = 0.8;

  private Figures() {}

  static String count(long number) {
    return number < 100_000 ? String.valueOf(number) : Numbers.of(number, 0);
  }

  static String percent(double rate) {
    return Numbers.of(100 * rate, 1) + "%";
  }

  /** Coloured by the rate itself; the interval beside it says how sure that is. */
  static Cell rate(@Nullable SuccessRate rate) {
    if (rate == null) {
      return Cell.of(NONE);
    }
    double value = rate.rate();
    Tone tone = value >= GOOD ? Tone.GOOD : value >= DOUBTFUL ? Tone.DOUBTFUL : Tone.BAD;
    return new Cell(percent(value), tone);
  }

  static String interval(@Nullable SuccessRate rate) {
    if (rate == null) {
      return NONE;
    }
    Interval interval = rate.interval95();
    return Numbers.of(100 * interval.low(), 0) + "–" + Numbers.of(100 * interval.high(), 0) + "%";
  }

  static String pValue(double p) {
    return p < 0.0001 ? "< 0.0001" : "= " + Numbers.of(p, 4);
  }

  static String millis(@Nullable Long millis) {
    return millis == null ? NONE : Durations.words(millis);
  }

  /** How long ago on a terminal; the moment itself for whoever reads it later. */
  static String moment(Instant moment, Host host) {
    if (!host.isTerminal()) {
      return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
    Duration ago = Duration.between(moment, host.clock().instant());
    if (ago.toSeconds() < 60) {
      return ago.isNegative() ? moment.truncatedTo(ChronoUnit.SECONDS).toString() : "now";
    }
    return ago.toMinutes() < 60
        ? ago.toMinutes() + " min ago"
        : ago.toHours() < 48 ? ago.toHours() + " h ago" : ago.toDays() + " d ago";
  }
}
