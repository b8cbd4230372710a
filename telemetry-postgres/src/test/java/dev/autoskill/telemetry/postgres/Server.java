package dev.autoskill.telemetry.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL server: one for all tests of a JVM, or one of a test's own that may be restarted.
 */
final class Server implements AutoCloseable {

  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static Server shared;

  private final Path data;
  private EmbeddedPostgres process;
  private int port;

  private Server(Path data) throws IOException {
    this.data = data;
    start();
  }

  /** The server of this JVM; it ends with it. */
  static synchronized Server shared() throws IOException {
    if (shared == null) {
      shared = new Server(null);
    }
    return shared;
  }

  /** A server whose files are in a directory, and stay there while it is stopped. */
  static Server in(Path data) throws IOException {
    return new Server(data);
  }

  void stop() throws IOException {
    process.close();
  }

  void restart() throws IOException {
    stop();
    start();
  }

  private void start() throws IOException {
    EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
    if (data != null) {
      builder.setDataDirectory(data).setCleanDataDirectory(false);
    }
    if (port != 0) {
      builder.setPort(port);
    }
    process = builder.start();
    port = process.getPort();
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  int port() {
    return port;
  }

  /** The address of a new database. */
  String database() throws SQLException {
    String name = "events_" + DATABASES.incrementAndGet();
    execute(process.getJdbcUrl("postgres", "postgres"), "CREATE DATABASE " + name);
    return process.getJdbcUrl("postgres", name);
  }

  /** The address of a new database whose files are in a directory. */
  String databaseOn(Path directory) throws SQLException {
    String name = "events_" + DATABASES.incrementAndGet();
    execute(
        process.getJdbcUrl("postgres", "postgres"),
        "CREATE TABLESPACE disk LOCATION '" + directory + "'",
        "CREATE DATABASE " + name + " TABLESPACE disk");
    return process.getJdbcUrl("postgres", name);
  }

  static void execute(String address, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(address);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The rows of a query, the columns of each separated by a bar. */
  static List<String> rows(String address, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(address);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      int columns = found.getMetaData().getColumnCount();
      while (found.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(String.valueOf(found.getString(i)));
        }
        rows.add(String.join("|", values));
      }
    }
    return rows;
  }

  static long number(String address, String sql) throws SQLException {
    return Long.parseLong(rows(address, sql).get(0));
  }

  /** Waits until so many events are there; the test has a time limit. */
  static void awaitEvents(String address, long events) throws SQLException {
    String found = "SELECT COUNT(*) FROM pg_catalog.pg_class WHERE relname = 'skill_telemetry'";
    while (number(address, found) == 0
        || number(address, "SELECT COUNT(*) FROM skill_telemetry") < events) {
      Thread.onSpinWait();
    }
  }
}
