package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.writer.EventStore;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.StoreException;
import dev.autoskill.telemetry.writer.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * Stores events in the database. Opens it when the first batch comes, and anew after a failure.
 *
 * <p>Used by one thread only.
 */
public final class SqliteEventStore implements EventStore {

  /** Longer than another's batch takes, and short enough not to miss the end of a close. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(50);

  /** Upkeep can wait, so it does not wait for locks. */
  private static final int UPKEEP_LOCK_MS = 20;

  /** A statement takes only so many parameters. */
  private static final int IDS_AT_ONCE = 500;

  private final Path file;
  private final Duration wait;
  private final Faults faults;
  private final WriteAheadLog log;
  private final @Nullable Retention retention;
  private @Nullable Handle handle;
  private @Nullable TelemetryDao dao;
  private @Nullable RecentEvents recent;
  private @Nullable RollupKeeper keeper;
  private boolean storedLately;
  private @Nullable Object identity;

  /** Of the files beside the database, when it was opened. */
  private Map<Path, Object> beside = Map.of();

  private long storedSinceLook;

  /** Whether another's lock ended the upkeep, so that it is to go on without a batch to store. */
  private boolean isCutShort;

  /**
   * Makes a store; opens nothing yet.
   *
   * @param file the database's file; it and the directories above it are made if missing
   * @param busyTimeout how long to wait for other programs' locks; never more than 50 ms, after
   *     which whoever calls tries again
   * @param faults counts what is swallowed
   */
  public SqliteEventStore(Path file, Duration busyTimeout, Faults faults) {
    this(file, busyTimeout, faults, null);
  }

  /**
   * Makes a store that also deletes; opens nothing yet.
   *
   * @param file the database's file; it and the directories above it are made if missing
   * @param busyTimeout how long to wait for other programs' locks
   * @param faults counts what is swallowed
   * @param retention which events are deleted, whoever stored them; null: none
   */
  public SqliteEventStore(
      Path file, Duration busyTimeout, Faults faults, @Nullable Retention retention) {
    this.file = file;
    this.wait = busyTimeout.compareTo(LONGEST_WAIT) < 0 ? busyTimeout : LONGEST_WAIT;
    this.faults = faults;
    this.log = new WriteAheadLog(file);
    this.retention = retention;
  }

  @Override
  public Stored store(List<TelemetryEvent> events) throws StoreException {
    int[] added = {0};
    int[] refused = {0};
    attempt(
        open -> {
          TelemetryDao table = dao(open);
          Transactions.run(
              open,
              () -> {
                for (int rows : table.insert(events)) {
                  added[0] += rows;
                }
                if (added[0] < events.size()) {
                  refused[0] = missing(table, events);
                }
                if (recent != null) {
                  recent.stored(events, added[0]);
                }
              });
        });
    storedLately = true;
    storedSinceLook += added[0];
    return new Stored(added[0], refused[0]);
  }

