package dev.autoskill.telemetry.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A database that others write to by plain SQL, and what reports say of it. */
final class SqlFile implements AutoCloseable {

  static final String TABLE =
      """
      CREATE TABLE skill_telemetry (
        id TEXT PRIMARY KEY, skill_id TEXT NOT NULL, skill_name TEXT NOT NULL,
        session_id TEXT NOT NULL, agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER,
        outcome TEXT NOT NULL, timestamp TEXT NOT NULL)
      """;

  static final String INDEX = "CREATE INDEX idx_telemetry_timestamp ON skill_telemetry(timestamp)";

  private final Path file;
  private final Connection connection;
  private final List<String> faults = new ArrayList<>();
  private final SqliteEventReader reader;

  SqlFile(Path file, String... statements) throws SQLException {
    this.file = file;
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    this.reader = reader(true);
    run("PRAGMA synchronous = OFF");
    run(statements);
  }

  /** So many events, a minute apart. */
  static String insert(int from, int to) {
    return insert(from, to, 60);
  }

  static String insert(int from, int to, int secondsApart) {
    return """
        INSERT INTO skill_telemetry
          WITH RECURSIVE n(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          SELECT printf('%%026d', i), 'i-' || (i %% 7), 'n-' || (i %% 7), 's-' || (i / 20),
            'a-' || (i %% 3), i %% 100, CASE i %% 5 WHEN 0 THEN 'failure' ELSE 'success' END,
            strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ', 1700000000 + %d * i, 'unixepoch')
          FROM n
        """
        .formatted(from, to, secondsApart);
  }

  static String insertOne(String id, String timestamp) {
    return "INSERT INTO skill_telemetry VALUES ('%s', 'i-1', 'n-1', 's', 'a-1', 5, 'success', '%s')"
        .formatted(id, timestamp);
  }

  SqlFile run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return this;
  }

  long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.getLong(1);
    }
  }

  Path path() {
    return file;
  }

  Connection connection() {
    return connection;
  }

  /** A reader that brings the rollups up to date before it answers. */
  SqliteEventReader reader() {
    return reader;
  }

  SqliteEventReader reader(boolean mayWrite) {
    return new SqliteEventReader(
        file, Duration.ofSeconds(5), Duration.ofMinutes(1), new Faults(faults::add), mayWrite);
  }

  /** {@return the reports that a reader gives; none if it cannot read the database} */
  static List<EffectivenessReport> reports(
      SqliteEventReader reader, ReportQuery query, Completeness completeness) {
    return reader.uses(List.of(), completeness, of -> of.apply(query).reports());
  }

  /** Asks for a report, which is to be the one that all events make, whatever is added up. */
  void assertReportIsRight(String when) throws SQLException {
    List<EffectivenessReport> reports = reports(reader, ReportQuery.ALL, new Completeness());
    assertEquals(List.of(), faults, when);
    assertEquals(NaiveReport.of(NaiveReport.rows(connection), ReportQuery.ALL), reports, when);
  }

  /** Brings the rollups up to date. */
  SqlFile rollUp() throws SQLException {
    assertReportIsRight("rolled up");
    return this;
  }

  List<String> faults() {
    return faults;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
