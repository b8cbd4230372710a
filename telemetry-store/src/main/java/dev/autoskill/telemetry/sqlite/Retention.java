package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.recording.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which events are deleted, whoever stored them.
 *
 * @param age how old an event may become; null: any age
 * @param maxBytes how large the database may become, free pages not counted; null: any size
 * @param time tells how old events are
 * @param last tells the greatest rowid of events that may go; null: also those that a push needs
 */
public record Retention(
    @Nullable Duration age, @Nullable Long maxBytes, TimeSource time, @Nullable LongSupplier last) {

  /** {@return the start of the first UTC day that may stay; null: age does not matter} */
  @Nullable Instant firstDay() {
    return age == null
        ? null
        : Instant.ofEpochMilli(time.currentTimeMillis()).minus(age).truncatedTo(ChronoUnit.DAYS);
  }
}
