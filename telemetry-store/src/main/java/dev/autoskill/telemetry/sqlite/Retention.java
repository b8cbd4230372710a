package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.writer.TimeSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long events are kept.
 *
 * @param age how old an event may become; null: as old as it likes
 * @param maxBytes how large the database may become, without the pages that are free; null: as
 *     large as it likes
 * @param time says how old events are
 */
public record Retention(@Nullable Duration age, @Nullable Long maxBytes, TimeSource time) {

  /** The first UTC day whose events are kept because of their age; null: age does not matter. */
  @Nullable Long firstDay() {
    return age == null
        ? null
        : (Long) Timestamps.dayOf(Instant.ofEpochMilli(time.currentTimeMillis()).minus(age));
  }
}
