package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events that were stored last through a connection, added up. As long as nobody else has
 * changed anything since, they are what stands in the table, and need not be read from there: that
 * takes several times as long as to add them up while they are at hand.
 *
 * <p>Used by one thread only, within transactions that hold the write lock.
 */
final class RecentEvents {

  /** More wait for nobody to write down what they add up to. */
  private static final int MOST = 2 * RollupKeeper.ENOUGH;

  private final RollupDao dao;

  /** Null if nothing is known. */
  private @Nullable UnnumberedRollup sum;

  /** As SQLite counts the changes by others. */
  private int version;

  /** The rowids of the first and the last event. */
  private long first;

  private long last;

  RecentEvents(RollupDao dao) {
    this.dao = dao;
  }

  /**
   * A batch has been inserted, as the last thing that was.
   *
   * @param added how many of its events were not there already
   */
  void stored(List<TelemetryEvent> batch, int added) {
    if (added < batch.size() || added == 0 || !areOrdered(batch)) {
      sum = null;
      return;
    }
    int versionNow = dao.changesByOthers();
    long lastNow = dao.lastInserted();
    long row = lastNow - added;
    boolean goesOn = versionNow == version && row == last;
    if (sum == null || !goesOn || sum.size() + added > MOST) {
      // What others' triggers make of the rows, only the rows tell.
      sum = dao.foreignTriggers() > 0 ? null : new UnnumberedRollup();
      first = row + 1;
    }
    if (sum != null) {
      for (TelemetryEvent event : batch) {
        row++;
        sum.add(row, event);
      }
    }
    version = versionNow;
    last = lastNow;
  }

  private static boolean areOrdered(List<TelemetryEvent> batch) {
    for (TelemetryEvent event : batch) {
      if (!Timestamps.isOrdered(event.timestamp())) {
        return false;
      }
    }
    return true;
  }

  /** The rowid of the first event, up to which others have to be counted before; else null. */
  @Nullable Long first() {
    return sum == null ? null : (Long) first;
  }

  /**
   * What all rows above the watermark add up to, if that is known; else null. It is not known any
   * more, unless rows before have to be counted first.
   */
  @Nullable UnnumberedRollup takeAbove(RollupState state) {
    if (sum != null
        && (version != dao.changesByOthers()
            || last != state.newest()
            || first <= state.watermark())) {
      sum = null;
    }
    if (sum == null || dao.hasRows(state.watermark(), first)) {
      return null;
    }
    UnnumberedRollup taken = sum;
    sum = null;
    return taken;
  }
}
