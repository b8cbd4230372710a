package dev.autoskill.telemetry.benchmarks.reports;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.UUID;

/** A file as auto-skill's tools would have filled it in a year. */
final class EventFile {

  static final Instant START = Instant.parse("2025-11-22T00:00:00Z");
  static final int DAYS = 365;
  static final int SKILLS = 50;

  private static final int BATCH = 10_000;
  private static final int USES_A_SESSION = 20;
  private static final String[] AGENTS = {
    "claude-code", "cursor", "codex", "gemini-cli", "unknown"
  };
  private static final String[] OUTCOMES = {
    "success", "success", "success", "success", "failure", "partial", "skipped"
  };
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private EventFile() {}

  static void write(Path file, long events) throws SQLException {
    Random random = new Random(1);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute(
          """
          CREATE TABLE skill_telemetry (
            id TEXT PRIMARY KEY, skill_id TEXT NOT NULL, skill_name TEXT NOT NULL, session_id TEXT NOT NULL,
            agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER, outcome TEXT NOT NULL, timestamp TEXT NOT NULL)
          """);
      statement.execute("CREATE INDEX idx_telemetry_skill ON skill_telemetry(skill_id)");
      statement.execute("CREATE INDEX idx_telemetry_timestamp ON skill_telemetry(timestamp)");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO skill_telemetry VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
        String session = "";
        for (long i = 0; i < events; i++) {
          if (i % USES_A_SESSION == 0) {
            session = new UUID(random.nextLong(), random.nextLong()).toString();
          }
          Instant at = START.plusMillis((long) (DAYS * 86_400_000.0 * i / events));
          String skill = "skill-%02d".formatted(random.nextInt(SKILLS));
          insert.setString(1, id(at, random));
          insert.setString(2, skill);
          insert.setString(3, skill);
          insert.setString(4, session);
          insert.setString(5, AGENTS[random.nextInt(AGENTS.length)]);
          insert.setLong(6, (long) Math.exp(5 + 1.5 * random.nextGaussian()));
          insert.setString(7, OUTCOMES[random.nextInt(OUTCOMES.length)]);
          insert.setString(8, TIMESTAMP.format(at));
          insert.addBatch();
          if (i % BATCH == BATCH - 1 || i == events - 1) {
            insert.executeBatch();
            connection.commit();
          }
        }
      }
    }
  }

  /** As long as a ULID, and rising with time as ULIDs do. */
  private static String id(Instant at, Random random) {
    return "%010X%016X".formatted(at.toEpochMilli(), random.nextLong());
  }
}
