package dev.autoskill.telemetry;

import dev.autoskill.telemetry.report.EffectivenessReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The components that reports have in common with those of auto-skill's own tools. */
record FirstEight(
    String skillName,
    long totalUses,
    long successCount,
    long failureCount,
    double successRate,
    @Nullable Long avgDurationMs,
    List<String> agentsUsed,
    Instant lastUsed) {

  static List<FirstEight> of(List<EffectivenessReport> reports) {
    return reports.stream()
        .map(
            report ->
                new FirstEight(
                    report.skillName(),
                    report.totalUses(),
                    report.successCount(),
                    report.failureCount(),
                    report.successRate(),
                    report.avgDurationMs(),
                    report.agentsUsed(),
                    report.lastUsed()))
        .toList();
  }
}
