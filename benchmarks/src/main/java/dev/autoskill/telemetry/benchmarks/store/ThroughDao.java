package dev.autoskill.telemetry.benchmarks.store;

import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.StoreException;
import dev.autoskill.telemetry.sqlite.SqliteEventStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** As the library stores: the store that its background thread uses, with the SQL object in it. */
final class ThroughDao implements Inserting {

  private final Faults faults = new Faults(null);
  private final SqliteEventStore store;
  private final boolean isRollingUp;

  ThroughDao(Path file, boolean isRollingUp) {
    this.store = new SqliteEventStore(file, Duration.ofSeconds(5), faults, null);
    this.isRollingUp = isRollingUp;
  }

  /** Between two batches the background thread does a step of the upkeep, if one is due. */
  @Override
  public void store(List<TelemetryEvent> events) throws StoreException {
    List<RecordedEvent> recorded =
        events.stream().map(event -> new RecordedEvent(event, null)).toList();
    if (store.store(recorded).added() != events.size()) {
      throw new IllegalStateException("not all events were stored");
    }
    if (isRollingUp) {
      store.maintain();
    }
  }

  @Override
  public void finish() throws StoreException {
    if (isRollingUp) {
      // The first call after a batch does not count as idle.
      store.maintain();
      while (store.maintain()) {
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() {
    store.close();
    if (faults.count() > 0) {
      throw new IllegalStateException("something failed while events were stored");
    }
  }
}
