package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck.Status;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollups of files that others made, and that others spoil. */
class RollupFilesTest {

  private static final int THEIRS = 60_000;

  @TempDir Path directory;

  @Test
  void anExistingFileIsBroughtUpToDateWhileOthersGoOnWriting() throws Exception {
    makeFile(THEIRS);
    try (TelemetryCollector telemetry = open();
        Connection other = connect();
        Statement statement = other.createStatement()) {
      holdTheLockBriefly(statement);
      CompletableFuture<Boolean> report =
          CompletableFuture.supplyAsync(() -> telemetry.reports().repairRollups());
      int inserted = 0;
      while (!report.isDone()) {
        insert(statement, "meanwhile-" + inserted++);
      }

      assertTrue(report.get());
      assertEquals(
          THEIRS + inserted, telemetry.getEffectivenessReport("theirs").get(0).totalUses());
      assertTrue(telemetry.reports().checkRollups().counted() >= THEIRS, "counted in advance");
      assertEquals(0, telemetry.reports().checkRollups().differences());
    }
  }

  @Test
  void aRepairIsDoneAlsoIfTheNextEventComesAtOnce() throws Exception {
    makeFile(10);
    try (TelemetryCollector telemetry = open();
        Connection other = connect();
        Statement statement = other.createStatement()) {
      holdTheLockBriefly(statement);
      CompletableFuture<Boolean> repairs =
          CompletableFuture.supplyAsync(
              () -> IntStream.range(0, 100).allMatch(i -> telemetry.reports().repairRollups()));
      for (int inserted = 0; !repairs.isDone(); inserted++) {
        insert(statement, "meanwhile-" + inserted);
      }

      assertTrue(repairs.get());
    }
  }

  @Test
  void rowidsThatWereGivenAnewAreNoticed() throws Exception {
    makeFile(THEIRS);
    try (TelemetryCollector telemetry = open()) {
      telemetry.getEffectivenessReport();
      try (Connection other = connect();
          Statement statement = other.createStatement()) {
        statement.execute("DELETE FROM skill_telemetry WHERE rowid % 3 = 0");
        // As a dump that is read again: the same triggers, the same state, other rowids.
        statement.execute("DELETE FROM autoskill_java_stale");
        statement.execute("CREATE TABLE copy AS SELECT * FROM skill_telemetry ORDER BY rowid DESC");
        statement.execute("DROP TRIGGER autoskill_java_deleted");
        statement.execute("DELETE FROM skill_telemetry");
        statement.execute("INSERT INTO skill_telemetry SELECT * FROM copy");
      }

      assertEquals(
          THEIRS - THEIRS / 3, telemetry.getEffectivenessReport("theirs").get(0).totalUses());
      assertEquals(0, telemetry.reports().checkRollups().differences());
    }
  }

  @Test
  void aCheckFindsWhatIsWrongAndARepairPutsItRight() throws Exception {
    makeFile(THEIRS);
    try (TelemetryCollector telemetry = open()) {
      telemetry.getEffectivenessReport();
      assertEquals(Status.RIGHT, telemetry.reports().checkRollups().status());
      try (Connection other = connect();
          Statement statement = other.createStatement()) {
        statement.execute("DELETE FROM autoskill_java_day");
      }
      assertNotEquals(Status.RIGHT, telemetry.reports().checkRollups().status());

      assertTrue(telemetry.reports().repairRollups());

      assertEquals(Status.RIGHT, telemetry.reports().checkRollups().status());
      assertEquals(THEIRS, telemetry.reports().checkRollups().counted());
    }
  }

  @Test
  void othersStatementsWorkWithTheTriggersInPlace() throws Exception {
    makeFile(THEIRS);
    try (TelemetryCollector telemetry = open();
        Connection other = connect();
        Statement statement = other.createStatement()) {
      telemetry.getEffectivenessReport();

      statement.execute("DELETE FROM skill_telemetry WHERE rowid = 7");
      // Its conflict clause counts within the triggers, too.
      statement.execute("UPDATE OR ROLLBACK skill_telemetry SET agent_id = 'z' WHERE rowid = 8");
      statement.execute("UPDATE OR ROLLBACK skill_telemetry SET agent_id = 'y' WHERE rowid = 8");
      statement.execute(
          "INSERT OR REPLACE INTO skill_telemetry SELECT * FROM skill_telemetry WHERE rowid < 50");

      assertEquals(THEIRS - 1, telemetry.getEffectivenessReport("theirs").get(0).totalUses());
      assertEquals(
          1, telemetry.reports().effectiveness(ReportQuery.ALL.agent("y")).get(0).totalUses());
      assertEquals(0, telemetry.stats().faults());
    }
  }

  @Test
  void retentionDeletesEventsAndReportsStillCountThem() throws Exception {
    makeFile(THEIRS);
    try (TelemetryCollector telemetry =
        TestTelemetry.open(
            TelemetryConfig.builder().database(database()).retention(Duration.ofDays(1)),
            Map.of())) {
      telemetry.recordEvent(SkillUse.of("ours"));
      assertTrue(telemetry.flush(Duration.ofMinutes(1)));
      long left = THEIRS;
      long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
      while (left > 0 && System.nanoTime() - deadline < 0) {
        left = telemetry.getEvents("theirs", 1).size();
      }

      assertEquals(0, left);
      assertEquals(THEIRS, telemetry.getEffectivenessReport("theirs").get(0).totalUses());
      assertEquals(1, telemetry.getEvents().size());
      assertEquals(Status.RIGHT, telemetry.reports().checkRollups().status());
    }
  }

  private TelemetryCollector open() {
    return TestTelemetry.open(
        TelemetryConfig.builder().database(database()).queryTimeout(Duration.ofMinutes(5)),
        Map.of());
  }

  private void makeFile(int events) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute(
          """
          CREATE TABLE skill_telemetry (
            id TEXT PRIMARY KEY, skill_id TEXT NOT NULL, skill_name TEXT NOT NULL,
            session_id TEXT NOT NULL, agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER,
            outcome TEXT NOT NULL, timestamp TEXT NOT NULL)
          """);
      statement.execute(
          """
          INSERT INTO skill_telemetry
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
            SELECT printf('%%026d', i), 'theirs', 'theirs', 's-' || (i / 20), 'a', i %% 100, 'success',
              strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', 1700000000 + 60 * i, 'unixepoch')
            FROM n
          """
              .formatted(events));
    }
  }

  /** A loop that waits for the disk under the lock would leave it to nobody else. */
  private static void holdTheLockBriefly(Statement statement) throws SQLException {
    statement.execute("PRAGMA busy_timeout = 5000");
    statement.execute("PRAGMA synchronous = OFF");
  }

  private static void insert(Statement statement, String id) throws SQLException {
    statement.execute(
        "INSERT INTO skill_telemetry VALUES ('%s', 'theirs', 'theirs', 's', 'a', 1, 'success', '2026-11-22T12:24:51.379Z')"
            .formatted(id));
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database());
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
