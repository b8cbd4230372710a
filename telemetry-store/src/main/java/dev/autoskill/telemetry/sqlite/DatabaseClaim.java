package dev.autoskill.telemetry.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The right to be connected to a database. Each class loader that loads this library has a copy of
 * SQLite, and SQLite's locks do not hold between copies in one process, so only one of them may
 * have connections at a time. As soon as another one waits, this one opens no more.
 *
 * <p>Safe for use by any number of threads.
 */
final class DatabaseClaim {

  private static final Map<Path, DatabaseClaim> CLAIMS = new ConcurrentHashMap<>();
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  final DatabaseLog log;

  // Guarded by this.
  private final JvmLock claim;
  private final JvmLock turn;
  private boolean isNext;
  private int waiting;
  private int connections;

  /** Databases whose numbers are equal merely wait for each other. */
  private DatabaseClaim(Path database) {
    long first = 2 * Integer.toUnsignedLong(database.hashCode());
    this.log = new DatabaseLog(database);
    this.claim = new JvmLock(first);
    this.turn = new JvmLock(first + 1);
  }

  /** {@return the claim on a database, the same for each path that leads to it} */
  static DatabaseClaim on(Path database) throws IOException {
    Path canonical = database.toFile().getCanonicalFile().toPath();
    return CLAIMS.computeIfAbsent(canonical, DatabaseClaim::new);
  }

  /**
   * Takes part in the claim before a connection is opened, and keeps the connection from a log or
   * an index of another file.
   *
   * @throws SQLException that the database is locked, if others have it all the time
   */
  void enter(Duration timeout) throws SQLException, IOException {
    long start = System.nanoTime();
    boolean isInterrupted = false;
    changeWaiting(1);
    try {
      while (!tryEnter()) {
        if (System.nanoTime() - start >= timeout.toNanos()) {
          throw new SQLException(
              "others have the database open", null, SQLiteErrorCode.SQLITE_BUSY.code);
        }
        LockSupport.parkNanos(this, POLL_NANOS);
        isInterrupted |= Thread.interrupted();
      }
    } finally {
      changeWaiting(-1);
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void changeWaiting(int more) {
    waiting += more;
    if (waiting == 0) {
      isNext = false;
      turn.unlock();
    }
  }

  private synchronized boolean tryEnter() throws IOException {
    if (connections == 0) {
      isNext = isNext || turn.tryLock();
      if (!isNext || !claim.tryLock()) {
        return false;
      }
      isNext = false;
      turn.unlock();
    } else if (isWanted()) {
      return false;
    }
    boolean isConnected = connections++ > 0;
    boolean isReady = false;
    try {
      isReady = log.putAsideIfForeign(isConnected) && log.renewStaleIndex(isConnected);
    } finally {
      if (!isReady) {
        leave();
      }
    }
    return isReady;
  }

  /** Whether another class loader waits for this one to have no connections to a database. */
  static boolean isWanted(Path database) {
    try {
      return on(database).isWanted();
    } catch (IOException e) {
      // No file descriptor is left to find out.
      return false;
    }
  }

  private synchronized boolean isWanted() throws IOException {
    if (isNext) {
      return false;
    }
    boolean isFree = turn.tryLock();
    turn.unlock();
    return !isFree;
  }

  /** After a connection was closed, or could not be opened. */
  synchronized void leave() {
    connections--;
    try {
      log.closed(connections > 0);
    } catch (IOException e) {
      // Nobody connects before it is put aside.
    }
    if (connections == 0) {
      claim.unlock();
    }
  }

  /**
   * A lock that all class loaders of this JVM see, and no other process: a shared lock on a byte
   * far behind the end of the JVM's own image file. Shared locks exclude no other process, but
   * within a JVM no two locks may overlap, see {@link FileLock}. The lock goes with its class
   * loader. Not safe for use by several threads at once.
   */
  static final class JvmLock {

    private static final long FAR_BEHIND = 1L << 40;
    private static final Path IMAGE =
        Path.of(System.getProperty("java.home", ""), "lib", "modules").toAbsolutePath();

    private final long position;
    private @Nullable FileChannel channel;

    /** The JVM knows locks by weak references. */
    private @Nullable FileLock lock;

    /** Equal numbers are one lock. */
    JvmLock(long number) {
      this.position = FAR_BEHIND + number;
    }

    /**
     * Takes the lock unless another one in this JVM has it.
     *
     * @return whether it was free; also where there are no locks
     * @throws IOException if the process has no file descriptor left
     */
    boolean tryLock() throws IOException {
      if (Files.notExists(IMAGE)) {
        return true;
      }
      FileChannel opened = FileChannel.open(IMAGE, StandardOpenOption.READ);
      try {
        lock = opened.tryLock(position, 1, true);
      } catch (OverlappingFileLockException e) {
        opened.close();
        return false;
      } catch (IOException e) {
        // The file system has no locks.
        lock = null;
      }
      channel = opened;
      return true;
    }

    void unlock() {
      FileChannel closing = channel;
      channel = null;
      lock = null;
      if (closing != null) {
        try {
          closing.close();
        } catch (IOException e) {
          // The lock is gone all the same.
        }
      }
    }
  }
}
