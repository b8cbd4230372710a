package dev.autoskill.telemetry.sqlite;

import java.util.List;
import java.util.function.Consumer;

/** The counted events of some days, and perhaps of some days around them. */
final class DayEvents {

  private final RollupDao dao;
  private final long watermark;
  private final int disorder;

  DayEvents(RollupDao dao, long watermark, int disorder) {
    this.dao = dao;
    this.watermark = watermark;
    this.disorder = disorder;
  }

  /** Meets each event from one day to another, both included, and maybe others. */
  void forEach(long from, long to, Consumer<RawEvent> consumer) {
    if (disorder < TextOrder.ANY) {
      dao.forEachBetween(
          TextOrder.from(from, disorder), TextOrder.to(to, disorder), watermark, consumer);
      return;
    }
    long after = RollupState.LOWEST;
    List<RawEvent> events = dao.eventsAfter(after, RollupDao.PAGE);
    while (!events.isEmpty() && after < watermark) {
      for (RawEvent event : events) {
        after = event.row();
        if (after <= watermark) {
          consumer.accept(event);
        }
      }
      events = dao.eventsAfter(after, RollupDao.PAGE);
    }
  }
}
