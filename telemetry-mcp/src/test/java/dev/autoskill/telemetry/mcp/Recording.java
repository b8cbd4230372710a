package dev.autoskill.telemetry.mcp;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The telemetry of this process during a test, whatever the environment of the machine says. */
final class Recording implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  final TelemetryCollector collector;

  Recording(Path directory) {
    this(directory, Map.of());
  }

  Recording(Path directory, Map<String, String> environment) {
    TelemetryConfig config =
        TelemetryConfig.builder()
            .database(directory.resolve("telemetry.db"))
            .queryTimeout(PATIENCE)
            .build();
    collector = TelemetryCollector.open(config, Environment.of(environment), TimeSource.system());
    Telemetry.install(collector);
  }

  /** All events, the newest first. */
  List<TelemetryEvent> events() {
    return collector.getEvents(null, 1_000_000);
  }

  /** The only event. */
  TelemetryEvent event() {
    List<TelemetryEvent> events = events();
    if (events.size() != 1) {
      throw new AssertionError("not one event: " + events);
    }
    return events.get(0);
  }

  @Override
  public void close() {
    Telemetry.reset();
    collector.close();
  }
}
