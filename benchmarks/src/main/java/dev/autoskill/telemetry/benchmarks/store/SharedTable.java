package dev.autoskill.telemetry.benchmarks.store;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The table and how one fills it, written by hand and bound by position. */
final class SharedTable {

  static final String INSERT =
      "INSERT OR IGNORE INTO skill_telemetry (id, skill_id, skill_name, session_id, agent_id,"
          + " duration_ms, outcome, timestamp) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private SharedTable() {}

  static void create(Connection connection, String journalMode) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = " + journalMode);
      statement.execute(
          """
          CREATE TABLE skill_telemetry (
            id TEXT PRIMARY KEY, skill_id TEXT NOT NULL, skill_name TEXT NOT NULL, session_id TEXT NOT NULL,
            agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER, outcome TEXT NOT NULL, timestamp TEXT NOT NULL)
          """);
      statement.execute("CREATE INDEX idx_telemetry_skill ON skill_telemetry(skill_id)");
      statement.execute("CREATE INDEX idx_telemetry_timestamp ON skill_telemetry(timestamp)");
    }
  }

  static void bind(PreparedStatement insert, TelemetryEvent event) throws SQLException {
    insert.setString(1, event.id());
    insert.setString(2, event.skillId());
    insert.setString(3, event.skillName());
    insert.setString(4, event.sessionId());
    insert.setString(5, event.agentId());
    insert.setObject(6, event.durationMs());
    insert.setString(7, event.outcome().text());
    insert.setString(8, TIMESTAMP.format(event.timestamp()));
  }
}
