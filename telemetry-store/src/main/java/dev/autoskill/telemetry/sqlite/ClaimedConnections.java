package dev.autoskill.telemetry.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Opens connections only while this class loader may have some, and says so when they close. */
final class ClaimedConnections implements ConnectionFactory {

  private final Path database;
  private final Duration patience;
  private final ConnectionFactory connections;

  /** Looked for when the file is there. */
  private volatile @Nullable DatabaseClaim claim;

  /**
   * Makes a factory.
   *
   * @param patience how long to wait for other class loaders
   */
  ClaimedConnections(Path database, Duration patience, ConnectionFactory connections) {
    this.database = database;
    this.patience = patience;
    this.connections = connections;
  }

  @Override
  public Connection openConnection() throws SQLException {
    DatabaseClaim entered = enter();
    Connection opened = null;
    try {
      opened = connections.openConnection();
    } finally {
      if (opened == null) {
        entered.leave();
      }
    }
    return opened;
  }

  private DatabaseClaim enter() throws SQLException {
    try {
      DatabaseClaim known = claim;
      if (known == null) {
        known = DatabaseClaim.on(database);
        claim = known;
      }
      known.enter(patience);
      return known;
    } catch (IOException e) {
      throw new SQLException(
          "the database cannot be claimed", null, SQLiteErrorCode.SQLITE_CANTOPEN.code, e);
    }
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    try {
      connections.closeConnection(connection);
    } finally {
      DatabaseClaim entered = claim;
      if (entered != null) {
        entered.leave();
      }
    }
  }
}
