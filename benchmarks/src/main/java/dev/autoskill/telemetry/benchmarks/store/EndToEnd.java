package dev.autoskill.telemetry.benchmarks.store;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The whole way: recorded by a caller, queued, spooled, stored. */
final class EndToEnd implements Inserting {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final TelemetryCollector telemetry;

  EndToEnd(Path file, int batch) {
    // Recorded as fast as can be, more than fit would be dropped.
    telemetry =
        TelemetryCollector.open(
            TelemetryConfig.builder().database(file).queueCapacity(2 * batch).build());
  }

  @Override
  public void store(List<TelemetryEvent> events) {
    for (TelemetryEvent event : events) {
      telemetry.recordEvent(
          SkillUse.of(event.skillId(), event.skillName())
              .session(event.sessionId())
              .agent(event.agentId())
              .outcome(event.outcome())
              .duration(Duration.ofMillis(event.durationMs())));
    }
    if (!telemetry.flush(PATIENCE)) {
      throw new IllegalStateException("not stored within " + PATIENCE);
    }
  }

  @Override
  public void close() {
    TelemetryStats stats = telemetry.stats();
    telemetry.close();
    if (stats.recorded() != stats.stored() || stats.dropped() + stats.failed() > 0) {
      throw new IllegalStateException("not all events were stored: " + stats);
    }
  }
}
