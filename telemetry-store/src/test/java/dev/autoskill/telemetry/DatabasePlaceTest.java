package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    Files.createDirectory(directory.resolve("telemetry.db-spool"));
    for (Path wide : List.of(directory, database(), directory.resolve("telemetry.db-spool"))) {
      Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertTrue(telemetry.flush(MINUTE));

      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.toList()) {
          assertTrue(permissions(file).endsWith("------"), file + " " + permissions(file));
        }
      }
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDirectoryWithOtherFilesKeepsItsRights() throws Exception {
    Files.createFile(directory.resolve("another"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertTrue(telemetry.flush(MINUTE));
    }

    assertEquals("rwxr-xr-x", permissions(directory));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDatabaseOfAnotherUserIsNotWrittenTo() throws Exception {
    assumeRoot();
    execute(database(), "CREATE TABLE IF NOT EXISTS skill_telemetry " + SHAPE);
    giveAway(database());
    byte[] before = Files.readAllBytes(database());

    assertEquals(List.of("the database's file belongs to another user"), troublesOf(database()));
    assertArrayEquals(before, Files.readAllBytes(database()));
    assertEquals("rw-rw-rw-", permissions(database()));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theSpoolsOfAnotherUserAreNotUsed() throws Exception {
    assumeRoot();
    Path spools = Files.createDirectory(directory.resolve("telemetry.db-spool"));
    giveAway(spools);
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      telemetry.recordEvent(SkillUse.of("a"));
      awaitTroubles(telemetry);

      assertEquals(
          List.of("the spool's directory belongs to another user"),
          telemetry.diagnostics().troubles());
      assertEquals(1, telemetry.getEvents().size());
      assertEquals(List.of(), names(spools));
    }
  }

  private static void assumeRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
  }

  private static void giveAway(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    Files.setAttribute(file, "unix:uid", 12345);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void besideADatabaseOfAnotherProgramNothingIsMade(String mode) throws Exception {
    execute(database(), "PRAGMA journal_mode = " + mode, "CREATE TABLE accounts (name TEXT)");

    assertIsLeftAlone();
  }

  @Test
  void whenItGetsTheTableEventsAreStored() throws Exception {
    execute(database(), "CREATE TABLE accounts (name TEXT)");
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      telemetry.recordEvent(SkillUse.of("a"));
      awaitTrouble(
          telemetry,
          "the database belongs to another program: it has tables, but no skill_telemetry");
      assertFalse(Files.exists(directory.resolve("telemetry.db-spool")));

      execute(database(), "CREATE TABLE skill_telemetry " + SHAPE);

      assertTrue(telemetry.flush(MINUTE));
      assertEquals(1, telemetry.getEvents().size());
      assertTrue(Files.exists(directory.resolve("telemetry.db-spool")));
    }
  }

  @Test
  void inAutoSkillsDirectoryNobodyNeedTellWhoseItIs() throws Exception {
    Path database = Files.createDirectory(directory.resolve("auto-skill")).resolve("telemetry.db");
    execute(database, "CREATE TABLE accounts (name TEXT)");

    assertEquals(
        List.of("the database belongs to another program: it has tables, but no skill_telemetry"),
        troublesOf(database));
  }

  private void assertIsLeftAlone() throws Exception {
    byte[] before = Files.readAllBytes(database());
    List<String> files = names(directory);
    // Where the database is locked for longer than is waited for, events are spooled.
    TelemetryConfig.Builder patient =
        impatient(database()).busyTimeout(MINUTE).exitTimeout(MINUTE.multipliedBy(2));
    try (TelemetryCollector telemetry = TestTelemetry.open(patient, Map.of())) {
      telemetry.recordEvent(SkillUse.of("a"));
      Reports reports = telemetry.reports();
      assertEquals(List.of(), reports.effectiveness(ReportQuery.ALL));
      assertFalse(reports.isComplete());
      awaitTrouble(
          telemetry,
          "the database belongs to another program: it has tables, but no skill_telemetry");
      assertTimeout(MINUTE, telemetry.parts::exit, "there is nothing to wait for");
      assertFalse(Files.exists(directory.resolve("telemetry.db-spool")));
    }
    // SQLite has files of its own beside it for as long as it is connected.
    TestTelemetry.awaitEndOfThreads();
    assertArrayEquals(before, Files.readAllBytes(database()));
    assertEquals(files, names(directory));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeIsNotOpened() throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", database().toString()).start().waitFor());

    assertIsNoDatabase();
    assertEquals(List.of("telemetry.db"), names(directory));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nothingIsMadeBesideADevice() throws Exception {
    Files.createSymbolicLink(database(), Path.of("/dev/null"));

    assertIsNoDatabase();
    assertEquals(List.of("telemetry.db"), names(directory));
    assertEquals(
        List.of(),
        names(Path.of("/dev")).stream().filter(name -> name.startsWith("null-")).toList());
  }

  private void assertIsNoDatabase() {
    try (TelemetryCollector telemetry = TestTelemetry.open(impatient(database()), Map.of())) {
      telemetry.recordEvent(SkillUse.of("a"));
      Reports reports = telemetry.reports();
      assertEquals(List.of(), reports.effectiveness(ReportQuery.ALL));
      assertFalse(reports.isComplete());
      awaitTrouble(telemetry, "the database's file is not a SQLite database, or it is encrypted");
      assertEquals(0, telemetry.stats().spooled());
    }
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

  private static TelemetryConfig.Builder impatient(Path file) {
    return TelemetryConfig.builder()
        .database(file)
        .busyTimeout(Duration.ofMillis(1))
        .queryTimeout(Duration.ofMillis(100))
        .closeTimeout(Duration.ofMillis(10));
  }

  private static void awaitTroubles(TelemetryCollector telemetry) {
    long deadline = System.nanoTime() + MINUTE.toNanos();
    while (telemetry.diagnostics().troubles().isEmpty()) {
      assertTrue(System.nanoTime() < deadline, "no trouble");
      Thread.onSpinWait();
    }
  }

  private static void awaitTrouble(TelemetryCollector telemetry, String trouble) {
    long deadline = System.nanoTime() + MINUTE.toNanos();
    while (!telemetry.diagnostics().troubles().contains(trouble)) {
      assertTrue(System.nanoTime() < deadline, () -> telemetry.diagnostics().toString());
      Thread.onSpinWait();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static List<String> troublesOf(Path file) {
    try (TelemetryCollector telemetry = TestTelemetry.open(impatient(file), Map.of())) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertFalse(telemetry.flush(Duration.ofMillis(1)));
      awaitTroubles(telemetry);
      long deadline = System.nanoTime() + MINUTE.toNanos();
      while (telemetry.stats().spooled() == 0) {
        assertTrue(System.nanoTime() < deadline, "nothing is spooled");
        Thread.onSpinWait();
      }
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
