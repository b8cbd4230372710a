package dev.autoskill.telemetry.faults;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sums of a database's rows, computed row by row, as {@code Program} prints reports. */
final class NaiveReport {

  private static final int CORRUPT = 11;

  private long uses;
  private long successes;
  private long failures;
  private long timed;
  private long millis;

  private NaiveReport() {}

  /**
   * While programs have the index beside an empty log open, SQLite calls a larger file that was
   * copied over the database damaged. The file alone can be read.
   */
  static String of(Path database) throws SQLException {
    try {
      return of("jdbc:sqlite:" + database);
    } catch (SQLException e) {
      if (e.getErrorCode() == CORRUPT && Path.of(database + "-wal").toFile().length() == 0) {
        return of("jdbc:sqlite:" + database.toUri() + "?immutable=1");
      }
      throw e;
    }
  }

  private static String of(String url) throws SQLException {
    Map<String, NaiveReport> skills = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement query = connection.createStatement()) {
      query.execute("PRAGMA busy_timeout = 60000");
      ResultSet rows = query.executeQuery("SELECT * FROM skill_telemetry NOT INDEXED");
      while (rows.next()) {
        skills.computeIfAbsent(rows.getString("skill_name"), name -> new NaiveReport()).add(rows);
      }
    }
    return skills.entrySet().stream()
        .map(skill -> skill.getKey() + " " + skill.getValue())
        .collect(Collectors.joining("; "));
  }

  private void add(ResultSet row) throws SQLException {
    uses++;
    successes += row.getString("outcome").equals("success") ? 1 : 0;
    failures += row.getString("outcome").equals("failure") ? 1 : 0;
    long duration = row.getLong("duration_ms");
    if (!row.wasNull()) {
      timed++;
      millis += duration;
    }
  }

  @Override
  public String toString() {
    Long average = timed == 0 ? null : Long.valueOf(Math.floorDiv(2 * millis + timed, 2 * timed));
    return uses + " " + successes + " " + failures + " " + average;
  }
}
