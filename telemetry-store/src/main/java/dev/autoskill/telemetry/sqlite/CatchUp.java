package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.StoreException;
import dev.autoskill.telemetry.writer.Trouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Brings the rollups up to date before a report, for whom nobody else did: when other programs
 * wrote while this one had nothing to store.
 *
 * <p>Safe for use by any number of threads.
 */
final class CatchUp {

  /** The report counts so many rows quicker by itself. */
  private static final long FEW = 256;

  /** Who waits longer for the lock had better count. */
  private static final Duration LOCK_TIMEOUT = Duration.ofMillis(100);

  private final Path file;
  private final Duration time;
  private final Faults faults;

  /** Kept, since JDBI learns what its SQL objects are like once for each; null until needed. */
  private volatile @Nullable Jdbi connections;

  CatchUp(Path file, Duration time, Faults faults) {
    this.file = file;
    this.time = time;
    this.faults = faults;
  }

  /**
   * Counts everything anew.
   *
   * @return whether that came to its end
   */
  boolean startAgain() {
    try (Handle writing = open(SqliteConnections.forWriting(file, time))) {
      RollupKeeper keeper = new RollupKeeper(writing, null);
      keeper.startAgain();
      while (keeper.step()) {
        keeper.pauseForOthers();
      }
      RollupState state = new RollupStateReader(writing).state();
      return state != null && state.isTrue();
    } catch (Exception e) {
      faults.swallowed(e);
      return false;
    }
  }

  /** Does it if there is much to catch up with, as far as time allows. */
  void ifNeeded(Handle reading) {
    long deadline = System.nanoTime() + time.toNanos();
    try {
      if (new RollupStateReader(reading).backlog() <= FEW || !Files.isWritable(file)) {
        return;
      }
      try (Handle writing = open(connections())) {
        RollupKeeper keeper = new RollupKeeper(writing, null);
        while (System.nanoTime() - deadline < 0 && keeper.step()) {
          keeper.pauseForOthers();
        }
      }
    } catch (Exception e) {
      if (!SqliteConnections.isBusy(e)) {
        faults.swallowed(e);
      }
    }
  }

  private Jdbi connections() {
    Jdbi known = connections;
    if (known == null) {
      known = SqliteConnections.forWriting(file, LOCK_TIMEOUT);
      connections = known;
    }
    return known;
  }

  /** A database that events may not be stored in is none to make tables in either. */
  private Handle open(Jdbi connections) throws StoreException {
    if (!Files.isWritable(file)) {
      // SQLite would leave files beside it that are read-only for ever.
      throw new StoreException(Trouble.DATABASE_READ_ONLY);
    }
    Handle writing = connections.open();
    boolean isOurs = false;
    try {
      Shape.check(writing.attach(TelemetryDao.class));
      isOurs = true;
      return writing;
    } finally {
      if (!isOurs) {
        writing.close();
      }
    }
  }
}
