package dev.autoskill.telemetry.sqlite;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Works into the rollups what others deleted and changed. The triggers noted each counted row as it
 * was, so it is taken away, and what stands in its place now is added. Its caller holds the write
 * lock.
 */
final class ChangedRows {

  /** A statement takes only so many parameters. */
  private static final int CHUNK = 500;

  /** Each day that changes costs as much as some hundred rows, so a step takes only so many. */
  private static final int MOST_DAYS = 32;

  private final RollupDao dao;
  private final RollupUpdateDao update;
  private final RollupWriter writer;
  private final LooseEnds looseEnds;

  ChangedRows(RollupDao dao, RollupUpdateDao update, RollupWriter writer, LooseEnds looseEnds) {
    this.dao = dao;
    this.update = update;
    this.writer = writer;
    this.looseEnds = looseEnds;
  }

  /**
   * Works in some of what was noted: rows that were counted first, the greatest last. Where events
   * may have come unnoticed, everything is to be counted anew.
   */
  void workIn(int limit, RollupState state) {
    if (update.hasUnnoticedChange()) {
      update.giveUp(RollupState.LOWEST);
      return;
    }
    List<RawEvent> before = ofFewDays(update.changed(limit));
    List<Long> rows =
        before.isEmpty() ? update.movedTo(limit) : before.stream().map(RawEvent::row).toList();
    List<RawEvent> after = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += CHUNK) {
      List<Long> some = rows.subList(from, Math.min(from + CHUNK, rows.size()));
      after.addAll(update.eventsAt(some));
      update.noteNewest(some);
    }
    Words words = new Words(dao);
    // What was given a free rowid above is counted when its turn comes.
    after.removeIf(event -> event.row() > state.watermark());
    words.add(update, before);
    words.add(update, after);
    Rollup change = new Rollup(words);
    before.forEach(event -> change.add(event, -1));
    looseEnds.find(before, after, words);
    int disorder = TextOrder.NONE;
    for (RawEvent event : after) {
      change.add(event, 1);
      disorder = Math.max(disorder, TextOrder.disorder(event));
    }
    writer.add(change, false);
    writer.deleteEmpty(change);
    update.forgetChanges(rows);
    update.forgetNoted(before.size());
    update.noteDisorder(disorder);
    // The row at the watermark may be gone.
    update.settle(RollupState.LOWEST);
  }

  private static List<RawEvent> ofFewDays(List<RawEvent> events) {
    Set<Long> days = new HashSet<>();
    int size = 0;
    while (size < events.size() && days.size() <= MOST_DAYS) {
      days.add(Timestamps.dayOf(events.get(size).instant()));
      size += days.size() <= MOST_DAYS ? 1 : 0;
    }
    return events.subList(0, size);
  }
}
