package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.EffectivenessReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what the agents' uses of a skill come to. */
final class Reports {

  private static final Comparator<EffectivenessReport> MOST_USED_FIRST =
      Comparator.comparingLong(EffectivenessReport::totalUses)
          .reversed()
          .thenComparing(EffectivenessReport::skillName);

  private Reports() {}

  /** One report a skill, the most used first, and those used equally often by name. */
  static List<EffectivenessReport> of(List<SkillTotals> totals) {
    Map<String, List<SkillTotals>> bySkill = new LinkedHashMap<>();
    for (SkillTotals agents : totals) {
      bySkill.computeIfAbsent(agents.skillName(), name -> new ArrayList<>()).add(agents);
    }
    List<EffectivenessReport> reports = new ArrayList<>(bySkill.size());
    bySkill.forEach((name, agents) -> reports.add(report(name, agents)));
    reports.sort(MOST_USED_FIRST);
    return List.copyOf(reports);
  }

  private static EffectivenessReport report(String skillName, List<SkillTotals> agents) {
    long uses = agents.stream().mapToLong(SkillTotals::uses).sum();
    long successes = agents.stream().mapToLong(SkillTotals::successes).sum();
    return new EffectivenessReport(
        skillName,
        uses,
        successes,
        agents.stream().mapToLong(SkillTotals::failures).sum(),
        Math.round(1000.0 * successes / uses) / 1000.0,
        averageDurationMs(agents),
        agents.stream().map(SkillTotals::agentId).sorted().toList(),
        agents.stream()
            .map(SkillTotals::lastUsed)
            .max(Comparator.naturalOrder())
            .map(Timestamps::parse)
            .orElseThrow());
  }

  private static @Nullable Long averageDurationMs(List<SkillTotals> agents) {
    long durations = agents.stream().mapToLong(SkillTotals::durations).sum();
    double totalMs = agents.stream().mapToDouble(SkillTotals::totalDurationMs).sum();
    return durations == 0 ? null : Math.round(totalMs / durations);
  }
}
