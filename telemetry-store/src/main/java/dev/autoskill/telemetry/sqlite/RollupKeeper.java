package dev.autoskill.telemetry.sqlite;

import java.sql.SQLException;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rollups up with the table, in short steps, each a transaction of its own. It may be
 * interrupted between any two and by any other process that does the same: each step finds out
 * anew, under the write lock, where the rollups stand.
 *
 * <p>Used by one thread at a time.
 */
final class RollupKeeper {

  /**
   * While events come in, so many new ones pay for what a step costs in any case: to add to some
   * hundred tallies, which takes as long as to add up some ten thousand events.
   */
  static final int ENOUGH = 32 * RollupDao.PAGE;

  static final int SMALLEST_STEP = 4 * RollupDao.PAGE;

  private static final int LARGEST_STEP = 32 * RollupDao.PAGE;

  /** To work in a row that others changed takes about as much as so many new ones. */
  private static final int CHANGE_COST = 8;

  private static final long SHORT_NANOS = 25_000_000;
  private static final long LONG_NANOS = 60_000_000;

  private final Handle handle;
  private final RollupStateReader states;
  private final RollupSchema schema;
  private final RollupUpdateDao update;
  private final NewRows newRows;
  private final ChangedRows changedRows;
  private final LooseEnds looseEnds;
  private final @Nullable Pruner pruner;
  private int stepSize = SMALLEST_STEP;
  private long taken;

  /**
   * Makes one for a handle that stores no events.
   *
   * @param retention which events are to be deleted; null: none
   */
  RollupKeeper(Handle handle, @Nullable Retention retention) throws SQLException {
    this(handle, new RecentEvents(handle.attach(RollupDao.class)), retention);
  }

  /**
   * Makes one.
   *
   * @param recent what was stored through the same handle
   * @param retention which events are to be deleted; null: none
   */
  RollupKeeper(Handle handle, RecentEvents recent, @Nullable Retention retention)
      throws SQLException {
    RollupFunctions.register(handle.getConnection());
    this.handle = handle;
    this.states = new RollupStateReader(handle);
    this.update = handle.attach(RollupUpdateDao.class);
    RollupDao dao = handle.attach(RollupDao.class);
    this.schema = new RollupSchema(handle, dao, update);
    RollupWriter writer = new RollupWriter(dao, update);
    this.newRows = new NewRows(dao, update, writer, recent);
    this.pruner = retention == null ? null : new Pruner(handle, writer, retention);
    this.looseEnds = new LooseEnds(dao, update, handle.attach(LooseDao.class));
    this.changedRows = new ChangedRows(dao, update, writer, looseEnds);
  }

  /** See {@link RollupStateReader#backlog}. */
  long backlog() {
    return states.backlog();
  }

  /** Gives up what was counted, so that it is forgotten and counted anew, in steps. */
  void startAgain() throws SQLException {
    Transactions.run(
        handle,
        () -> {
          if (states.state() != null) {
            update.giveUp(RollupState.LOWEST);
          }
        });
  }

  /**
   * Does one step.
   *
   * @return whether there is more to do
   */
  boolean step() throws SQLException {
    long[] start = {0};
    boolean hasMore =
        Transactions.call(
            handle,
            () -> {
              // From here on the lock is held; to wait for it is no work.
              start[0] = System.nanoTime();
              return stepInTransaction();
            });
    taken = System.nanoTime() - start[0];
    if (taken > LONG_NANOS) {
      stepSize = Math.max(SMALLEST_STEP, stepSize / 2);
    } else if (taken < SHORT_NANOS) {
      stepSize = Math.min(LARGEST_STEP, stepSize * 2);
    }
    return hasMore;
  }

  /**
   * Lets others have the lock. They look for it only now and then, so without a pause between steps
   * they might never find it free.
   */
  void pauseForOthers() {
    LockSupport.parkNanos(this, Math.min(taken / 3, LONG_NANOS / 2));
  }

  /** Whether it is time to look for events that need not be kept. */
  boolean isPruningDue() {
    return pruner != null && pruner.isDue();
  }

  private boolean stepInTransaction() {
    RollupState state = states.state();
    if (!states.isPossible()) {
      if (state != null) {
        update.giveUp(RollupState.LOWEST);
      }
      return false;
    }
    if (state == null) {
      state = schema.makeTables();
    }
    if (!state.isIntact()) {
      schema.forgetSome(stepSize);
      return true;
    }
    if (state.hasChanges()) {
      changedRows.workIn(Math.max(1, stepSize / CHANGE_COST), state);
      return true;
    }
    if (state.isLoose()) {
      looseEnds.tighten(state, stepSize);
      return true;
    }
    return newRows.rollUp(state, stepSize) || (isPruningDue() && pruner.step());
  }
}
