package dev.autoskill.telemetry.postgres;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Points in time as both databases hold them: in microseconds since 1970. */
final class Micros {

  private static final Instant EARLIEST = Instant.parse("-4000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("+200000-01-01T00:00:00Z");

  private Micros() {}

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** {@return the moment, rounded up, and the nearest that PostgreSQL knows; null for null} */
  static @Nullable Long of(@Nullable Instant moment) {
    if (moment == null) {
      return null;
    }
    Instant known = moment.isBefore(EARLIEST) ? EARLIEST : moment.isAfter(LATEST) ? LATEST : moment;
    return known.getEpochSecond() * 1_000_000 + (known.getNano() + 999) / 1000;
  }
}
