package dev.autoskill.telemetry.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteErrorCode;

/**
 * The right to be connected to a database, which only one copy of SQLite in a JVM may have at a
 * time. Each class loader that loads this library has a copy of its own, and SQLite's locks do not
 * hold between copies in one process.
 *
 * <p>While a loader has connections, others may wait. As soon as one does, this loader opens no
 * more, and whoever keeps a connection open should ask {@link #isWanted} now and then.
 *
 * <p>Safe for use by any number of threads.
 */
final class DatabaseClaim {

  private static final Map<Path, DatabaseClaim> CLAIMS = new ConcurrentHashMap<>();
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  // Guarded by this.
  private final JvmLock claim;
  private final JvmLock turn;
  private boolean isNext;
  private int waiting;
  private int connections;

  /** Databases that are taken for one merely wait for each other. */
  private DatabaseClaim(int number) {
    long first = 2 * Integer.toUnsignedLong(number);
    this.claim = new JvmLock(first);
    this.turn = new JvmLock(first + 1);
  }

  /** The claim on a database, the same for each path that leads to it. */
  static DatabaseClaim on(Path database) throws IOException {
    Path canonical = database.toFile().getCanonicalFile().toPath();
    return CLAIMS.computeIfAbsent(canonical, path -> new DatabaseClaim(path.hashCode()));
  }

  /**
   * Takes part in the claim before a connection is opened.
   *
   * @param patience how long to wait for other class loaders
   * @throws SQLException that the database is locked, if it still is after that time
   */
  void enter(Duration patience) throws SQLException, IOException {
    long start = System.nanoTime();
    boolean isInterrupted = false;
    startWaiting();
    try {
      while (!tryEnter()) {
        if (System.nanoTime() - start >= patience.toNanos()) {
          throw new SQLException(
              "another class loader has the database open", null, SQLiteErrorCode.SQLITE_BUSY.code);
        }
        LockSupport.parkNanos(this, POLL_NANOS);
        isInterrupted |= Thread.interrupted();
      }
    } finally {
      stopWaiting();
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void startWaiting() {
    waiting++;
  }

  private synchronized void stopWaiting() {
    waiting--;
    if (waiting == 0) {
      giveUpTurn();
    }
  }

  private synchronized boolean tryEnter() throws IOException {
    if (connections == 0) {
      isNext = isNext || turn.tryLock();
      if (!isNext || !claim.tryLock()) {
        return false;
      }
      giveUpTurn();
    } else if (isWanted()) {
      return false;
    }
    connections++;
    return true;
  }

  private void giveUpTurn() {
    isNext = false;
    turn.close();
  }

  /** Whether another class loader waits for this one to have no connections. */
  synchronized boolean isWanted() throws IOException {
    if (isNext) {
      return false;
    }
    boolean isFree = turn.tryLock();
    turn.close();
    return !isFree;
  }

  /** After a connection was closed, or could not be opened. */
  synchronized void leave() {
    connections--;
    if (connections == 0) {
      claim.close();
    }
  }
}
