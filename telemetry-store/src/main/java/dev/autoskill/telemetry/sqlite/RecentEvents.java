package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The events that were stored last through a connection, as rows. As long as nobody else has
 * changed anything since, they are what stands in the table, and need not be read from there to be
 * added up: that takes longer than to add them up.
 *
 * <p>Used by one thread only, within transactions that hold the write lock.
 */
final class RecentEvents {

  /** More wait for nobody to add them up. */
  private static final int MOST = 2 * RollupKeeper.ENOUGH;

  private final RollupDao dao;
  private List<RawEvent> events = new ArrayList<>();

  /** As SQLite counts the changes by others. */
  private int version;

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
    if (added < batch.size() || added == 0) {
      forget();
      return;
    }
    int versionNow = dao.changesByOthers();
    long lastNow = dao.lastInserted();
    boolean goesOn = versionNow == version && last + added == lastNow;
    if (!goesOn || events.size() + added > MOST) {
      forget();
    }
    if (events.isEmpty() && dao.foreignTriggers() > 0) {
      // What they make of the rows, only the rows tell.
      return;
    }
    long row = lastNow - added;
    for (TelemetryEvent event : batch) {
      row++;
      events.add(asRow(row, event));
    }
    version = versionNow;
    last = lastNow;
  }

  /**
   * All rows above the watermark, if they are known; else none. They are not known any more. Those
   * that have to wait until rows before them are read and counted stay known.
   */
  List<RawEvent> takeAfter(long watermark) {
    if (!events.isEmpty() && version != dao.changesByOthers()) {
      forget();
    }
    if (events.isEmpty()) {
      return List.of();
    }
    long first = events.get(0).row();
    if (watermark < first && dao.hasRows(watermark, first)) {
      return List.of();
    }
    int counted = watermark < first ? 0 : (int) Math.min(events.size(), watermark - first + 1);
    List<RawEvent> taken = events.subList(counted, events.size());
    forget();
    return taken;
  }

  private void forget() {
    events = new ArrayList<>();
  }

  private static RawEvent asRow(long row, TelemetryEvent event) {
    Long durationMs = event.durationMs();
    long ms = durationMs == null ? 0 : durationMs;
    return new RawEvent(
        row,
        event.skillId(),
        event.skillName(),
        event.agentId(),
        event.sessionId(),
        durationMs != null,
        ms,
        ms,
        event.outcome(),
        TimestampText.of(event.timestamp()));
  }
}
