package dev.autoskill.telemetry.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The content of a database, read without the library. */
final class Stored implements AutoCloseable {

  private final Connection connection;

  private Stored(Connection connection) {
    this.connection = connection;
  }

  static Stored in(Path database) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
    connection.createStatement().execute("PRAGMA busy_timeout = 60000");
    return new Stored(connection);
  }

  /** How often each session is there. */
  Map<String, Integer> sessions() throws SQLException {
    Map<String, Integer> sessions = new HashMap<>();
    try (Statement query = connection.createStatement();
        ResultSet rows =
            query.executeQuery(
                "SELECT session_id, COUNT(*) FROM skill_telemetry GROUP BY session_id")) {
      while (rows.next()) {
        sessions.put(rows.getString(1), rows.getInt(2));
      }
    }
    return sessions;
  }

  /** Every session of a program is there once, and there are no others. */
  void assertOnceEach(String name, long count) throws SQLException {
    Map<String, Integer> sessions = sessions();
    for (long i = 0; i < count; i++) {
      assertEquals(1, sessions.remove(name + "-" + i), name + "-" + i);
    }
    assertEquals(Map.of(), sessions);
  }

  /** That session is there once. */
  void assertOnce(String session) throws SQLException {
    String count = "SELECT COUNT(*) FROM skill_telemetry WHERE session_id = '" + session + "'";
    assertEquals("1", text(count), session);
  }

  void assertIntact() throws SQLException {
    assertEquals("ok", text("PRAGMA integrity_check"));
  }

  String text(String sql) throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
