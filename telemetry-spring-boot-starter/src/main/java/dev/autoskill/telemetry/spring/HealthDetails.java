package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryDiagnostics;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.util.LinkedHashMap;
import java.util.Map;

/** The details of a collector's health, for the classes of any version of Spring Boot. */
final class HealthDetails {

  private HealthDetails() {}

  /** Names no file and no skill. */
  static Map<String, Object> of(TelemetryCollector collector) {
    TelemetryDiagnostics diagnostics = collector.diagnostics();
    TelemetryStats stats = diagnostics.stats();
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("recording", diagnostics.why());
    details.put("recorded", stats.recorded());
    details.put("stored", stats.stored());
    details.put("spooled", stats.spooled());
    details.put("queued", stats.queued());
    details.put("dropped", stats.dropped());
    details.put("failed", stats.failed());
    details.put("faults", stats.faults());
    details.put("trouble", diagnostics.troubles());
    return details;
  }
}
