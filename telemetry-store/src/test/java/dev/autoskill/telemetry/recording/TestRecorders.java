package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.error.ErrorDetail;
import dev.autoskill.telemetry.error.RecordedEvent;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes recorders whose store a test plays. */
final class TestRecorders {

  private TestRecorders() {}

  static Recorder of(
      Path spools,
      int capacity,
      @Nullable Consumer<TelemetryEvent> listener,
      Supplier<? extends EventStore> store) {
    return of(spools, capacity, listener, store, TimeSource.system());
  }

  static Recorder of(
      Path spools,
      int capacity,
      @Nullable Consumer<TelemetryEvent> listener,
      Supplier<? extends EventStore> store,
      TimeSource time) {
    return new Recorder(options(spools, capacity, listener, store, time, new Faults(null)), true);
  }

  /** When a time from now is over, by {@link System#nanoTime()}. */
  static long after(Duration timeout) {
    return System.nanoTime() + timeout.toNanos();
  }

  static EventFactory events(TimeSource time, String session, String agent, PrivacyGuard guard) {
    Path none = Path.of("none");
    return new EventFactory(
        options(
            session, agent, guard, none, 1, null, StoreThatTakesAll::new, time, new Faults(null)),
        new Random(1)::nextLong);
  }

  static Recorder.Options options(
      Path spools,
      int capacity,
      @Nullable Consumer<TelemetryEvent> listener,
      Supplier<? extends EventStore> store,
      TimeSource time,
      Faults faults) {
    PrivacyGuard guard = PrivacyGuard.ofProcess(Environment.of(Map.of()));
    return options("s", "a", guard, spools, capacity, listener, store, time, faults);
  }

  private static Recorder.Options options(
      String session,
      String agent,
      PrivacyGuard guard,
      Path spools,
      int capacity,
      @Nullable Consumer<TelemetryEvent> listener,
      Supplier<? extends EventStore> store,
      TimeSource time,
      Faults faults) {
    return new Recorder.Options(
        session,
        agent,
        guard,
        capacity,
        ErrorDetail.NONE,
        spools.resolve("telemetry.db"),
        spools,
        1 << 26,
        Duration.ofSeconds(1),
        true,
        listener == null ? event -> {} : listener,
        store,
        time,
        faults);
  }

  /** Forgets the events that it stores. */
  static class StoreThatTakesAll implements EventStore {

    @Override
    public Stored store(List<RecordedEvent> events) throws StoreException {
      return new Stored(events.size(), 0);
    }

    @Override
    public boolean maintain() {
      return false;
    }

    @Override
    public void close() {}
  }
}
