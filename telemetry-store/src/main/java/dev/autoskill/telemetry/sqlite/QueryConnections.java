package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.sqlite.UseQuery.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConnection;

/**
 * Opens a connection per query, brings the rollups up to date before it, and asks the events alone
 * where the rollups are damaged.
 *
 * <p>Safe for use by any number of threads.
 */
final class QueryConnections {

  /** A report counts so few events itself. */
  private static final long FEW = 256;

  /**
   * If a lock takes longer, counting is quicker. Nor may a query that is connected wait for long
   * while another class loader waits for it.
   */
  private static final Duration CATCH_UP_LOCK = Duration.ofMillis(100);

  private final Path file;
  private final Duration busyTimeout;
  private final Duration queryTimeout;
  private final Faults faults;
  private final boolean mayWrite;
  private final Jdbi reading;
  private final Jdbi writing;

  QueryConnections(
      Path file, Duration busyTimeout, Duration queryTimeout, Faults faults, boolean mayWrite) {
    this.file = file;
    this.busyTimeout = busyTimeout;
    this.queryTimeout = queryTimeout;
    this.faults = faults;
    this.mayWrite = mayWrite;
    // Kept, because JDBI examines SQL objects and parses statements once per Jdbi.
    this.reading = SqliteConnections.forReading(file, busyTimeout);
    this.writing = SqliteConnections.forWriting(file, CATCH_UP_LOCK);
  }

  interface Work {
    boolean with(Rollups rollups) throws SQLException;
  }

  /** {@return the work's answer; false if it could not be done} */
  boolean write(Work work) {
    if (!mayWrite || !DatabaseFile.mayBeWritten(file)) {
      return false;
    }
    try (Handle handle = writing.open()) {
      ((SQLiteConnection) handle.getConnection())
          .setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
      return work.with(new Rollups(handle, null));
    } catch (Exception | LinkageError e) {
      faults.swallowed(e);
      return false;
    }
  }

  /** Brings the rollups up to date if much is missing and nobody else did, as time allows. */
  private void catchUp(Handle reader) {
    try {
      if (Rollups.backlog(Rollups.state(reader.attach(RollupDao.class))) > FEW) {
        try (Handle handle = writing.open()) {
          SqliteConnections.limit(handle, queryTimeout);
          new Rollups(handle, null).catchUp(queryTimeout.toNanos());
        }
      }
    } catch (Exception e) {
      if (!SqliteConnections.isPassing(e)) {
        faults.swallowed(e);
      }
    }
  }

  /** In any doubt, relies on less, and has everything counted anew. */
  <T> T answer(
      T ifUnreadable,
      Completeness completeness,
      boolean isOfRollups,
      BiFunction<Handle, Trust, T> query) {
    if (Files.notExists(file)) {
      return ifUnreadable;
    }
    try (Handle handle = reading.open()) {
      if (isOfRollups && mayWrite && DatabaseFile.mayBeWritten(file)) {
        catchUp(handle);
      }
      SqliteConnections.limit(handle, queryTimeout);
      for (Trust trust : Trust.values()) {
        try {
          return SqliteConnections.inTransaction(handle, () -> query.apply(handle, trust));
        } catch (RuntimeException e) {
          if (SqliteConnections.isPassing(e) || trust == Trust.NOTHING) {
            throw e;
          }
          faults.swallowed(e);
          if (trust == Trust.ROLLUPS) {
            write(Rollups::startAgain);
          } else {
            completeness.broken();
          }
        }
      }
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      faults.swallowed(e);
      completeness.broken();
    }
    return ifUnreadable;
  }
}
