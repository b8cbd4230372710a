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
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** A file as auto-skill's tools would have filled it in a year. */
final class EventFile {

  static final Instant START = Instant.parse("2025-11-22T00:00:00Z");
  static final int DAYS = 365;

  private static final int BATCH = 10_000;
  private static final int USES_A_SESSION = 20;
  private static final List<String> SKILLS =
      IntStream.range(0, 50).mapToObj(i -> String.format(Locale.ROOT, "skill-%02d", i)).toList();
  private static final List<String> AGENTS =
      List.of("claude-code", "cursor", "codex", "gemini-cli", "unknown");
  private static final List<String> OUTCOMES =
      List.of("success", "success", "success", "success", "failure", "partial", "skipped");
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Random random = new Random(1);
  private final PreparedStatement insert;

  private EventFile(PreparedStatement insert) {
    this.insert = insert;
  }

  /** Makes the table as those tools do, before the events come, and so as large as theirs. */
  static void write(Path file, long events) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      // Nobody needs the file should the machine fail meanwhile.
      statement.execute("PRAGMA journal_mode = OFF");
      statement.execute("PRAGMA synchronous = OFF");
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
        new EventFile(insert).fill(connection, events);
      }
    }
  }

  private void fill(Connection connection, long events) throws SQLException {
    String session = "";
    for (long i = 0; i < events; i++) {
      if (i % USES_A_SESSION == 0) {
        session = new UUID(random.nextLong(), random.nextLong()).toString();
      }
      add(START.plusMillis((long) (DAYS * 86_400_000.0 * i / events)), session);
      if (i % BATCH == BATCH - 1 || i == events - 1) {
        insert.executeBatch();
        connection.commit();
      }
    }
  }

  private void add(Instant at, String session) throws SQLException {
    String skill = any(SKILLS);
    // As long as a ULID, and rising with time as ULIDs do.
    insert.setString(
        1, HEX.toHexDigits(at.toEpochMilli(), 10) + HEX.toHexDigits(random.nextLong()));
    insert.setString(2, skill);
    insert.setString(3, skill);
    insert.setString(4, session);
    insert.setString(5, any(AGENTS));
    insert.setLong(6, (long) Math.exp(5 + 1.5 * random.nextGaussian()));
    insert.setString(7, any(OUTCOMES));
    insert.setString(8, TIMESTAMP.format(at));
    insert.addBatch();
  }

  private String any(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
