package dev.autoskill.telemetry.sqlite;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/** How the database is opened, by the one who writes and by those who read. */
final class SqliteConnections {

  /** To this the write-ahead log is cut when it begins anew. */
  private static final int JOURNAL_SIZE_LIMIT_BYTES = 4 * 1024 * 1024;

  private SqliteConnections() {}

  /**
   * For the writer: a transaction takes the write lock when it begins, and waits for it, so that it
   * cannot fail half-way because another process was quicker.
   */
  static Jdbi forWriting(Path file, Duration busyTimeout) {
    SQLiteConfig config = config(busyTimeout);
    config.setSynchronous(SynchronousMode.NORMAL);
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    config.setJournalSizeLimit(JOURNAL_SIZE_LIMIT_BYTES);
    return open(file, busyTimeout, () -> addressOf(file), config);
  }

  /** For queries: never makes a file. */
  static Jdbi forReading(Path file, Duration busyTimeout) {
    SQLiteConfig config = config(busyTimeout);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return open(file, busyTimeout, () -> addressOf(file) + howToLeaveNothing(file), config);
  }

  /** Whether another class loader waits for this one to have no connection to a database. */
  static boolean isWanted(Path file) {
    try {
      return DatabaseClaim.on(file).isWanted();
    } catch (IOException e) {
      // To find out takes a file descriptor, and there is none.
      return false;
    }
  }

  /**
   * SQLite would make the file of shared memory beside a database with a write-ahead log, and as
   * read-only as the database is, which keeps everybody out after the database is writable again.
   * Where the log is empty, the database is all there is to read; otherwise that file has to be
   * there.
   */
  private static String howToLeaveNothing(Path file) {
    if (Files.isWritable(file)) {
      return "";
    }
    return new File(file + "-wal").length() == 0 ? "?immutable=1" : "?readonly_shm=1";
  }

  /** Whether a statement failed because another program holds a lock. */
  static boolean isBusy(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException failed
          && (failed.getErrorCode() & 0xFF) == SQLiteErrorCode.SQLITE_BUSY.code) {
        return true;
      }
    }
    return false;
  }

  private static SQLiteConfig config(Duration busyTimeout) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
    return config;
  }

  /** A URI, since the driver takes what follows a question mark in a plain path for settings. */
  private static String addressOf(Path file) {
    return file.toAbsolutePath().toUri().toString();
  }

  private static Jdbi open(
      Path file, Duration patience, Supplier<String> address, SQLiteConfig config) {
    Slf4jQuiet.ensure();
    ConnectionFactory connections = () -> connect(address.get(), config);
    Jdbi jdbi =
        Jdbi.create(new ClaimedConnections(file, patience, connections))
            .installPlugin(new SqlObjectPlugin());
    // SQLite itself rolls back what is open when a connection closes, and JDBI would complain.
    jdbi.getConfig(Handles.class).setForceEndTransactions(false);
    return jdbi;
  }

  /**
   * Before it loads its native library, the driver may run a program to find out about the system.
   * The thread by which older JDKs watch that inherits the context class loader, and lives on.
   */
  private static Connection connect(String address, SQLiteConfig config) throws SQLException {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    ClassLoader system = ClassLoader.getSystemClassLoader();
    if (context == null || context == system) {
      return connection(address, config);
    }
    thread.setContextClassLoader(system);
    try {
      return connection(address, config);
    } finally {
      thread.setContextClassLoader(context);
    }
  }

  /**
   * The driver's own factories register it with the {@code DriverManager}, which would keep the
   * class loader of the library and of whoever brought it along for as long as the process lives.
   */
  private static Connection connection(String address, SQLiteConfig config) throws SQLException {
    NativeLibrary.ensure();
    return new JDBC4Connection("jdbc:sqlite:" + address, address, config.toProperties());
  }
}
