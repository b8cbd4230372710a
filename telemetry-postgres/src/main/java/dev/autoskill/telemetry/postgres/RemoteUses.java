package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.postgres.ReportDao.Filter;
import dev.autoskill.telemetry.postgres.RollupCover.Gap;
import dev.autoskill.telemetry.postgres.RollupCover.State;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The uses on a server, as one transaction sees them: as far as they are rolled up from the
 * rollups, else from the events.
 */
final class RemoteUses {

  /** Of more gaps, a query each takes longer than one that reads all events of the window. */
  private static final int MOST_GAPS = 50;

  private final ReportDao events;
  private final @Nullable RollupDao rollups;
  private @Nullable State state;

  RemoteUses(Handle transaction) {
    this.events = transaction.attach(ReportDao.class);
    RollupDao found = transaction.attach(RollupDao.class);
    this.rollups = found.isReadable() ? found : null;
  }

  /**
   * Counts uses.
   *
   * @param filter which ones
   * @param starts where periods begin, in microseconds since 1970; empty if there are none
   * @param tallies get the counts
   */
  void count(Filter filter, Long[] starts, Tally.Finder tallies) {
    boolean isRolledUp = filter.id() == null && filter.session() == null;
    RollupCover cover = rollups != null && isRolledUp ? cover(filter, starts) : null;
    if (cover == null || cover.gaps().size() > MOST_GAPS) {
      countEvents(filter, starts, tallies);
      return;
    }
    for (Gap gap : cover.gaps()) {
      countEvents(filter.since(gap.since()).until(gap.until()), starts, tallies);
    }
    if (!cover.spans().isEmpty()) {
      countRollups(rollups, filter, cover, tallies);
    }
  }

  private RollupCover cover(Filter filter, Long[] starts) {
    if (state == null) {
      state = new State(rollups.extent(), rollups.total(), rollups.stale());
    }
    return RollupCover.of(filter.since(), filter.until(), starts, state);
  }

  private void countEvents(Filter filter, Long[] starts, Tally.Finder tallies) {
    events.count(filter, starts).forEach(each -> tallies.of(each.skill(), each.period()).add(each));
  }

  private static void countRollups(
      RollupDao rollups, Filter filter, RollupCover cover, Tally.Finder tallies) {
    Integer[] levels = cover.levels();
    Integer[] spans = cover.numbers();
    Integer[] periods = cover.periods();
    rollups
        .count(levels, spans, periods, filter.skill(), filter.agent())
        .forEach(each -> tallies.of(each.skill(), each.period()).add(each));
    rollups
        .durations(levels, spans, periods, filter.skill(), filter.agent())
        .forEach(each -> tallies.of(each.skill(), each.period()).add(each));
  }

  Map<String, Long> sessions(Filter filter) {
    return events.sessions(filter);
  }

  /** Null if the user may not know. */
  @Nullable Arrivals arrivals() {
    return events.mayReadSources() ? events.arrivals() : null;
  }

  List<TelemetryEvent> newest(Filter filter, int limit) {
    return events.newest(filter, limit);
  }
}
