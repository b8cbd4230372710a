package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.writer.EventStore;
import dev.autoskill.telemetry.writer.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Stores events in the database. Opens it when the first batch comes, and anew after a failure.
 *
 * <p>Used by one thread only.
 */
public final class SqliteEventStore implements EventStore {

  private final Path file;
  private final Duration busyTimeout;
  private final Faults faults;
  private @Nullable Handle handle;

  /**
   * Makes a store; opens nothing yet.
   *
   * @param file the database's file; it and the directories above it are made if missing
   * @param busyTimeout how long to wait for other programs' locks
   * @param faults counts what is swallowed
   */
  public SqliteEventStore(Path file, Duration busyTimeout, Faults faults) {
    this.file = file;
    this.busyTimeout = busyTimeout;
    this.faults = faults;
  }

  @Override
  public void store(List<TelemetryEvent> events) throws IOException, SQLException {
    boolean isStored = false;
    try {
      if (handle == null) {
        handle = open();
      }
      TelemetryDao dao = handle.attach(TelemetryDao.class);
      inTransaction(handle, () -> dao.insert(events));
      isStored = true;
    } finally {
      if (!isStored) {
        close();
      }
    }
  }

  /** Closes the database, which rolls back what is not committed. */
  @Override
  public void close() {
    Handle closing = handle;
    handle = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (JdbiException e) {
        faults.swallowed(e);
      }
    }
  }

  private Handle open() throws IOException, SQLException {
    DatabaseFile.create(file);
    Handle opened = SqliteConnections.forWriting(file, busyTimeout).open();
    boolean isReady = false;
    try {
      useWriteAheadLog(opened);
      TelemetryDao dao = opened.attach(TelemetryDao.class);
      inTransaction(
          opened,
          () -> {
            dao.createTable();
            dao.createSkillIndex();
            dao.createTimestampIndex();
          });
      isReady = true;
      return opened;
    } finally {
      if (!isReady) {
        opened.close();
      }
    }
  }

  /** Lets readers and a writer work at once. Not having it is slower, and nothing else. */
  private void useWriteAheadLog(Handle opened) {
    try {
      opened.execute("PRAGMA journal_mode = WAL");
    } catch (JdbiException e) {
      // Another program holds the database, or the file system cannot share memory.
      faults.swallowed(e);
    }
  }

  /** Not through JDBI: the driver's commit() would take the write lock again at once. */
  private static void inTransaction(Handle handle, Runnable statements) throws SQLException {
    Connection connection = handle.getConnection();
    connection.setAutoCommit(false);
    statements.run();
    connection.setAutoCommit(true);
  }
}
