package dev.autoskill.telemetry.cli.html;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A database as auto-skill's own tools write it, which know nothing of redaction, and its page. */
final class EventTable implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  static final List<Column<EffectivenessReport>> COLUMNS =
      List.of(
          new Column<>("skillName", EffectivenessReport::skillName),
          new Column<>("totalUses", EffectivenessReport::totalUses),
          new Column<>("p95Ms", EffectivenessReport::p95Ms));

  private final Path file;
  private final Connection connection;

  EventTable(Path file) throws SQLException {
    this.file = file;
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE skill_telemetry (
            id TEXT PRIMARY KEY, skill_id TEXT NOT NULL, skill_name TEXT NOT NULL, session_id TEXT NOT NULL,
            agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER, outcome TEXT NOT NULL, timestamp TEXT NOT NULL)
          """);
    }
    connection.setAutoCommit(false);
  }

  EventTable add(int uses, String skill, String agent, Outcome outcome, long ms, Instant at)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO skill_telemetry VALUES (?, ?, ?, 'secret-session', ?, ?, ?, ?)")) {
      for (int i = 0; i < uses; i++) {
        insert.setString(1, "uuid-" + UUID.randomUUID());
        insert.setString(2, skill);
        insert.setString(3, skill);
        insert.setString(4, agent);
        insert.setLong(5, ms);
        insert.setString(6, outcome.text());
        insert.setString(7, at.toString().replace("Z", ".000Z"));
        insert.addBatch();
      }
      insert.executeBatch();
    }
    return this;
  }

  /** One successful use, a day ago. */
  EventTable add(String skill) throws SQLException {
    return add(1, skill, "cursor", Outcome.SUCCESS, 12, NOW.minusSeconds(86_400));
  }

  /** A failed use, whose exception's class was kept. */
  EventTable fail(String skill, String error) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS autoskill_java_errors"
              + " (id TEXT PRIMARY KEY, error TEXT NOT NULL) WITHOUT ROWID");
    }
    add(1, skill, "cursor", Outcome.FAILURE, 12, NOW.minusSeconds(60));
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO autoskill_java_errors
            SELECT id, ? FROM skill_telemetry ORDER BY rowid DESC LIMIT 1
            """)) {
      insert.setString(1, error);
      insert.executeUpdate();
    }
    return this;
  }

  String html(ReportQuery query, String zone) throws SQLException {
    connection.commit();
    return html(file, query, zone);
  }

  Document page() throws SQLException {
    return Jsoup.parse(html(lastDays(28, "UTC"), "UTC"));
  }

  static ReportQuery lastDays(int days, String zone) {
    return ReportQuery.ALL.lastDays(days, Clock.fixed(NOW, ZoneId.of(zone)));
  }

  static String html(Path file, ReportQuery query, String zone) {
    try (TelemetryCollector telemetry = TelemetryCollector.open(file)) {
      PageSource source = PageSource.of(telemetry.reports());
      return HtmlPage.of(source, query, COLUMNS, Clock.fixed(NOW, ZoneId.of(zone)));
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
