package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.error.Recorded;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.StoreException;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file as other programs find it. */
class SharedFileTest {

  private static final TelemetryEvent EVENT =
      new TelemetryEvent(
          "01M81KERZXS207NMSJNR5FZSE8",
          "id-1",
          "análisis-é 技能",
          "s-1",
          "claude-code",
          null,
          Outcome.SKIPPED,
          Instant.parse("2026-11-22T12:24:51.300Z"));

  @TempDir Path directory;

  private final Faults faults = new Faults(null);
  private final Completeness completeness = new Completeness();

  @Test
  void hasTheSharedTableAndIndexesToTheLetter() throws Exception {
    store(EVENT);

    assertEquals(
        List.of(
            "CREATE TABLE skill_telemetry ("
                + "id TEXT PRIMARY KEY, skill_id TEXT NOT NULL, skill_name TEXT NOT NULL,"
                + " session_id TEXT NOT NULL, agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER,"
                + " outcome TEXT NOT NULL, timestamp TEXT NOT NULL)",
            "CREATE INDEX idx_telemetry_skill ON skill_telemetry(skill_id)",
            "CREATE INDEX idx_telemetry_timestamp ON skill_telemetry(timestamp)"),
        rows(
            "SELECT trim(sql, char(10)) FROM sqlite_master WHERE sql IS NOT NULL"
                + " AND name NOT LIKE 'autoskill_java_%' ORDER BY rowid"));
  }

  @Test
  void writesTheEventAsTextWithThreeDecimals() throws Exception {
    store(EVENT);

    assertEquals(
        List.of(
            "01M81KERZXS207NMSJNR5FZSE8|id-1|análisis-é 技能|s-1|claude-code|-|skipped|"
                + "2026-11-22T12:24:51.300Z"),
        rows(
            """
            SELECT id || '|' || skill_id || '|' || skill_name || '|' || session_id || '|' || agent_id
              || '|' || COALESCE(duration_ms, '-') || '|' || outcome || '|' || timestamp
            FROM skill_telemetry
            """));
  }

  @Test
  void usesAWriteAheadLog() throws Exception {
    store(EVENT);

    assertEquals(List.of("wal"), rows("PRAGMA journal_mode"));
  }

  @Test
  void storingAgainChangesNothing() throws Exception {
    store(EVENT, EVENT);
    store(EVENT);

    assertEquals(List.of("1"), rows("SELECT COUNT(*) FROM skill_telemetry"));
  }

  @Test
  void isTheUsersAlone() throws Exception {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "this file system knows no modes");
    try (SqliteEventStore store = store()) {
      store.store(Recorded.all(EVENT));

      assertEquals("rwx------", mode(directory.resolve("a")));
      assertEquals("rwx------", mode(directory.resolve("a/b")));
      assertEquals("rw-------", mode(database()));
      assertEquals("rw-------", mode(directory.resolve("a/b/telemetry.db-wal")));
      assertEquals("rw-------", mode(directory.resolve("a/b/telemetry.db-shm")));
    }
  }

  @Test
  void readsWhatOthersMayHaveWritten() throws Exception {
    store(EVENT);
    rows(
        """
        INSERT INTO skill_telemetry VALUES
          ('u-1', 'i', 'n', 's', 'a', 0, 'weird-outcome', '2026-11-22T12:24:52.262047+00:00'),
          ('u-2', 'i', 'n', 's', 'a', 9, 'success', 'yesterday')
        RETURNING id
        """);

    SqliteEventReader reader = reader();

    assertEquals(
        List.of(
            new TelemetryEvent("u-2", "i", "n", "s", "a", 9L, Outcome.SUCCESS, Instant.EPOCH),
            new TelemetryEvent(
                "u-1",
                "i",
                "n",
                "s",
                "a",
                0L,
                Outcome.UNRECOGNISED,
                Instant.parse("2026-11-22T12:24:52.262047Z")),
            EVENT),
        reader.newestEvents(ReportQuery.ALL.limit(10), completeness));
    assertEquals(
        2, SqlFile.reports(reader, ReportQuery.ALL.skill("n"), completeness).get(0).totalUses());
    assertEquals(
        1, SqlFile.reports(reader, ReportQuery.ALL.skill("n"), completeness).get(0).successCount());
    assertEquals(
        0, SqlFile.reports(reader, ReportQuery.ALL.skill("n"), completeness).get(0).failureCount());
    assertEquals(0, faults.count());
  }

  @Test
  void aFileThatIsNotThereHasNoEventsAndIsNotMade() {
    SqliteEventReader reader = reader();

    assertEquals(List.of(), reader.newestEvents(ReportQuery.ALL.limit(10), completeness));
    assertEquals(List.of(), SqlFile.reports(reader, ReportQuery.ALL, completeness));
    assertTrue(Files.notExists(database()));
    assertEquals(0, faults.count());
  }

  private SqliteEventReader reader() {
    return new SqliteEventReader(database(), Duration.ZERO, Duration.ofMinutes(1), faults, false);
  }

  private SqliteEventStore store() {
    return new SqliteEventStore(database(), Duration.ofSeconds(5), faults, null);
  }

  private void store(TelemetryEvent... events) throws StoreException {
    try (SqliteEventStore store = store()) {
      store.store(Recorded.all(events));
    }
    assertEquals(0, faults.count());
  }

  private List<String> rows(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows;
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private Path database() {
    return directory.resolve("a/b/telemetry.db");
  }
}
