package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFaultTest {

  @TempDir Path directory;

  @AfterEach
  void awaitEndOfThreads() throws InterruptedException {
    TestTelemetry.awaitEndOfThreads();
  }

  @Test
  void keepsEventsUntilAnotherProgramsLockIsGone() throws SQLException {
    try (TelemetryCollector telemetry = open(100)) {
      telemetry.recordEvent(SkillUse.of("before"));
      assertTrue(telemetry.flush(Duration.ofMinutes(1)));

      try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + database());
          Statement lock = other.createStatement()) {
        lock.execute("BEGIN IMMEDIATE");
        telemetry.recordEvent(SkillUse.of("meanwhile"));
        assertFalse(telemetry.flush(Duration.ofSeconds(2)));
        TelemetryStats stats = telemetry.stats();
        assertEquals(1, stats.spooled());
        assertEquals(
            List.of("the database is locked by another program"),
            telemetry.diagnostics().troubles());
        assertTrue(stats.faults() > 0);
        lock.execute("ROLLBACK");
      }

      assertTrue(telemetry.flush(Duration.ofMinutes(1)));
      assertEquals(2, telemetry.getEvents().size());
      assertEquals(List.of(), telemetry.diagnostics().troubles());
    }
  }

  @Test
  void dropsTheNewestEventsWhenNothingTakesThemAndLeavesAGarbageFileAlone() throws IOException {
    byte[] garbage = "this is no database, and has to stay what it is".repeat(100).getBytes();
    Files.write(database(), garbage);
    Files.createFile(directory.resolve("telemetry.db-spool"));

    TelemetryCollector telemetry = open(10);
    for (int i = 0; i < 1000; i++) {
      telemetry.recordEvent(SkillUse.of("a"));
    }

    assertFalse(telemetry.flush(Duration.ofMillis(50)));
    assertEquals(List.of(), telemetry.getEvents());
    telemetry.close();
    TelemetryStats stats = telemetry.stats();
    assertEquals(1000, stats.recorded());
    assertEquals(0, stats.stored());
    assertEquals(0, stats.spooled());
    // Ten may wait for the writer, and ten more be with it.
    assertTrue(stats.dropped() >= 1000 - 10 - 10, stats.toString());
    assertEquals(1000, stats.queued() + stats.dropped() + stats.failed());
    assertTrue(stats.faults() > 0);
    assertEquals(
        List.of(
            "the spool's directory cannot be made",
            "the database's file is not a SQLite database, or it is encrypted"),
        telemetry.diagnostics().troubles());
    assertArrayEquals(garbage, Files.readAllBytes(database()));
  }

  @Test
  void isSilentWhereNoDirectoryCanBeMade() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    TelemetryCollector telemetry =
        TestTelemetry.open(
            TelemetryConfig.builder()
                .database(file.resolve("telemetry.db"))
                .queryTimeout(Duration.ofMillis(10))
                .closeTimeout(Duration.ofMillis(10)),
            Map.of());

    telemetry.recordEvent(SkillUse.of("a"));
    assertFalse(telemetry.flush(Duration.ofMillis(10)));
    assertEquals(List.of(), telemetry.getEffectivenessReport());
    telemetry.close();
    assertEquals(0, telemetry.stats().stored());
  }

  private TelemetryCollector open(int queueCapacity) {
    return TestTelemetry.open(
        TelemetryConfig.builder()
            .database(database())
            .queueCapacity(queueCapacity)
            .busyTimeout(Duration.ofMillis(1))
            .queryTimeout(Duration.ofMillis(10))
            .closeTimeout(Duration.ofMillis(10)),
        Map.of());
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
