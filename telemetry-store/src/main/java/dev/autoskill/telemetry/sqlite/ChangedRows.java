package dev.autoskill.telemetry.sqlite;

import java.util.ArrayList;
import java.util.List;

/**
 * Works into the rollups what others deleted and changed. The triggers noted each counted row as it
 * was, so it is taken away, and what stands in its place now is added. Its caller holds the write
 * lock.
 */
final class ChangedRows {

  /** A statement takes only so many parameters. */
  private static final int CHUNK = 500;

  private final RollupDao dao;
  private final RollupUpdateDao update;
  private final RollupWriter writer;
  private final LooseEnds looseEnds;

  ChangedRows(RollupDao dao, RollupUpdateDao update, RollupWriter writer) {
    this.dao = dao;
    this.update = update;
    this.writer = writer;
    this.looseEnds = new LooseEnds(dao, update);
  }

  /** Works in some of what was noted: rows that were counted first, the greatest last. */
  void workIn(int limit, RollupState state) {
    List<RawEvent> before = update.changed(limit);
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
    looseEnds.find(change, before, words);
    int disorder = state.disorder();
    for (RawEvent event : after) {
      change.add(event, 1);
      disorder = Math.max(disorder, TextOrder.disorder(event));
    }
    writer.add(change, false);
    writer.deleteEmpty(change);
    looseEnds.tighten(words, state.watermark(), disorder);
    update.forgetChanges(rows);
    update.advance(state.watermark(), disorder);
  }
}
