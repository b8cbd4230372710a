package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.postgres.ReportDao.Filter;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The uses on a server, as one transaction sees them. */
final class RemoteUses {

  private final ReportDao events;

  RemoteUses(Handle transaction) {
    this.events = transaction.attach(ReportDao.class);
  }

  /**
   * Counts uses.
   *
   * @param filter which ones
   * @param starts where periods begin, in microseconds since 1970; empty if there are none
   * @param tallies get what was counted
   */
  void count(Filter filter, Long[] starts, Tally.Finder tallies) {
    events.count(filter, starts).forEach(each -> tallies.of(each.skill(), each.period()).add(each));
  }

  Map<String, Long> sessions(Filter filter) {
    return events.sessions(filter);
  }

  List<TelemetryEvent> newest(Filter filter, int limit) {
    return events.newest(filter, limit);
  }
}
