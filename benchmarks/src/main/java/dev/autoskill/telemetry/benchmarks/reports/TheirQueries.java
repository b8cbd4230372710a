package dev.autoskill.telemetry.benchmarks.reports;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The queries of auto-skill's own tools: totals of each skill, and then each skill's agents. */
final class TheirQueries {

  static final String TOTALS =
      """
      SELECT skill_name, COUNT(*), SUM(outcome = 'success'), SUM(outcome = 'failure'), AVG(duration_ms),
        MAX(timestamp)
      FROM skill_telemetry WHERE %s GROUP BY skill_name ORDER BY 2 DESC
      """;

  private final Path file;

  TheirQueries(Path file) {
    this.file = file;
  }

  long report(String where) throws SQLException {
    long rows = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement totals = connection.prepareStatement(TOTALS.formatted(where));
        PreparedStatement agents =
            connection.prepareStatement(
                "SELECT DISTINCT agent_id FROM skill_telemetry WHERE skill_name = ?");
        ResultSet skills = totals.executeQuery()) {
      while (skills.next()) {
        agents.setString(1, skills.getString(1));
        try (ResultSet agent = agents.executeQuery()) {
          while (agent.next()) {
            rows++;
          }
        }
      }
    }
    return rows;
  }

  long rows(String sql) throws SQLException {
    long rows = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement query = connection.prepareStatement(sql);
        ResultSet result = query.executeQuery()) {
      while (result.next()) {
        rows++;
      }
    }
    return rows;
  }
}
