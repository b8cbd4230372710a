package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.sqlite.SqliteConnections;
import dev.autoskill.telemetry.sync.SyncException;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** A database on a server, reached by one connection at a time. */
final class RemoteDatabase {

  private final PostgresTarget target;
  private final Duration statementTimeout;
  private final Jdbi jdbi;

  RemoteDatabase(PostgresTarget target, Duration statementTimeout) {
    SqliteConnections.keepSlf4jQuiet();
    this.target = target;
    this.statementTimeout = statementTimeout;
    this.jdbi =
        Jdbi.create(target::connect)
            .installPlugin(new SqlObjectPlugin())
            .registerArrayType(String.class, "text")
            .registerArrayType(Double.class, "float8")
            .registerArrayType(Integer.class, "int4")
            .registerArrayType(Long.class, "int8");
  }

  String name() {
    return target.name();
  }

  /**
   * Does work on a connection.
   *
   * @throws SyncException if the server cannot be reached, or refuses
   */
  <T> T with(HandleCallback<T, SQLException> work) {
    try (Handle handle = open()) {
      return work.withHandle(handle);
    } catch (JdbiException | SQLException e) {
      throw failure(e);
    }
  }

  /**
   * Opens a connection, which is the caller's to close.
   *
   * @throws SyncException if the server cannot be reached, or refuses
   */
  Handle open() {
    try {
      Handle handle = jdbi.open();
      try {
        handle.execute("SET statement_timeout = " + statementTimeout.toMillis());
        return handle;
      } catch (JdbiException e) {
        handle.close();
        throw e;
      }
    } catch (JdbiException e) {
      throw failure(e);
    }
  }

  SyncException failure(Exception e) {
    return SqlState.of(e).failure(target.name());
  }
}
