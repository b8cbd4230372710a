package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.report.DurationHistogram;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
    "2026-11-22T12:24:51.379,          2026-11-22T12:24:51.379Z",
    "2026-11-22 12:24:51,              2026-11-22T12:24:51Z",
    "2026-11-22T12:24Z,                2026-11-22T12:24:00Z",
    "2026-11-22 12:24:51z,             2026-11-22T12:24:51Z",
    "2026-11-22,                       2026-11-22T00:00:00Z"
  })
  void readsTheFormsThatSqliteUnderstands(String text, Instant expected) throws SQLException {
    assertReadAs(expected, text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "1763812345",
        "2026-13-22T12:24:51Z",
        "12:24:51",
        "now",
        "2026-11-22T13:24:51+0100"
      })
  void readsWhatIsNoPointInTimeAsTheEpoch(String text) throws SQLException {
    assertReadAs(Instant.EPOCH, text);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        -1,
        999,
        1_582_934_400_000L,
        1_795_350_291_379L,
        253_402_300_799_999L,
        -62_167_219_200_000L
      })
  void writesAsAFormatterDoes(long epochMillis) throws SQLException {
    Instant moment = Instant.ofEpochMilli(epochMillis);

    assertEquals(
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC)
            .format(moment),
        Timestamps.format(moment));
    assertReadAs(moment, Timestamps.format(moment));
    assertEquals(moment, Timestamps.ofMicros(Timestamps.micros(moment)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T12:24:51.379Z",
        "2026-11-22T23:59:59.999999+00:00",
        "2026-11-22T23:59:59.9995Z",
        "2026-11-22T23:59:59.999Z",
        "1969-12-31T23:59:59.9999Z",
        "1969-12-31 23:59:58.9",
        "2026-11-22T00:10:51.9996+05:30",
        "2026-11-22T23:24+05:30",
        "2026-11-22T12:24Z",
        "2026-11-22 12:24:51",
        "2026-11-22",
        "2026-11-22T12:24:51.5Z or so",
        "2026-11-22T13:24:51+0100",
        "now",
        "12:24:51",
        "2451545.5",
        "yesterday",
        ""
      })
  void sqliteUnderstandsATextAsANaiveReportDoes(String text) throws SQLException {
    assertReadAs(NaiveReport.moment(text), text);
  }

  private static void assertReadAs(Instant expected, String text) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT at, "
                    + RollupSql.PARTS.get("day")
                    + " FROM (SELECT "
                    + RollupSql.PARTS.get("at")
                    + " AS at FROM (SELECT ? AS timestamp))")) {
      query.setString(1, text);
      try (ResultSet row = query.executeQuery()) {
        assertEquals(expected, Timestamps.ofMicros(row.getLong(1)));
        assertEquals(Timestamps.dayOf(expected), row.getLong(2));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {-5, 0, 0.9, 31, 31.9, 32, 33, 47, 63, 64, 1023, 1023.9, 1024, 999_999, 1e12})
  void sqlitePutsADurationIntoTheBucketOfTheHistogram(double ms) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT " + RollupSql.PARTS.get("bucket") + " FROM (SELECT ? AS ms)")) {
      query.setDouble(1, ms);
      try (ResultSet row = query.executeQuery()) {
        assertEquals(DurationHistogram.bucketOf((long) ms), row.getInt(1));
      }
    }
  }
}
