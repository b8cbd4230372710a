package dev.autoskill.telemetry.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteOpenMode;

/** How the database is opened, by the one who writes and by those who read. */
final class SqliteConnections {

  private SqliteConnections() {}

  /**
   * For the writer: a transaction takes the write lock when it begins, and waits for it, so that it
   * cannot fail half-way because another process was quicker.
   */
  static Jdbi forWriting(Path file, Duration busyTimeout) {
    SQLiteConfig config = config(busyTimeout);
    config.setSynchronous(SynchronousMode.NORMAL);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    return open(file, config);
  }

  /** For queries: never makes a file. */
  static Jdbi forReading(Path file, Duration busyTimeout) {
    SQLiteConfig config = config(busyTimeout);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return open(file, config);
  }

  private static SQLiteConfig config(Duration busyTimeout) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
    return config;
  }

  private static Jdbi open(Path file, SQLiteConfig config) {
    Slf4jQuiet.ensure();
    // As a URI, because the driver takes what follows a question mark in a plain path for settings.
    String url = "jdbc:sqlite:" + file.toAbsolutePath().toUri();
    return Jdbi.create(() -> config.createConnection(url)).installPlugin(new SqlObjectPlugin());
  }
}
