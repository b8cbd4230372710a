package dev.autoskill.telemetry.sqlite.pushed;

import dev.autoskill.telemetry.recording.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads how far a database was pushed, whoever did that: the process that deletes old events need
 * not be the one that pushes them. Pushes are made, and noted, by {@code telemetry-postgres}.
 */
public final class PushedEvents {

  /** How long after its last push a target counts: one that was given up keeps nothing for ever. */
  private static final Duration MEMORY = Duration.ofDays(30);

  private static final String IS_NOTED =
      """
      SELECT EXISTS (
        SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'autoskill_java_pushed')
      """;

  /**
   * The last event that was pushed stays, or the next push would begin anew. Where it is not in its
   * place, rowids were given anew, and nothing is known.
   */
  private static final String BEFORE_LAST =
      """
      SELECT MIN(COALESCE(
          (SELECT rowid FROM skill_telemetry WHERE rowid = watermark AND hex(id) = watermark_id),
          -9223372036854775807)) - 1
        FROM autoskill_java_pushed WHERE pushed_at >= :since
      """;

  private PushedEvents() {}

  /**
   * {@return the greatest rowid of the events that retention may delete, since no target waits for
   * them to which the database was pushed lately}
   *
   * @param handle a connection to a database with a table of events
   * @param time the clock
   * @param pushing the limit of a process that pushes itself; null: a person asks, whom nobody
   *     keeps from deleting
   * @param counted the limit in any case
   */
  public static long limit(
      Handle handle, TimeSource time, @Nullable LongSupplier pushing, long counted) {
    if (pushing == null) {
      return counted;
    }
    long here = Math.min(counted, pushing.getAsLong());
    return handle.createQuery(IS_NOTED).mapTo(boolean.class).one()
        ? Math.min(here, elsewhere(handle, Instant.ofEpochMilli(time.currentTimeMillis())))
        : here;
  }

  private static long elsewhere(Handle handle, Instant now) {
    return handle
        .createQuery(BEFORE_LAST)
        .bind("since", now.minus(MEMORY).toString())
        .mapTo(Long.class)
        .findOne()
        .orElse(Long.MAX_VALUE);
  }
}
