package dev.autoskill.telemetry;

import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import java.nio.file.Path;
import java.util.Map;

/** Opens collectors that do not see the environment of the machine the tests run on. */
final class TestTelemetry {

  private TestTelemetry() {}

  static TelemetryCollector open(Path database) {
    return open(TelemetryConfig.builder().database(database), Map.of());
  }

  static TelemetryCollector open(TelemetryConfig.Builder config, Map<String, String> variables) {
    return open(config, Environment.of(variables));
  }

  static TelemetryCollector open(TelemetryConfig.Builder config, Environment environment) {
    return TelemetryCollector.open(config.build(), environment, TimeSource.system());
  }

  /** A collector at whose clock it is always the same millisecond. */
  static TelemetryCollector openAt(long millis, Path database) {
    return openAt(millis, TelemetryConfig.builder().database(database));
  }

  /** The same with other settings. */
  static TelemetryCollector openAt(long millis, TelemetryConfig.Builder config) {
    return TelemetryCollector.open(
        config.build(),
        Environment.of(Map.of()),
        new TimeSource() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public long currentTimeMillis() {
            return millis;
          }
        });
  }

  /** After a close that had no time, so that the directory can be deleted. */
  static void awaitEndOfThreads() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().matches("autoskill-telemetry-(writer|ingest)")) {
        thread.join(60_000);
      }
    }
  }
}
