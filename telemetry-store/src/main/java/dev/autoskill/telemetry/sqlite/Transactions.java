package dev.autoskill.telemetry.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Transactions that the driver's commit() does not follow with another one. */
final class Transactions {

  private Transactions() {}

  /**
   * Runs statements in one transaction; whether it takes the write lock is the connection's matter.
   *
   * <p>Not through JDBI, which commits by commit(): the driver begins the next transaction there at
   * once, and with it takes the lock again.
   */
  static void run(Handle handle, Runnable statements) throws SQLException {
    call(
        handle,
        () -> {
          statements.run();
          return true;
        });
  }

  /** The same, for statements that have a result. */
  static <T> T call(Handle handle, Supplier<T> statements) throws SQLException {
    Connection connection = handle.getConnection();
    begin(connection);
    boolean isDone = false;
    try {
      T result = statements.get();
      isDone = true;
      return result;
    } finally {
      if (!isDone) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }

  private static void begin(Connection connection) throws SQLException {
    boolean hasBegun = false;
    try {
      connection.setAutoCommit(false);
      hasBegun = true;
    } finally {
      if (!hasBegun) {
        neverBegan(connection);
      }
    }
  }

  /**
   * When BEGIN fails, the driver takes itself to be in a transaction all the same, and would run
   * what comes next outside of any.
   */
  private static void neverBegan(Connection connection) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // There is no transaction to commit, which is what was to be made known.
    }
  }
}
