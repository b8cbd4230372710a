package dev.autoskill.telemetry.sqlite;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Spans of time that follow each other without gaps.
 *
 * @param starts when each begins, in order; at least one
 * @param end when the last one ends, itself not included; null: it does not end
 */
record Periods(List<Instant> starts, @Nullable Instant end) {

  static final Periods ALL = new Periods(List.of(Instant.MIN), null);

  static Periods one(@Nullable Instant since, @Nullable Instant until) {
    return new Periods(List.of(since == null ? Instant.MIN : since), until);
  }

  int count() {
    return starts.size();
  }

  boolean isAll() {
    return equals(ALL);
  }

  /** The place of the period that a moment is in; -1 if it is in none. */
  int indexOf(Instant instant) {
    if (end != null && !instant.isBefore(end)) {
      return -1;
    }
    int found = Collections.binarySearch(starts, instant);
    if (found < 0) {
      return -found - 2;
    }
    // Where a zone skipped a whole day, that day's period is empty and begins with the next.
    return starts.subList(found, starts.size()).lastIndexOf(instant) + found;
  }

  /** The UTC days that are not wholly in one period or wholly in none. */
  TreeSet<Long> cutDays() {
    TreeSet<Long> days = new TreeSet<>();
    starts.forEach(start -> addIfCut(days, start));
    if (end != null) {
      addIfCut(days, end);
    }
    return days;
  }

  private static void addIfCut(TreeSet<Long> days, Instant boundary) {
    long day = Timestamps.dayOf(boundary);
    if (boundary.isAfter(Instant.MIN) && !Timestamps.startOfDay(day).equals(boundary)) {
      days.add(day);
    }
  }

  /**
   * The place of the period that a whole day counts for: the one it begins in, or else the first
   * one if that begins on this day; -1 if there is none.
   */
  int indexOfDay(long day) {
    int index = indexOf(Timestamps.startOfDay(day));
    return index < 0 && day == firstDay() && (end == null || starts.get(0).isBefore(end))
        ? 0
        : index;
  }

  long firstDay() {
    return Timestamps.dayOf(starts.get(0));
  }

  /** The last day that has a moment in a period. */
  long lastDay() {
    return end == null ? Long.MAX_VALUE : Timestamps.dayOf(end);
  }
}
