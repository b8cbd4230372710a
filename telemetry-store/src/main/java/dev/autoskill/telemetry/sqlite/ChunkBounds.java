package dev.autoskill.telemetry.sqlite;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest timestamps of chunks of rowids, of events that come in the order of their rowids, as
 * {@link NewestEvents} needs them.
 */
final class ChunkBounds {

  private static final int ROW_BITS = 12;

  private final List<Long> chunks = new ArrayList<>();
  private final List<String> newest = new ArrayList<>();
  private long chunk;
  private long newestMillis = Long.MIN_VALUE;

  void add(long row, long millis) {
    if (row >> ROW_BITS != chunk) {
      end();
      chunk = row >> ROW_BITS;
    }
    newestMillis = Math.max(newestMillis, millis);
  }

  /** Notes them, unless there is no event. */
  void write(RollupUpdateDao update) {
    end();
    update.noteNewest(chunks, newest);
  }

  private void end() {
    if (newestMillis > Long.MIN_VALUE) {
      chunks.add(chunk);
      newest.add(TimestampText.of(newestMillis));
      newestMillis = Long.MIN_VALUE;
    }
  }
}
