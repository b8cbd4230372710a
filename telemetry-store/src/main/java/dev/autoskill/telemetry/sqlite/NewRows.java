package dev.autoskill.telemetry.sqlite;

import java.util.List;

/** Rolls up the rows above the watermark. Its caller holds the write lock. */
final class NewRows {

  private final RollupDao dao;
  private final RollupUpdateDao update;
  private final RollupWriter writer;
  private final RecentEvents recent;

  NewRows(RollupDao dao, RollupUpdateDao update, RollupWriter writer, RecentEvents recent) {
    this.dao = dao;
    this.update = update;
    this.writer = writer;
    this.recent = recent;
  }

  /**
   * Rolls up some of them.
   *
   * @param limit how many rows to read at most
   * @return whether there may be more
   */
  boolean rollUp(RollupState state, int limit) {
    UnnumberedRollup known = recent.takeAbove(state);
    if (known == null) {
      return read(state.watermark(), limit);
    }
    writer.add(known.numbered(new Words(dao), update), false);
    known.chunks().write(update);
    update.advance(state.newest(), TextOrder.NONE);
    return false;
  }

  private boolean read(long watermark, int limit) {
    Words words = new Words(dao);
    Rollup change = new Rollup(words);
    int disorder = TextOrder.NONE;
    int size = 0;
    long last = watermark;
    List<RawEvent> events = next(last, limit);
    while (!events.isEmpty()) {
      words.add(update, events);
      for (RawEvent event : events) {
        change.add(event, 1);
        disorder = Math.max(disorder, TextOrder.disorder(event));
      }
      size += events.size();
      last = events.get(events.size() - 1).row();
      events = size < limit ? next(last, limit - size) : List.of();
    }
    if (size > 0) {
      writer.add(change, false);
      update.noteNewest(watermark, last);
      update.advance(last, disorder);
    }
    return size >= limit || recent.first() != null;
  }

  /** Those that are known need not be read. */
  private List<RawEvent> next(long last, int limit) {
    List<RawEvent> events = dao.eventsAfter(last, limit);
    Long known = recent.first();
    if (known == null) {
      return events;
    }
    return events.stream().takeWhile(event -> event.row() < known).toList();
  }
}
