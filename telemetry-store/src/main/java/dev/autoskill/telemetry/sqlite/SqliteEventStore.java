package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.recording.EventStore;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.PrivateFiles;
import dev.autoskill.telemetry.recording.StoreException;
import dev.autoskill.telemetry.recording.Trouble;
import dev.autoskill.telemetry.sqlite.DatabaseLog.FileState;
import dev.autoskill.telemetry.sqlite.error.ErrorTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Stores events in the database. Opens it when the first batch comes, and anew after a failure.
 *
 * <p>Used by one thread only.
 */
public final class SqliteEventStore implements EventStore {

  /** Longer than another's batch takes, and short enough not to miss the end of a close. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(50);

  /** Longer than any batch or step takes; bounds what a foreign trigger or a broken file costs. */
  private static final Duration LONGEST_WORK = Duration.ofSeconds(30);

  /** More are likely to come at once. */
  private static final int MANY_EVENTS = 1000;

  private static final long LARGE_LOG_BYTES = 8L * 1024 * 1024;

  /** Readers keep the log from being emptied; asking again at once does not help. */
  private static final long LOG_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Path file;
  private final Faults faults;
  private final @Nullable Retention retention;

  /** Kept, since JDBI examines SQL objects and parses statements once per Jdbi. */
  private final Jdbi connections;

  private @Nullable Handle handle;

  /** Made once per connection: attaching takes as long as storing some fifty events. */
  private @Nullable TelemetryDao dao;

  private @Nullable Rollups rollups;

  /** The file, and the database's version, when one of the two was last changed through SQLite. */
  private @Nullable FileState seen;

  private long seenVersion;
  private boolean storedLately;
  private long storedSinceLook;
  private @Nullable Long blockedLogNanos;

  /** Whether another's lock ended the upkeep, so that it is to go on without a batch to store. */
  private boolean isCutShort;

  /**
   * Makes a store; opens nothing yet.
   *
   * @param file the database's file; it and the directories above it are made if missing
   * @param busyTimeout how long to wait for other programs' locks; never more than 50 ms, after
   *     which the caller tries again
   * @param faults counts what is swallowed
   * @param retention which events are deleted, whoever stored them; null: none
   */
  public SqliteEventStore(
      Path file, Duration busyTimeout, Faults faults, @Nullable Retention retention) {
    this.file = file;
    Duration wait = busyTimeout.compareTo(LONGEST_WAIT) < 0 ? busyTimeout : LONGEST_WAIT;
    this.connections = SqliteConnections.forWriting(file, wait);
    this.faults = faults;
    this.retention = retention;
  }

  @Override
  public Stored store(List<RecordedEvent> events) throws StoreException {
    Stored stored =
        attempt(
            open -> {
              Stored found =
                  SqliteConnections.inTransaction(
                      open,
                      SqliteConnections.BEGIN_WRITING,
                      writing -> {
                        int added = dao.insert(events);
                        return new Stored(added, added < events.size() ? missing(events) : 0);
                      });
              ErrorTable.insert(open, events, faults::swallowed);
              return found;
            },
            found -> events.size() < MANY_EVENTS ? 0 : Long.MAX_VALUE);
    storedLately = true;
    storedSinceLook += stored.added();
    return stored;
  }

  /** Events that were not added exist already, unless a constraint of others refuses them. */
  private int missing(List<RecordedEvent> events) {
    List<String> ids = events.stream().map(each -> each.event().id()).distinct().toList();
    return ids.size() - dao.count(ids);
  }

  /**
   * Brings the rollups a step nearer to the events when many came in, or none since the last call.
   * Once they are there, deletes what retention wants.
   */
  @Override
  public boolean maintain() throws StoreException {
    boolean isIdle = !storedLately;
    storedLately = false;
    if (handle == null && !isCutShort) {
      return false;
    }
    isCutShort = false;
    if (!isIdle && storedSinceLook < Rollups.STEP && rollups != null && !rollups.isPruningDue()) {
      return false;
    }
    storedSinceLook = 0;
    boolean hasMore =
        attempt(
            open -> {
              if (rollups == null) {
                rollups = new Rollups(open, retention);
              }
              long least = isIdle ? 1 : Rollups.STEP;
              return (rollups.isPruningDue() || rollups.backlog() >= least) && step(rollups);
            },
            isMoreLeft -> isMoreLeft ? LARGE_LOG_BYTES : 0);
    if (hasMore) {
      storedSinceLook = Rollups.STEP;
    }
    return hasMore;
  }

