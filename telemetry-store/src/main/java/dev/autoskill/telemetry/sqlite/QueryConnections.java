package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.Trouble;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.sqlite.DatabaseLog.FileState;
import dev.autoskill.telemetry.sqlite.RollupSql.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

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

  /**
   * {@return the answer of work; false if it was not done in time}
   *
   * @param isAsked whether somebody asked for it: others' locks are waited for longer, and counted
   */
  boolean write(
      boolean isAsked, Duration time, @Nullable Retention retention, Predicate<Rollups> work) {
    if (!DatabaseFile.mayBeWritten(file)) {
      return false;
    }
    Duration lock = isAsked ? busyTimeout : CATCH_UP_LOCK;
    try (Handle handle = writing.open()) {
      ((SQLiteConnection) handle.getConnection()).setBusyTimeout(Math.toIntExact(lock.toMillis()));
      SqliteConnections.limit(handle, time);
      return work.test(new Rollups(handle, retention));
    } catch (Exception | LinkageError e) {
      if (isAsked || !SqliteConnections.isPassing(e)) {
        swallow(e);
      }
      return false;
    }
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
        handle -> SqliteConnections.inTransaction(handle, SqliteConnections.BEGIN, query::apply));
  }

  /** How much of the rollups a query relies on. */
  enum Trust {
    /** All, if they are right. */
    ROLLUPS,
    /** The counts that retention left. */
    RETAINED,
    /** Nothing: the events alone. */
    NOTHING
  }

  /**
   * The tables that a query relies on, in its transaction.
   *
   * @param state where the rollups stand; {@link State#NONE} if there are none to rely on
   * @param hasRetained whether there are counts that retention left
   */
  record Basis(Handle handle, Trust trust, State state, boolean hasRetained) {}

  /** {@return an answer from the rollups; in any doubt, they are counted anew} */
  <T> T ofRollups(T ifUnreadable, Completeness completeness, Function<Basis, T> query) {
    return answer(
        ifUnreadable,
        completeness,
        handle -> {
          for (Trust trust : List.of(Trust.ROLLUPS, Trust.RETAINED)) {
            try {
              return attempt(handle, trust, mayWrite && trust == Trust.ROLLUPS, query);
            } catch (RuntimeException e) {
              if (SqliteConnections.isPassing(e)) {
                throw e;
              }
              faults.swallowed(e);
              if (mayWrite) {
                write(true, queryTimeout, null, Rollups::startAgain);
              }
            }
          }
          completeness.broken("the counts of deleted events cannot be read");
          return attempt(handle, Trust.NOTHING, false, query);
        });
  }

  private <T> T attempt(Handle handle, Trust trust, boolean mayCatchUp, Function<Basis, T> query) {
    T answer =
        SqliteConnections.inTransaction(
            handle,
            SqliteConnections.BEGIN,
            reading -> {
              Basis basis = basis(handle, trust);
              boolean isLate = mayCatchUp && basis.state().backlog() > FEW;
              return isLate && DatabaseFile.mayBeWritten(file) ? null : query.apply(basis);
            });
    if (answer == null) {
      write(false, queryTimeout, null, rollups -> rollups.catchUp(queryTimeout.toNanos()));
      SqliteConnections.limit(handle, queryTimeout);
      answer = attempt(handle, trust, false, query);
    }
    return answer;
  }

  private <T> T answer(T ifUnreadable, Completeness completeness, Function<Handle, T> question) {
    if (Files.notExists(file)) {
      return ifUnreadable;
    }
    try (Handle handle = reading.open()) {
      SqliteConnections.limit(handle, queryTimeout);
      return question.apply(handle);
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      swallow(e);
      completeness.broken(DatabaseFile.troubleOf(e).sentence());
      return ifUnreadable;
    }
  }

  private Basis basis(Handle handle, Trust trust) {
    Set<String> schema = trust == Trust.NOTHING ? Set.of() : RollupSql.schema(handle);
    State state = trust == Trust.ROLLUPS ? RollupSql.state(handle, schema) : State.NONE;
    if (state.isRight() && !hasAllEvents(handle)) {
      throw new IllegalStateException("other events are there than are counted");
    }
    return new Basis(handle, trust, state, schema.contains(RollupSql.RETAINED));
  }

  /**
   * Whether as many events are there as are counted. Rows may go without a trigger where a damaged
   * file is recovered in part, which makes another file; so each file is looked at once.
   */
  private boolean hasAllEvents(Handle handle) {
    FileState now = FileState.of(file);
    if (now == null || now.identity().equals(compared)) {
      return true;
    }
    boolean hasAll =
        handle.createQuery(RollupSql.PARTS.get("has all events")).mapTo(boolean.class).one();
    compared = hasAll ? now.identity() : null;
    return hasAll;
  }
}
