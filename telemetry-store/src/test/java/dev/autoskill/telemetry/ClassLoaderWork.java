package dev.autoskill.telemetry;

import dev.autoskill.telemetry.event.SkillUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The work of the library in each of several class loaders. */
public final class ClassLoaderWork {

  static final int COLLECTORS = 3;
  static final int BATCHES = 4;
  static final int USES = 200;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private ClassLoaderWork() {}

  /**
   * Stores {@link #COLLECTORS} * {@link #BATCHES} * {@link #USES} events, and reports meanwhile.
   */
  public static String run(String database, String name) {
    int number = 0;
    for (int i = 0; i < COLLECTORS; i++) {
      TelemetryConfig.Builder config =
          TelemetryConfig.builder()
              .database(Path.of(database))
              .busyTimeout(PATIENCE)
              .closeTimeout(PATIENCE);
      try (TelemetryCollector telemetry = TestTelemetry.open(config, Map.of())) {
        for (int batch = 0; batch < BATCHES; batch++) {
          for (int use = 0; use < USES; use++) {
            telemetry.recordEvent(SkillUse.of(name).session(name + "-" + number++));
          }
          if (!telemetry.flush(PATIENCE)) {
            return "not stored: " + telemetry.diagnostics().troubles() + telemetry.stats();
          }
          long reported = telemetry.getEffectivenessReport(name).get(0).totalUses();
          if (reported != number) {
            return "reported " + reported + " of " + number + ": " + telemetry.stats();
          }
        }
      }
    }
    return "stored";
  }
}
