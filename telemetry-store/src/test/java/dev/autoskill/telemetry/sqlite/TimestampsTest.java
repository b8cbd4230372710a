package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T12:24:51Z,       2026-11-22T12:24:51.000Z",
    "2026-11-22T12:24:51.3Z,     2026-11-22T12:24:51.300Z",
    "2026-11-22T12:24:00Z,       2026-11-22T12:24:00.000Z",
    "2026-11-22T12:24:51.9999Z,  2026-11-22T12:24:51.999Z"
  })
  void writesThreeDecimals(Instant timestamp, String expected) {
    assertEquals(expected, Timestamps.format(timestamp));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T12:24:51.379Z,         2026-11-22T12:24:51.379Z",
    "2026-11-22T12:24:52.262047+00:00, 2026-11-22T12:24:52.262047Z",
    "2026-11-22T13:24:51+01:00,        2026-11-22T12:24:51Z",
    "2026-11-22T13:24:51+0100,         2026-11-22T12:24:51Z",
    "2026-11-22T13:24:51+01,           2026-11-22T12:24:51Z",
    "2026-11-22T12:24:51.379,          2026-11-22T12:24:51.379Z",
    "2026-11-22 12:24:51,              2026-11-22T12:24:51Z",
    "2026-11-22T12:24Z,                2026-11-22T12:24:00Z",
    "2026-11-22t12:24:51z,             2026-11-22T12:24:51Z",
    "2026-11-22,                       2026-11-22T00:00:00Z"
  })
  void readsEveryIsoForm(String text, Instant expected) {
    assertEquals(expected, Timestamps.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "1763812345", "2026-13-22T12:24:51Z", "12:24:51"})
  void readsWhatIsNoPointInTimeAsTheEpoch(String text) {
    assertEquals(Instant.EPOCH, Timestamps.parse(text));
  }
}
