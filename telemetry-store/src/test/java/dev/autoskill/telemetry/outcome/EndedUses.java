package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.OutcomeMapper;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a collector how uses ended, as an aspect does, and asks it what it made of them. */
final class EndedUses {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TelemetryCollector telemetry;
  private int count;

  EndedUses(TelemetryCollector telemetry) {
    this.telemetry = telemetry;
  }

  /** A skill whose annotation says nothing. */
  static SkillDefinition skill() {
    return SkillDefinition.of(Skill.named("skill"));
  }

  static SkillDefinition skill(
      List<Class<? extends Throwable>> skippedOn, List<Class<? extends Throwable>> partialOn) {
    return skillWithRules(names(skippedOn), names(partialOn));
  }

  static SkillDefinition skillWithRules(Set<String> skippedOn, Set<String> partialOn) {
    return new SkillDefinition(
        Skill.named("skill"), null, skippedOn, partialOn, Mappers.NONE, null);
  }

  static SkillDefinition skill(Class<? extends OutcomeMapper<?>> mapper) {
    return skill(mapper.getName());
  }

  /** A skill whose annotation names a mapper. */
  static SkillDefinition skill(String mapper) {
    return new SkillDefinition(
        Skill.named("skill"), null, Set.of(), Set.of(), Mappers.of(EndedUses.class, mapper), null);
  }

  /** A skill whose method is declared to return a type. */
  static SkillDefinition skillThatReturns(@Nullable Class<?> declared) {
    return new SkillDefinition(
        Skill.named("skill"), null, Set.of(), Set.of(), Mappers.NONE, declared);
  }

  private static Set<String> names(List<Class<? extends Throwable>> types) {
    return types.stream().<String>map(Class::getName).collect(Collectors.toSet());
  }

  Outcome returned(SkillDefinition skill, @Nullable Object result) {
    return returned(skill, result, null);
  }

  Outcome returned(SkillDefinition skill, @Nullable Object result, @Nullable Outcome mark) {
    telemetry.endings().ended(skill, null, result, null, mark, 0, System.nanoTime());
    return newest().outcome();
  }

  Outcome threw(SkillDefinition skill, Throwable thrown) {
    return threw(skill, thrown, null);
  }

  Outcome threw(SkillDefinition skill, Throwable thrown, @Nullable Outcome mark) {
    telemetry.endings().ended(skill, null, null, thrown, mark, 0, System.nanoTime());
    return newest().outcome();
  }

  /** The only event since the last one asked for. */
  TelemetryEvent newest() {
    count++;
    List<TelemetryEvent> events = events();
    if (events.size() != count) {
      throw new AssertionError("one event more was expected: " + events);
    }
    return events.get(0);
  }

  /** When a time from now is over, by {@link System#nanoTime()}. */
  static long after(Duration timeout) {
    return System.nanoTime() + timeout.toNanos();
  }

  List<TelemetryEvent> events() {
    if (!telemetry.flush(PATIENCE)) {
      throw new AssertionError("not everything was stored: " + telemetry.stats());
    }
    return telemetry.getEvents(null, 1000);
  }
}
