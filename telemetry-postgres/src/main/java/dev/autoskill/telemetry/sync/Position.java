package dev.autoskill.telemetry.sync;

import org.jspecify.annotations.Nullable;

/**
 * A place in a local table: everything up to it was pushed, as long as the same event is there.
 *
 * @param row the event's rowid
 * @param id the event's id in hexadecimal digits, which no text encoding changes
 */
public record Position(long row, String id) {

  /** Before every event. */
  public static final Position START = new Position(Long.MIN_VALUE, "");

  /** {@return the greatest rowid before it; the least one there is, if it is the start} */
  long rowBefore() {
    return Math.max(row, Long.MIN_VALUE + 1) - 1;
  }

  /**
   * {@return the earlier one}
   *
   * @param one a place
   * @param other another one; null: the start
   */
  public static Position earlier(Position one, @Nullable Position other) {
    return other == null ? START : other.row() < one.row() ? other : one;
  }
}
