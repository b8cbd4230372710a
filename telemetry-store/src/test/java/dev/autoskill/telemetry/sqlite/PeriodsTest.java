package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodsTest {

  private static final ZoneId SAMOA = ZoneId.of("Pacific/Apia");

  /** Samoa had no 30 December 2011. */
  @Test
  void aDayThatAZoneSkippedIsEmpty() {
    Instant since = Instant.parse("2011-12-30T01:00:00Z"); // the 29th, 15:00
    Instant midnight = Instant.parse("2011-12-30T10:00:00Z");
    Instant until = Instant.parse("2011-12-31T12:00:00Z");

    List<TrendPoint> periods = Periods.of(since, until, TrendPeriod.DAY, SAMOA);

    assertEquals(
        List.of(
            empty(29, since, midnight),
            empty(30, midnight, midnight),
            empty(31, midnight, Instant.parse("2011-12-31T10:00:00Z")),
            new TrendPoint(
                LocalDate.of(2012, 1, 1),
                Instant.parse("2011-12-31T10:00:00Z"),
                until,
                0,
                null,
                null,
                null)),
        periods);
    assertEquals(0, Periods.indexOf(periods, Timestamps.micros(since) - 1));
    assertEquals(0, Periods.indexOf(periods, Timestamps.micros(midnight) - 1));
    assertEquals(2, Periods.indexOf(periods, Timestamps.micros(midnight)));
    assertEquals(3, Periods.indexOf(periods, Timestamps.micros(until)));
  }

  private static TrendPoint empty(int dayOfDecember, Instant from, Instant until) {
    return new TrendPoint(LocalDate.of(2011, 12, dayOfDecember), from, until, 0, null, null, null);
  }
}
