package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.report.DurationHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What some uses add up to. Uses can be taken away again; only the first and the last timestamp do
 * not follow then.
 */
final class Tally {

  long uses;
  long successes;
  long failures;
  long partials;
  long skipped;
  final ExactSum totalMs = new ExactSum();

  /** The durations of skipped uses are apart, since comparisons leave those out. */
  final Buckets attemptedDurations = new Buckets();

  final Buckets skippedDurations = new Buckets();

  /** The least and the greatest timestamp in the order of their texts; null if there is no use. */
  @Nullable String first;

  @Nullable String last;

  /** Adds a use if {@code sign} is 1, and takes it away if it is -1. */
  void add(RawEvent event, int sign) {
    count(event.outcome(), sign);
    if (event.isTimed()) {
      time(event.outcome(), event.ms(), event.wholeMs(), sign);
    }
    if (sign > 0) {
      widen(event.timestamp());
    }
  }

  /** Adds a use, but not its timestamp. */
  void addUse(Outcome outcome, @Nullable Long durationMs) {
    count(outcome, 1);
    if (durationMs != null) {
      time(outcome, durationMs, durationMs, 1);
    }
  }

  /** Adds the duration of a use that was not skipped. */
  void addAttempt(long durationMs) {
    time(Outcome.SUCCESS, durationMs, durationMs, 1);
  }

  private void count(Outcome outcome, int sign) {
    uses += sign;
    switch (outcome) {
      case SUCCESS -> successes += sign;
      case FAILURE -> failures += sign;
      case PARTIAL -> partials += sign;
      case SKIPPED -> skipped += sign;
      case UNRECOGNISED -> {
        // Counts as a use, and as nothing else.
      }
    }
  }

  private void time(Outcome outcome, double ms, long wholeMs, int sign) {
    totalMs.add(ms, sign);
    Buckets durations = outcome == Outcome.SKIPPED ? skippedDurations : attemptedDurations;
    durations.add(DurationHistogram.bucketOf(wholeMs), sign);
  }

  /** Adds other uses if {@code sign} is 1, and takes them away if it is -1. */
  void add(Tally other, int sign) {
    uses += sign * other.uses;
    successes += sign * other.successes;
    failures += sign * other.failures;
    partials += sign * other.partials;
    skipped += sign * other.skipped;
    totalMs.add(other.totalMs, sign);
    attemptedDurations.add(other.attemptedDurations, sign);
    skippedDurations.add(other.skippedDurations, sign);
    if (sign > 0) {
      widen(other.first);
      widen(other.last);
    }
  }

  void widen(@Nullable String timestamp) {
    if (timestamp != null) {
      first = first == null || timestamp.compareTo(first) < 0 ? timestamp : first;
      last = last == null || timestamp.compareTo(last) > 0 ? timestamp : last;
    }
  }

  boolean isEmpty() {
    return uses == 0;
  }

  /** Whether adding this to another tally leaves that as it is; a difference may have no uses. */
  boolean addsNothing() {
    return (uses | successes | failures | partials | skipped) == 0
        && first == null
        && attemptedDurations.isZero()
        && skippedDurations.isZero()
        && Long.valueOf(0).equals(totalMs.wholeOrNull());
  }

  long durations() {
    return attemptedDurations.total() + skippedDurations.total();
  }

  @Nullable Long averageDurationMs() {
    return durations() == 0 ? null : (Long) totalMs.mean(durations());
  }

  DurationHistogram histogram() {
    DurationHistogram.Builder histogram = DurationHistogram.builder();
    attemptedDurations.addTo(histogram);
    skippedDurations.addTo(histogram);
    return histogram.build();
  }
}