  /** What is not added is there already, unless others made the table demand what it has not. */
  private static int missing(TelemetryDao dao, List<TelemetryEvent> events) {
    List<String> ids = events.stream().map(TelemetryEvent::id).distinct().toList();
    int missing = ids.size();
    for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
      missing -= dao.count(ids.subList(from, Math.min(from + IDS_AT_ONCE, ids.size())));
    }
    return missing;
  }

  /**
   * Keeps the write-ahead log small and brings the rollups a step nearer to the table: when enough
   * has come in, or nothing has since this was last called. When they are there, deletes some of
   * the events that need not be kept.
   */
  @Override
  public boolean maintain() throws StoreException {
    boolean isIdle = !storedLately;
    storedLately = false;
    if (handle == null && !isCutShort) {
      return false;
    }
    isCutShort = false;
    if (log.isDue()) {
      attempt(open -> dao(open).emptyLog());
    }
    if (!isIdle
        && storedSinceLook < RollupKeeper.ENOUGH
        && keeper != null
        && !keeper.isPruningDue()) {
      // The next events are waiting, and even to look how far the rollups are takes time.
      return false;
    }
    storedSinceLook = 0;
    boolean[] hasMore = {false};
    attempt(open -> hasMore[0] = isRolledUpFurther(open, isIdle));
    if (hasMore[0]) {
      storedSinceLook = RollupKeeper.ENOUGH;
    }
    return hasMore[0];
  }

  /** Made once for each connection: it takes as long as to store some fifty events. */
  private TelemetryDao dao(Handle open) {
    if (dao == null) {
      dao = open.attach(TelemetryDao.class);
    }
    return dao;
  }

  private boolean isRolledUpFurther(Handle open, boolean isIdle) throws SQLException {
    if (keeper == null) {
      recent = new RecentEvents(open.attach(RollupDao.class));
      keeper = new RollupKeeper(open, recent, retention);
    }
    long backlog = keeper.backlog();
    if (!keeper.isPruningDue() && (backlog == 0 || (backlog < RollupKeeper.ENOUGH && !isIdle))) {
      return false;
    }
    SQLiteConnection connection = (SQLiteConnection) open.getConnection();
    boolean isDone = false;
    try {
      connection.setBusyTimeout(UPKEEP_LOCK_MS);
      boolean hasMore = keeper.step();
      connection.setBusyTimeout(Math.toIntExact(wait.toMillis()));
      isDone = true;
      if (hasMore && isIdle) {
        // Else others get their turn between this and the next batch, as between two batches.
        keeper.pauseForOthers();
      }
      return hasMore;
    } catch (JdbiException | SQLException e) {
      if (SqliteConnections.isBusy(e)) {
        isCutShort = true;
        return false;
      }
      throw e;
    } finally {
      if (!isDone) {
        // Whatever state the connection was left in; the next batch opens another.
        close();
      }
    }
  }

  /** Closes the database, which rolls back what is not committed. */
  @Override
  public void close() {
    Handle closing = handle;
    handle = null;
    dao = null;
    recent = null;
    keeper = null;
    if (closing != null) {
      try {
        closing.close();
      } catch (JdbiException e) {
        faults.swallowed(e);
      }
    }
  }

  /** Something that is done with the open database. */
  @FunctionalInterface
  private interface Work {
    void on(Handle open) throws SQLException, StoreException;
  }

  private void attempt(Work work) throws StoreException {
    try {
      if (handle != null && !Objects.equals(identity, DatabaseFile.identity(file))) {
        // Somebody deleted the file. SQLite would go on writing to it where nobody finds it.
        close();
        DatabaseFile.deleteIfStill(beside);
      }
      if (handle == null) {
        handle = open();
      }
      work.on(handle);
      if (SqliteConnections.isWanted(file)) {
        close();
      }
    } catch (StoreException e) {
      close();
      throw e;
    } catch (Exception | LinkageError e) {
      close();
      throw new StoreException(Troubles.of(e), e);
    }
  }

  private Handle open() throws IOException, SQLException, StoreException {
    DatabaseFile.create(file);
    identity = DatabaseFile.identity(file);
    if (!Files.isWritable(file)) {
      // SQLite would leave files beside it that are read-only for ever.
      throw new StoreException(Trouble.DATABASE_READ_ONLY);
    }
    Handle opened = SqliteConnections.forWriting(file, wait).open();
    boolean isReady = false;
    try {
      TelemetryDao table = dao(opened);
      Shape.check(table);
      useWriteAheadLog(opened);
      Transactions.run(
          opened,
          () -> {
            table.createTable();
            table.createSkillIndex();
            table.createTimestampIndex();
          });
      beside = DatabaseFile.beside(file);
      isReady = true;
      return opened;
    } finally {
      if (!isReady) {
        dao = null;
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
      if (Troubles.of(e) != Trouble.DATABASE_LOCKED) {
        faults.swallowed(e);
      }
    }
  }
}
