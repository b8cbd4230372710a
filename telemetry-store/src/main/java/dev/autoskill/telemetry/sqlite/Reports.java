package dev.autoskill.telemetry.sqlite;

import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.UseSummary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what uses add up to. */
final class Reports {

  private Reports() {}

  /** One report a skill, of the skills and in the order that the query wants. */
  static List<EffectivenessReport> of(Uses uses, Words words, ReportQuery query) {
    Map<Long, Tally> tallies = new HashMap<>();
    Map<Long, Set<Long>> agents = uses.agents();
    Set<Long> numbers = new HashSet<>();
    uses.tallies()
        .forEach(
            (who, tally) -> {
              if (!tally.isEmpty()) {
                tallies.computeIfAbsent(who.skill(), skill -> new Tally()).add(tally, 1);
                numbers.add(who.skill());
              }
            });
    agents.values().forEach(numbers::addAll);
    Map<Long, String> texts = words.textsOf(numbers);
    return tallies.entrySet().stream()
        .filter(entry -> entry.getValue().uses >= query.minimumUses())
        .map(
            entry ->
                report(
                    texts.getOrDefault(entry.getKey(), ""),
                    entry.getValue(),
                    agents.getOrDefault(entry.getKey(), Set.of()).stream()
                        .map(texts::get)
                        .sorted()
                        .toList(),
                    query.sessions() ? uses.sessions(entry.getKey()) : null))
        .sorted(query.order().comparator())
        .limit(query.limit())
        .toList();
  }

  /** The agents of each skill together. */
  static Map<Long, Tally> bySkill(Uses uses) {
    Map<Long, Tally> skills = new HashMap<>();
    uses.tallies()
        .forEach(
            (who, tally) ->
                skills.computeIfAbsent(who.skill(), skill -> new Tally()).add(tally, 1));
    return skills;
  }

  private static EffectivenessReport report(
      String skillName, Tally tally, List<String> agents, @Nullable Long sessions) {
    DurationHistogram durations = tally.histogram();
    return new EffectivenessReport(
        skillName,
        tally.uses,
        tally.successes,
        tally.failures,
        Math.round(1000.0 * tally.successes / tally.uses) / 1000.0,
        tally.averageDurationMs(),
        agents,
        Timestamps.parse(Objects.requireNonNull(tally.last)),
        tally.partials,
        tally.skipped,
        attemptedSuccessRate(tally),
        durations.percentileMs(50),
        durations.percentileMs(90),
        durations.percentileMs(95),
        durations.percentileMs(99),
        Timestamps.parse(Objects.requireNonNull(tally.first)),
        sessions);
  }

  static @Nullable SuccessRate attemptedSuccessRate(Tally tally) {
    long attempts = tally.uses - tally.skipped;
    return attempts == 0 ? null : new SuccessRate(tally.successes, attempts);
  }

  static UseSummary summary(Tally tally) {
    DurationHistogram.Builder durations = DurationHistogram.builder();
    tally.attemptedDurations.addTo(durations);
    return new UseSummary(tally.uses - tally.skipped, tally.successes, durations.build());
  }
}
