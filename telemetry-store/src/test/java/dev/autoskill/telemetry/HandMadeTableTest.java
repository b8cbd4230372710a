package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.EffectivenessReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are not quite as they should be. */
class HandMadeTableTest {

  private static final String TABLE =
      """
      CREATE TABLE skill_telemetry (
        id TEXT PRIMARY KEY, skill_id TEXT NOT NULL, skill_name TEXT NOT NULL,
        session_id TEXT NOT NULL, agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER,
        outcome TEXT NOT NULL, timestamp TEXT NOT NULL)
      """;

  private static final int ROWS = Boolean.getBoolean("full") ? 2_000_000 : 200_000;

  @TempDir Path directory;

  @Test
  void nullsInATableThatAllowsThemHarmNobody() throws SQLException {
    execute(
        "CREATE TABLE skill_telemetry (id, skill_id, skill_name, session_id, agent_id,"
            + " duration_ms, outcome, timestamp)",
        "INSERT INTO skill_telemetry DEFAULT VALUES",
        "INSERT INTO skill_telemetry (skill_id, agent_id, timestamp) VALUES ('i', NULL, 17)");
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      assertEquals(
          List.of(
              new TelemetryEvent(
                  "", "", "", "", "unknown", null, Outcome.UNRECOGNISED, Instant.EPOCH),
              new TelemetryEvent(
                  "", "i", "", "", "unknown", null, Outcome.UNRECOGNISED, Instant.EPOCH)),
          telemetry.getEvents().stream()
              .sorted((a, b) -> a.skillId().compareTo(b.skillId()))
              .toList());
      assertEquals(
          List.of(new FirstEight("", 2, 0, 0, 0.0, null, List.of("unknown"), Instant.EPOCH)),
          FirstEight.of(telemetry.getEffectivenessReport()));
      assertEquals(0, telemetry.stats().faults());
    }
  }

  @Test
  void moreColumnsAndIndexesHarmNobody() throws SQLException {
    execute(
        TABLE,
        "ALTER TABLE skill_telemetry ADD COLUMN cost REAL",
        "ALTER TABLE skill_telemetry ADD COLUMN note TEXT NOT NULL DEFAULT 'none'",
        "CREATE INDEX idx_theirs ON skill_telemetry(skill_name, agent_id)");
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      TelemetryEvent event = telemetry.recordEvent(SkillUse.of("a").duration(Duration.ZERO));

      assertEquals(List.of(event), telemetry.getEvents());
      assertEquals(0L, telemetry.getEffectivenessReport().get(0).avgDurationMs());
      assertEquals(0, telemetry.stats().faults());
    }
  }

  @Test
  void whatTheTableRefusesIsCountedAsFailed() throws SQLException {
    execute(TABLE, "CREATE UNIQUE INDEX idx_theirs ON skill_telemetry(session_id)");
    try (TelemetryCollector telemetry = TestTelemetry.open(database())) {
      for (int i = 0; i < 10; i++) {
        telemetry.recordEvent(SkillUse.of("a").session("x"));
      }
      telemetry.flush(Duration.ofMinutes(1));

      assertEquals(1, telemetry.stats().stored());
      assertEquals(9, telemetry.stats().failed());
      assertEquals(1, telemetry.getEffectivenessReport().get(0).totalUses());
    }
  }

  @Test
  void manyRowsAreAddedUp() throws SQLException {
    execute(
        TABLE,
        """
        INSERT INTO skill_telemetry
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          SELECT printf('%026d', i), 'skill-' || (i % 10), 'skill-' || (i % 10), 's', 'a', i % 100,
            CASE i % 4 WHEN 0 THEN 'failure' ELSE 'success' END, '2026-11-22T12:24:51.379Z'
          FROM n
        """
            .replace("%d", Integer.toString(ROWS)));
    try (TelemetryCollector telemetry =
        TestTelemetry.open(
            TelemetryConfig.builder()
                .database(database())
                .queryTimeout(Duration.ofMinutes(1))
                .closeTimeout(Duration.ofMinutes(1)),
            java.util.Map.of())) {
      TelemetryEvent newest = telemetry.recordEvent(SkillUse.of("skill-0"));

      List<EffectivenessReport> reports = telemetry.getEffectivenessReport();

      assertEquals(10, reports.size());
      assertEquals(ROWS / 10 + 1, reports.get(0).totalUses());
      assertEquals("skill-0", reports.get(0).skillName());
      assertEquals(ROWS / 10, reports.get(1).totalUses());
      assertEquals(0.5, reports.get(0).successRate());
      assertEquals(45L, reports.get(0).avgDurationMs());
      assertEquals(newest, telemetry.getEvents().get(0));
      assertEquals(100, telemetry.getEvents().size());
      assertTrue(telemetry.stats().faults() == 0);
    }
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }
}
