package dev.autoskill.telemetry.browser;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.cli.html.HtmlPage;
import dev.autoskill.telemetry.cli.html.PageSource;
import dev.autoskill.telemetry.cli.output.Column;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Pages of databases that other programs wrote. */
final class SamplePage {

  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);

  private static final String TABLE =
      """
      CREATE TABLE skill_telemetry (
        id TEXT PRIMARY KEY, skill_id TEXT NOT NULL, skill_name TEXT NOT NULL, session_id TEXT NOT NULL,
        agent_id TEXT NOT NULL DEFAULT 'unknown', duration_ms INTEGER, outcome TEXT NOT NULL, timestamp TEXT NOT NULL)
      """;

  /**
   * A skill per row: its name, its uses per day, one failure in so many, of late one more in so
   * many, and its usual duration.
   */
  private static final String EVENTS =
      """
      WITH RECURSIVE
        skill(name, daily, failing, late, ms) AS (%s),
        use(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM use WHERE i < 56 * 12)
      INSERT INTO skill_telemetry
      SELECT name || i, name, name, 's', CASE i %% 3 WHEN 0 THEN 'cursor' ELSE 'claude-code' END,
        ms * (4 + i * i %% 7 + (i %% 20 = 0) * 20) / 4,
        CASE WHEN i %% failing = 0 OR (i < 12 * 20 AND i %% late = 2) THEN 'failure' WHEN i %% 23 = 0 THEN 'partial' ELSE 'success' END,
        strftime('%%Y-%%m-%%dT%%H:%%M:%%S.000Z', '2026-11-28T11:40:00', '-' || (i * 2 * 60) || ' minutes')
      FROM skill JOIN use ON i %% 12 < daily + (i / 12) %% 3 - (i / 84) %% 2
      """;

  /** As programs keep them that are asked to. */
  private static final String ERRORS =
      "CREATE TABLE autoskill_java_errors (id TEXT PRIMARY KEY, error TEXT NOT NULL) WITHOUT ROWID";

  private static final String KEPT =
      """
      INSERT INTO autoskill_java_errors
      SELECT id, CASE WHEN substr(timestamp, 9, 2) < '15' THEN 'java.io.IOException' ELSE skill_name END
      FROM skill_telemetry WHERE outcome = 'failure' AND skill_name <> 'search-docs'
      """;

  private static final List<Column<EffectivenessReport>> COLUMNS =
      List.of(new Column<>("skillName", EffectivenessReport::skillName));

  private SamplePage() {}

  static URI ordinary(Path folder) throws SQLException, IOException {
    return write(
        folder,
        "ordinary",
        """
        VALUES ('search-docs', 9, 61, 999, 80), ('run-tests', 7, 99, 3, 2100), ('parse-xml', 5, 17, 999, 6),
          ('summarise-changelog', 4, 999, 999, 340), ('find-broken-links', 3, 17, 999, 900),
          ('count-todos', 2, 999, 999, 35)
        """);
  }

  /** Names that would run a script, on a page where they were not data. */
  static URI hostile(Path folder) throws SQLException, IOException {
    return write(
        folder,
        "hostile",
        """
        VALUES ('<script>window.owned = 1</script>', 3, 9, 9, 10),
          ('</script><script>window.owned = 1</script>', 2, 9, 9, 10),
          ('"><img src=x onerror="window.owned = 1">', 2, 9, 9, 10),
          ('<svg onload=window.owned=1>', 2, 9, 9, 10),
          ('%s', 2, 9, 9, 10)
        """
            .formatted("\ud83d\ude00".repeat(256)));
  }

  static URI many(Path folder) throws SQLException, IOException {
    return write(
        folder,
        "many",
        """
        SELECT 'skill-' || printf('%03d', n), 1 + n % 3, 2 + n % 17, 9, 1 + n
        FROM (WITH RECURSIVE each(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM each WHERE n < 499) SELECT n FROM each)
        """);
  }

  private static URI write(Path folder, String name, String skills)
      throws SQLException, IOException {
    Path database = folder.resolve(name + ".db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute(TABLE);
      statement.execute(EVENTS.formatted(skills));
      statement.execute(ERRORS);
      statement.execute(KEPT);
    }
    Path file = folder.resolve(name + ".html");
    try (TelemetryCollector telemetry = TelemetryCollector.open(database)) {
      Files.writeString(
          file,
          HtmlPage.of(
              PageSource.of(telemetry.reports()), ReportQuery.ALL.lastDays(28, NOW), COLUMNS, NOW));
    }
    return file.toUri();
  }
}
