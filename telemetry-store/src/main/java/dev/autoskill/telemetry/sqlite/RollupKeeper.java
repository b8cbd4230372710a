package dev.autoskill.telemetry.sqlite;

import java.sql.SQLException;
import java.util.List;
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
   * hundred tallies, which takes as long as to add up some thousand events.
   */
  static final int ENOUGH = 4 * RollupDao.PAGE;

  private static final int SMALLEST_STEP = ENOUGH;

  private static final int LARGEST_STEP = 8 * ENOUGH;

  /** To work in a row that others changed takes about as much as so many new ones. */
  private static final int CHANGE_COST = 8;

  private static final long SHORT_NANOS = 25_000_000;
  private static final long LONG_NANOS = 60_000_000;

  private final Handle handle;
  private final RollupSchema schema;
  private final RollupDao dao;
  private final RollupUpdateDao update;
  private final RollupWriter writer;
  private final ChangedRows changedRows;
  private final @Nullable Pruner pruner;
  private int stepSize = SMALLEST_STEP;
  private long taken;

  /**
   * Makes one.
   *
   * @param retention which events are to be deleted; null: none
   */
  RollupKeeper(Handle handle, @Nullable Retention retention) throws SQLException {
    RollupFunctions.register(handle.getConnection());
    this.handle = handle;
    this.schema = new RollupSchema(handle);
    this.dao = handle.attach(RollupDao.class);
    this.update = handle.attach(RollupUpdateDao.class);
    this.writer = new RollupWriter(dao, update);
    this.pruner = retention == null ? null : new Pruner(handle, writer, retention);
    this.changedRows = new ChangedRows(dao, update, writer);
  }

  /** How many rows, about, are not counted yet; a change by others means that many are not. */
  static long backlog(Handle handle) {
    RollupSchema schema = new RollupSchema(handle);
    RollupState state = schema.isThere() ? handle.attach(RollupDao.class).state() : null;
    if (state == null) {
      return schema.isPossible() ? Long.MAX_VALUE : 0;
    }
    if (state.version() != RollupState.VERSION) {
      return 0;
    }
    return state.isTrue() ? Math.max(0, state.backlog()) : Long.MAX_VALUE;
  }

  /** Forgets what was counted, but for the events that retention deleted. */
  void startAgain() throws SQLException {
    Transactions.run(
        handle,
        () -> {
          if (schema.ensure()) {
            schema.startAgain();
          }
        });
  }

  /**
   * Does one step.
   *
   * @return whether there is more to do
   */
  boolean step() throws SQLException {
    long start = System.nanoTime();
    boolean hasMore = Transactions.call(handle, this::stepInTransaction);
    taken = System.nanoTime() - start;
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
    if (!schema.ensure()) {
      return false;
    }
    RollupState state = dao.state();
    if (state == null || state.version() != RollupState.VERSION) {
      return false;
    }
    if (!state.isIntact()) {
      schema.startAgain();
      return true;
    }
    if (state.hasChanges()) {
      changedRows.workIn(Math.max(1, stepSize / CHANGE_COST), state);
      return true;
    }
    return rollUp(state.watermark()) || (isPruningDue() && pruner.step());
  }

  private boolean rollUp(long watermark) {
    Words words = new Words(dao);
    Rollup change = new Rollup(words);
    int disorder = TextOrder.NONE;
    int size = 0;
    long last = watermark;
    List<RawEvent> events = dao.eventsAfter(last, stepSize);
    while (!events.isEmpty()) {
      words.add(update, events);
      for (RawEvent event : events) {
        change.add(event, 1);
        disorder = Math.max(disorder, TextOrder.disorder(event));
      }
      size += events.size();
      last = events.get(events.size() - 1).row();
      events = size < stepSize ? dao.eventsAfter(last, stepSize - size) : List.of();
    }
    if (size > 0) {
      writer.add(change, false);
      update.noteNewest(watermark, last);
      update.advance(last, disorder);
    }
    return size == stepSize;
  }
}
