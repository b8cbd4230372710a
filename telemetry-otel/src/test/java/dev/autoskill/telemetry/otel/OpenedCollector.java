package dev.autoskill.telemetry.otel;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.listener.UseObserver;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import java.nio.file.Path;
import java.util.Map;

/** Opens collectors that do not see the environment of the machine the tests run on. */
final class OpenedCollector {

  private OpenedCollector() {}

  static TelemetryCollector with(Path directory, UseObserver observer) {
    return with(config(directory).observer(observer));
  }

  static TelemetryConfig.Builder config(Path directory) {
    return TelemetryConfig.builder().database(directory.resolve("telemetry.db"));
  }

  static TelemetryCollector with(TelemetryConfig.Builder config) {
    return TelemetryCollector.open(config.build(), Environment.of(Map.of()), TimeSource.system());
  }
}
