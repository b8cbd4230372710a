package dev.autoskill.telemetry.integration;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.report.EffectivenessReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Opens a collector for queries that wait, on a slow machine too, for what a program spooled. */
public final class Reading {

  private Reading() {}

  public static TelemetryCollector of(Path database) {
    return TelemetryCollector.open(
        TelemetryConfig.builder().database(database).queryTimeout(Duration.ofMinutes(1)).build());
  }

  /** How often each skill was used. */
  static Map<String, Long> uses(Path database) {
    try (TelemetryCollector telemetry = of(database)) {
      Map<String, Long> uses = new TreeMap<>();
      for (EffectivenessReport report : telemetry.getEffectivenessReport()) {
        uses.put(report.skillName(), report.totalUses());
      }
      return uses;
    }
  }
}