  private boolean step(Rollups upkeep) {
    try {
      return upkeep.step();
    } catch (JdbiException e) {
      if (DatabaseFile.troubleOf(e) != Trouble.DATABASE_LOCKED) {
        throw e;
      }
      isCutShort = true;
      return false;
    }
  }

  @Override
  public void close() {
    Handle closing = handle;
    handle = null;
    dao = null;
    rollups = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (JdbiException e) {
        faults.swallowed(e);
      }
    }
  }

  /** Does some work, and empties the log if more bytes are left in it than the answer allows. */
  private <T> T attempt(HandleCallback<T, Exception> work, ToLongFunction<T> mostLogBytes)
      throws StoreException {
    try {
      if (handle != null && isReplaced()) {
        // SQLite would go on writing to the old file, or from what it remembers of it.
        close();
      }
      if (handle == null) {
        open();
      }
      SqliteConnections.limit(handle, LONGEST_WORK);
      long changes = dao.changes();
      T result = work.withHandle(handle);
      emptyLog(mostLogBytes.applyAsLong(result));
      if (dao.changes() != changes || dao.dataVersion() != seenVersion) {
        remember();
      }
      if (DatabaseClaim.isWanted(file)) {
        close();
      }
      return result;
    } catch (Exception | LinkageError e) {
      close();
      throw e instanceof StoreException known
          ? known
          : new StoreException(DatabaseFile.troubleOf(e), e);
    }
  }

  /** Other connections change the database through SQLite, which says so. */
  private boolean isReplaced() {
    FileState now = FileState.of(PrivateFiles.target(file));
    return now == null
        || !now.identity().equals(seen.identity())
        || (!now.equals(seen) && dao.dataVersion() == seenVersion);
  }

  private void remember() throws StoreException {
    FileState now = FileState.of(PrivateFiles.target(file));
    if (now == null || !now.identity().equals(seen.identity())) {
      // Another file took its place meanwhile, and does not have what was written just now.
      throw new StoreException(Trouble.DATABASE_LOCKED, null);
    }
    seen = now;
    seenVersion = dao.dataVersion();
  }

  /**
   * Empties the log beyond some bytes. A log is of use to no file but its own, so it is best to
   * have none when the database is copied or replaced.
   */
  private void emptyLog(long mostBytes) {
    long now = System.nanoTime();
    if (new File(PrivateFiles.target(file) + "-wal").length() > mostBytes
        && (blockedLogNanos == null || now - blockedLogNanos > LOG_RETRY_NANOS)) {
      blockedLogNanos = dao.emptyLog() == 0 ? null : now;
    }
  }

  private void open() throws IOException, SQLException, StoreException {
    Path target = PrivateFiles.target(file);
    seen = DatabaseFile.prepare(target);
    seenVersion = -1; // no database's
    handle = connections.open();
    dao = handle.attach(TelemetryDao.class);
    SqliteConnections.limit(handle, LONGEST_WORK);
    Trouble trouble = DatabaseFile.trouble(dao);
    if (trouble != null) {
      // On a table of another shape, our triggers would break others' statements.
      new Rollups(handle, null).step();
      throw new StoreException(trouble, null);
    }
    if (seen.size() > 0 && dao.pages() == 0) {
      // Another file is being copied over it, of which SQLite would make a new database.
      throw new StoreException(Trouble.DATABASE_LOCKED, null);
    }
    SqliteConnections.inTransaction(
        handle,
        SqliteConnections.BEGIN_WRITING,
        writing -> {
          TelemetryDao.CREATE.forEach(writing::execute);
          return true;
        });
    useWriteAheadLog(handle);
    SqliteConnections.noteLog(handle.getConnection(), seen, true);
    DatabaseFile.narrow(target);
  }

  /** Lets readers and a writer work at once. Without it everything is slower, and still right. */
  private void useWriteAheadLog(Handle opened) {
    try {
      opened.execute("PRAGMA journal_mode = WAL");
    } catch (JdbiException e) {
      // Another program holds the database, or the file system cannot share memory.
      if (DatabaseFile.troubleOf(e) != Trouble.DATABASE_LOCKED) {
        faults.swallowed(e);
      }
    }
  }
}
