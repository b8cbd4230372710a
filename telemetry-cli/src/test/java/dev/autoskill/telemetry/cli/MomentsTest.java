package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

  private final Moments moments =
      new Moments(Clock.fixed(Instant.parse("2026-11-28T23:30:00Z"), ZoneId.of("Europe/Berlin")));

  @ParameterizedTest
  @CsvSource({
    "1d, 2026-11-28T23:00:00Z, 2026-11-28T23:00:00Z",
    "7d, 2026-11-22T23:00:00Z, 2026-11-22T23:00:00Z",
    "2w, 2026-11-15T23:00:00Z, 2026-11-15T23:00:00Z",
    "12h, 2026-11-28T11:30:00Z, 2026-11-28T11:30:00Z",
    "90m, 2026-11-28T22:00:00Z, 2026-11-28T22:00:00Z",
    "2026-11-20, 2026-11-19T23:00:00Z, 2026-11-20T23:00:00Z",
    "2026-11-20T10:00, 2026-11-20T09:00:00Z, 2026-11-20T09:00:00Z",
    "2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z",
    "2026-11-20T10:00:00+02:00, 2026-11-20T08:00:00Z, 2026-11-20T08:00:00Z"
  })
  void readsEveryForm(String text, Instant since, Instant until) {
    assertEquals(since, moments.since("--since", text));
    assertEquals(until, moments.until("--until", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "d", "-7d", "7 days", "2026-13-01", "2026-11-20T25:00", "T"})
  void refusesAnythingElseAndNamesTheOption(String text) {
    Failure failure = assertThrows(Failure.class, () -> moments.since("--since", text));
    assertEquals(2, failure.exitCode());
    assertEquals("--since must be " + Moments.FORMS + ": " + text, failure.getMessage());
  }

  @Test
  void lengthsAreExact() {
    assertEquals(Duration.ofDays(14), Moments.length("--older-than", "2w"));
  }
}
