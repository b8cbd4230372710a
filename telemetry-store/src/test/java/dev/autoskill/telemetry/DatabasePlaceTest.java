package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files of other kinds where the database is to be. */
class DatabasePlaceTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static final String SHAPE =
      """
      (id TEXT PRIMARY KEY, skill_id TEXT NOT NULL, skill_name TEXT NOT NULL,
        session_id TEXT NOT NULL, agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER,
        outcome TEXT NOT NULL, timestamp TEXT NOT NULL)""";

  @TempDir Path directory;

  @AfterEach
  void awaitEndOfThreads() throws InterruptedException {
    TestTelemetry.awaitEndOfThreads();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void besideALinkThereIsNothing() throws IOException {
    Path links = Files.createDirectory(directory.resolve("links"));
    Path files = Files.createDirectory(directory.resolve("files"));
    Path link = links.resolve("link.db");
    Files.createSymbolicLink(link, Path.of("../files/telemetry.db"));
    try (TelemetryCollector telemetry = TestTelemetry.open(link)) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertTrue(telemetry.flush(MINUTE));

      assertEquals(List.of("link.db"), names(links));
      assertTrue(names(files).contains("telemetry.db"));
      assertTrue(names(files).contains("telemetry.db-spool"));
      assertEquals(1, telemetry.getEvents().size());
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void othersLoseTheRightToReadOurFile() throws Exception {
    execute(database(), "CREATE TABLE IF NOT EXISTS skill_telemetry " + SHAPE);
    Files.setPosixFilePermissions(database(), PosixFilePermissions.fromString("rw-rw-rw-"));
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertTrue(telemetry.flush(MINUTE));

      for (String name : names(directory)) {
        String permissions =
            PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name)));
        assertTrue(permissions.endsWith("------"), name + " " + permissions);
      }
    }
  }

  @Test
  void aDatabaseOfAnotherProgramStaysAsItIs() throws Exception {
    execute(database(), "CREATE TABLE accounts (name TEXT)");
    byte[] before = Files.readAllBytes(database());

    assertEquals(
        List.of("the database's table skill_telemetry has another shape"), troublesOf(database()));
    assertArrayEquals(before, Files.readAllBytes(database()));
    assertEquals(List.of("telemetry.db", "telemetry.db-spool"), names(directory));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsNotOpened() throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", database().toString()).start().waitFor());

    assertEquals(
        List.of("the database's file is not a SQLite database, or it is encrypted"),
        troublesOf(database()));
    assertEquals(List.of("telemetry.db", "telemetry.db-spool"), names(directory));
  }

  @Test
  void aTableWithoutRowidsIsReadAsItIs() throws Exception {
    execute(
        database(),
        "CREATE TABLE skill_telemetry " + SHAPE + " WITHOUT ROWID",
        "INSERT INTO skill_telemetry VALUES"
            + " ('1', 'a', 'a', 's', 'x', 5, 'success', '2026-11-22T12:00:00.000Z')");
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      telemetry.recordEvent(SkillUse.of("a").session("t"));

      assertEquals(2, telemetry.getEvents().size());
      List<EffectivenessReport> reports =
          telemetry.reports().effectiveness(ReportQuery.ALL.withSessions());
      assertEquals(2, reports.get(0).totalUses());
      assertEquals(2L, reports.get(0).sessions());
      assertNull(telemetry.getEffectivenessReport("a").get(0).sessions());
    }
  }

  private static List<String> troublesOf(Path file) {
    TelemetryConfig.Builder config =
        TelemetryConfig.builder()
            .database(file)
            .busyTimeout(Duration.ofMillis(1))
            .closeTimeout(Duration.ofMillis(10));
    try (TelemetryCollector telemetry = TestTelemetry.open(config, Map.of())) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertFalse(telemetry.flush(Duration.ofMillis(1)));
      long deadline = System.nanoTime() + MINUTE.toNanos();
      while (telemetry.diagnostics().troubles().isEmpty()) {
        assertTrue(System.nanoTime() < deadline, "no trouble");
        Thread.onSpinWait();
      }
      assertEquals(1, telemetry.stats().spooled());
      return telemetry.diagnostics().troubles();
    }
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void execute(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
