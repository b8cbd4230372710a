package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.PrivateFiles;
import dev.autoskill.telemetry.recording.Trouble;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.sqlite.DatabaseLog.FileState;
import dev.autoskill.telemetry.sqlite.RollupDao.State;
import dev.autoskill.telemetry.sqlite.UseQuery.Trust;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/**
 * Opens a connection per query, brings the rollups up to date before it, and relies on less where
 * the rollups are in doubt.
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

  /** The file whose events were compared in number with the rollups. */
  private volatile @Nullable String compared;

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

  /** {@return the answer of work that was asked for; false if it was not done in time} */
  boolean write(Duration time, @Nullable Retention retention, Work work) {
    if (!DatabaseFile.mayBeWritten(file)) {
      return false;
    }
    try (Handle handle = writing.open()) {
      ((SQLiteConnection) handle.getConnection())
          .setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
      SqliteConnections.limit(handle, time);
      return work.with(new Rollups(handle, retention));
    } catch (Exception | LinkageError e) {
      swallow(e);
      return false;
    }
  }

  private boolean isWritable() {
    return mayWrite && DatabaseFile.mayBeWritten(file);
  }

  private void swallow(Throwable fault) {
    if (DatabaseFile.troubleOf(fault) == Trouble.DATABASE_SLOW) {
      faults.swallowed(Trouble.DATABASE_SLOW.sentence(), fault);
    } else {
      faults.swallowed(fault);
    }
  }

  /** {@return an answer that needs no rollups} */
  <T> T ofEvents(T ifUnreadable, Completeness completeness, Function<Handle, T> query) {
    return answer(
        ifUnreadable,
        completeness,
        handle -> SqliteConnections.inTransaction(handle, () -> query.apply(handle)));
  }

  /** {@return an answer from the rollups; in any doubt, they are counted anew} */
  <T> T ofRollups(T ifUnreadable, Completeness completeness, BiFunction<Handle, Trust, T> query) {
    return answer(
        ifUnreadable,
        completeness,
        handle -> {
          boolean isSound = isSound(handle);
          // A file that is read without its log must not change meanwhile.
          if (handle.getJdbi() == reading && isWritable()) {
            catchUp(handle, isSound);
            SqliteConnections.limit(handle, queryTimeout);
          }
          for (Trust trust :
              isSound ? List.of(Trust.ROLLUPS, Trust.RETAINED) : List.of(Trust.RETAINED)) {
            try {
              return SqliteConnections.inTransaction(handle, () -> query.apply(handle, trust));
            } catch (RuntimeException | SQLException e) {
              if (SqliteConnections.isPassing(e)) {
                throw e;
              }
              faults.swallowed(e);
              if (mayWrite) {
                write(queryTimeout, null, Rollups::startAgain);
              }
            }
          }
          completeness.broken("the counts of deleted events cannot be read");
          return SqliteConnections.inTransaction(handle, () -> query.apply(handle, Trust.NOTHING));
        });
  }

  private interface Question<T> {
    T on(Handle handle) throws SQLException;
  }

  private <T> T answer(T ifUnreadable, Completeness completeness, Question<T> question) {
    if (Files.notExists(file)) {
      return ifUnreadable;
    }
    try (Handle handle = reading.open()) {
      SqliteConnections.limit(handle, queryTimeout);
      return isIndexStale(handle) ? ofFileAlone(question) : question.on(handle);
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      swallow(e);
      completeness.broken(DatabaseFile.troubleOf(e).sentence());
      return ifUnreadable;
    }
  }

  /**
   * Whether a larger file was copied over the database: of how many pages it has, SQLite believes
   * the log's index, until the last program that has the index open finds out.
   */
  private boolean isIndexStale(Handle handle) {
    try {
      handle.execute("PRAGMA user_version");
      return false;
    } catch (JdbiException e) {
      return DatabaseFile.troubleOf(e) == Trouble.DATABASE_CORRUPT
          && SqliteConnections.isLogEmpty(PrivateFiles.target(file));
    }
  }

  private <T> T ofFileAlone(Question<T> question) throws SQLException {
    FileState before = FileState.of(file);
    try (Handle alone = SqliteConnections.forReadingTheFileAlone(file).open()) {
      SqliteConnections.limit(alone, queryTimeout);
      T answer = question.on(alone);
      if (Objects.equals(before, FileState.of(file))) {
        return answer;
      }
      throw new SQLException("written to meanwhile", null, SQLiteErrorCode.SQLITE_BUSY.code);
    }
  }

  private boolean isSound(Handle reader) throws SQLException {
    try {
      return SqliteConnections.inTransaction(reader, () -> hasAllEvents(reader));
    } catch (RuntimeException | SQLException e) {
      if (SqliteConnections.isPassing(e)) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Whether as many events are there as are counted. Rows may go without a trigger where a damaged
   * file is recovered in part, which makes another file; so each file is looked at once.
   */
  private boolean hasAllEvents(Handle reader) {
    FileState now = FileState.of(file);
    if (now == null || now.identity().equals(compared)) {
      return true;
    }
    RollupDao dao = reader.attach(RollupDao.class);
    State state = Rollups.state(dao);
    if (state == null || !state.isRight()) {
      return true;
    }
    boolean hasAll = dao.hasAllEvents();
    compared = hasAll ? now.identity() : null;
    return hasAll;
  }

  /** Brings the rollups up to date if much is missing and nobody else did, as time allows. */
  private void catchUp(Handle reader, boolean isSound) {
    try {
      if (!isSound || Rollups.backlog(Rollups.state(reader.attach(RollupDao.class))) > FEW) {
        try (Handle handle = writing.open()) {
          SqliteConnections.limit(handle, queryTimeout);
          Rollups rollups = new Rollups(handle, null);
          if (!isSound) {
            rollups.startAgain();
          }
          rollups.catchUp(queryTimeout.toNanos());
        }
      }
    } catch (Exception e) {
      if (!SqliteConnections.isPassing(e)) {
        faults.swallowed(e);
      }
    }
  }
}
