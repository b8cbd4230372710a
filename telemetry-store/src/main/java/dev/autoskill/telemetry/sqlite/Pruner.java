package dev.autoskill.telemetry.sqlite;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Deletes events that need not be kept, a few at a time, and moves what they add up to from the
 * rollups of the table to those of deleted events. Its caller holds the write lock, and has rolled
 * up all there is.
 */
final class Pruner {

  private static final int SMALLEST_STEP = 16;
  private static final int LARGEST_STEP = 512;
  private static final int PAGES_GIVEN_BACK = 64;
  private static final int INCREMENTAL = 2;
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** A step that takes longer keeps others waiting, who are to wait no longer than 0.1 s. */
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long SHORT_NANOS = LONG_NANOS / 4;

  /** Greater than the text of any date. */
  private static final String AFTER_ALL_DATES = ":";

  private final Handle handle;
  private final RollupDao dao;
  private final RollupUpdateDao update;
  private final PruneDao prune;
  private final RollupWriter writer;
  private final Retention retention;
  private @Nullable Long doneAtNanos;

  /** The last event that was looked at because of its age; null: none since the look began. */
  private @Nullable RawEvent lookedAt;

  private boolean hasMoreToLookAt;

  /** How many events a step looks at, as the disk at hand allows. */
  private int stepSize = LARGEST_STEP;

  Pruner(Handle handle, RollupWriter writer, Retention retention) {
    this.handle = handle;
    this.dao = handle.attach(RollupDao.class);
    this.update = handle.attach(RollupUpdateDao.class);
    this.prune = handle.attach(PruneDao.class);
    this.writer = writer;
    this.retention = retention;
  }

  /** Whether it is time to look for something to delete. */
  boolean isDue() {
    return doneAtNanos == null || retention.time().nanoTime() - doneAtNanos >= PAUSE_NANOS;
  }

  /**
   * Deletes some events.
   *
   * @return whether there are more
   */
  boolean step() {
    long start = retention.time().nanoTime();
    List<RawEvent> events = tooOld();
    if (events.isEmpty() && isTooLarge()) {
      events = prune.oldest(AFTER_ALL_DATES, stepSize);
    }
    if (!events.isEmpty()) {
      delete(events);
    }
    boolean hasFreed = giveBack();
    adapt(retention.time().nanoTime() - start);
    boolean hasMore = hasFreed || hasMoreToLookAt || !events.isEmpty();
    doneAtNanos = hasMore ? null : (Long) retention.time().nanoTime();
    return hasMore;
  }

  private void adapt(long taken) {
    if (taken > LONG_NANOS) {
      stepSize = Math.max(SMALLEST_STEP, stepSize / 2);
    } else if (taken < SHORT_NANOS) {
      stepSize = Math.min(LARGEST_STEP, stepSize * 2);
    }
  }

  /**
   * Some of them, in the order of the texts. Texts that are no dates, and so nobody knows how old
   * their events are, come before most that are: they are passed over.
   */
  private List<RawEvent> tooOld() {
    Long firstDay = retention.firstDay();
    if (firstDay == null) {
      return List.of();
    }
    List<RawEvent> events =
        prune.oldestAfter(
            lookedAt == null ? "" : lookedAt.timestamp(),
            lookedAt == null ? RollupState.LOWEST : lookedAt.row(),
            TextOrder.from(firstDay, TextOrder.NONE),
            stepSize);
    hasMoreToLookAt = events.size() == stepSize;
    lookedAt = hasMoreToLookAt ? events.get(stepSize - 1) : null;
    return events.stream().filter(event -> isBefore(firstDay, event)).toList();
  }

  private static boolean isBefore(long firstDay, RawEvent event) {
    Instant instant = Timestamps.parseOrNull(event.timestamp());
    return instant != null && Timestamps.dayOf(instant) < firstDay;
  }

  private boolean isTooLarge() {
    Long maxBytes = retention.maxBytes();
    return maxBytes != null && prune.usedBytes() > maxBytes;
  }

  private void delete(List<RawEvent> events) {
    Words words = new Words(dao);
    words.add(update, events);
    Rollup gone = new Rollup(words);
    Rollup kept = new Rollup(words);
    for (RawEvent event : events) {
      gone.add(event, -1);
      kept.add(event, 1);
    }
    // The first timestamp of what is left is not looked for: together with what is kept, it is
    // still the one that was.
    writer.add(kept, true);
    writer.add(gone, false);
    writer.deleteEmpty(gone);
    prune.setPruning(true);
    prune.delete(events.stream().map(RawEvent::row).toList());
    prune.setPruning(false);
    update.settle(RollupState.LOWEST);
  }

  /** Only where the file was made for it; elsewhere free pages are used again. */
  private boolean giveBack() {
    if (prune.autoVacuum() != INCREMENTAL || prune.freePages() == 0) {
      return false;
    }
    handle.execute("PRAGMA incremental_vacuum(" + PAGES_GIVEN_BACK + ")");
    return prune.freePages() > 0;
  }
}
