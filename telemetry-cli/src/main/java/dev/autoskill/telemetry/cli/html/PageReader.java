package dev.autoskill.telemetry.cli.html;

import dev.autoskill.telemetry.cli.html.SkillView.EffectivenessByAgent;
import dev.autoskill.telemetry.cli.statistics.Regressions;
import dev.autoskill.telemetry.error.ErrorCount;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportOrder;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.SuccessRate;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.report.Windows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks for all that the page says. The number of queries does not grow with the number of skills,
 * but for the events of those that have a section of their own.
 */
final class PageReader {

  /** Years ago, there are only times that other programs got wrong. */
  private static final Duration LONGEST_TREND = Duration.ofDays(36_500);

  private static final Windows NEVER_USED = new Windows(UseSummary.NONE, UseSummary.NONE);

  private final PageSource source;
  private final Clock clock;
  private final Instant now;

  PageReader(PageSource source, Clock clock) {
    this.source = source;
    this.clock = clock;
    this.now = clock.instant();
  }

  Page read(ReportQuery which) {
    ReportQuery everything = which.order(ReportOrder.MOST_USED);
    List<EffectivenessReport> all = source.effectiveness(everything);
    Instant since = Objects.requireNonNullElseGet(which.since(), () -> startOf(firstUse(all)));
    ReportQuery query = everything.since(since);
    LocalDate firstDay = LocalDate.ofInstant(since, clock.getZone());
    LocalDate lastDay = lastDay(firstDay, which.until());
    long days = ChronoUnit.DAYS.between(firstDay, lastDay) + 1;
    TrendPeriod period = period(firstDay, lastDay);
    Regressions gate = Regressions.since(since).baseline(Duration.ofDays(days));
    Map<String, Windows> windows = source.windows(gate.baselineStart(), query);
    Map<String, List<TrendPoint>> trends = trends(query, period);
    List<EffectivenessReport> detailed = all.subList(0, Math.min(Page.DETAILED, all.size()));
    Map<String, List<EffectivenessByAgent>> agents = agents(query, detailed);
    Map<String, List<TelemetryEvent>> events = events(query, detailed);
    Map<String, List<ErrorCount>> errors = source.pageErrors(query);
    List<SkillView> skills =
        all.stream()
            .map(
                report -> {
                  String name = report.skillName();
                  return new SkillView(
                      report,
                      trends.getOrDefault(name, List.of()),
                      windows.getOrDefault(name, NEVER_USED),
                      agents.getOrDefault(name, List.of()),
                      events.getOrDefault(name, List.of()),
                      errors.getOrDefault(name, List.of()));
                })
            .toList();
    return new Page(
        now,
        clock.getZone(),
        since,
        which.until(),
        firstDay,
        lastDay,
        source.place(),
        source.isComplete(),
        all.stream().mapToLong(EffectivenessReport::totalUses).sum(),
        together(all),
        Verdict.of(gate, windows),
        period,
        skills);
  }

  private LocalDate lastDay(LocalDate firstDay, @Nullable Instant until) {
    Instant last = until == null ? now : until.minusNanos(1);
    LocalDate day = LocalDate.ofInstant(last, clock.getZone());
    return day.isBefore(firstDay) ? firstDay : day;
  }

  private Instant firstUse(List<EffectivenessReport> all) {
    return all.stream()
        .map(EffectivenessReport::firstUsed)
        .min(Comparator.naturalOrder())
        .orElse(now);
  }

  private Instant startOf(Instant moment) {
    return LocalDate.ofInstant(moment, clock.getZone()).atStartOfDay(clock.getZone()).toInstant();
  }

  private static @Nullable SuccessRate together(List<EffectivenessReport> all) {
    long successes = 0;
    long attempts = 0;
    for (EffectivenessReport report : all) {
      SuccessRate rate = report.attemptedSuccessRate();
      successes += rate == null ? 0 : rate.successes();
      attempts += rate == null ? 0 : rate.attempts();
    }
    return attempts == 0 ? null : new SuccessRate(successes, attempts);
  }

  private Map<String, List<TrendPoint>> trends(ReportQuery query, TrendPeriod period) {
    Instant since = Objects.requireNonNull(query.since());
    Instant until = Objects.requireNonNullElse(query.until(), now);
    Instant earliest = until.minus(LONGEST_TREND);
    Instant start = since.isBefore(earliest) ? earliest : since;
    return start.isBefore(until)
        ? source.trends(query.since(start).until(until), period, clock.getZone())
        : Map.of();
  }

  /** The shortest period that does not make too many points. */
  private static TrendPeriod period(LocalDate firstDay, LocalDate lastDay) {
    for (TrendPeriod period : TrendPeriod.values()) {
      long points = 0;
      LocalDate start = period.startOf(firstDay);
      while (!start.isAfter(lastDay) && points <= Page.POINTS) {
        start = period.next(start);
        points++;
      }
      if (points <= Page.POINTS) {
        return period;
      }
    }
    return TrendPeriod.YEAR;
  }

  /** All skills' numbers for one agent are one query; the agents of most skills are asked for. */
  private Map<String, List<EffectivenessByAgent>> agents(
      ReportQuery query, List<EffectivenessReport> detailed) {
    Map<String, Long> skillsByAgent =
        detailed.stream()
            .flatMap(report -> report.agentsUsed().stream())
            .collect(
                Collectors.groupingBy(
                    Function.identity(), LinkedHashMap::new, Collectors.counting()));
    Map<String, List<EffectivenessByAgent>> agents = new HashMap<>();
    skillsByAgent.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(Page.AGENTS)
        .map(Map.Entry::getKey)
        .sorted()
        .forEach(
            agent -> {
              for (EffectivenessReport report :
                  source.effectiveness(query.agent(agent).minimumUses(1))) {
                agents
                    .computeIfAbsent(report.skillName(), name -> new ArrayList<>())
                    .add(new EffectivenessByAgent(agent, report));
              }
            });
    return agents;
  }

  private Map<String, List<TelemetryEvent>> events(
      ReportQuery query, List<EffectivenessReport> detailed) {
    return detailed.stream()
        .map(EffectivenessReport::skillName)
        .collect(
            Collectors.toMap(
                Function.identity(), name -> source.events(query.skill(name).limit(Page.EVENTS))));
  }
}
