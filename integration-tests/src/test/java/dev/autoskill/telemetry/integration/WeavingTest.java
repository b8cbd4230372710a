package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import dev.autoskill.telemetry.report.EffectivenessReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skills.BottomlessProgram;
import skills.SkillsProgram;
import skills.TurnedOffProgram;

class WeavingTest {

  /** Uses, successes and failures of one skill. */
  private record Counts(long uses, long successes, long failures) {

    static Counts successes(long uses) {
      return new Counts(uses, uses, 0);
    }

    static Counts failures(long uses) {
      return new Counts(uses, 0, uses);
    }
  }

  private static final Map<String, Counts> EXPECTED =
      Map.ofEntries(
          Map.entry("returns", Counts.successes(1)),
          Map.entry("returns-nothing", Counts.successes(1)),
          Map.entry("returns-null", Counts.successes(1)),
          Map.entry("returns-primitive", Counts.successes(1)),
          Map.entry("throws-checked", Counts.failures(1)),
          Map.entry("throws-error", Counts.failures(1)),
          Map.entry("throws-from-below", Counts.failures(1)),
          Map.entry("catches-its-own", Counts.successes(1)),
          Map.entry("static", Counts.successes(1)),
          Map.entry("private", Counts.successes(1)),
          Map.entry("final", Counts.successes(1)),
          Map.entry("synchronized", Counts.successes(1)),
          Map.entry("overloaded", Counts.successes(3)),
          Map.entry("recursive", Counts.successes(5)),
          Map.entry("generic", Counts.successes(2)),
          Map.entry("through-interface", Counts.successes(3)),
          Map.entry("default-method", Counts.successes(1)),
          Map.entry("Reviewer.unnamed", Counts.successes(1)),
          Map.entry("attributed", Counts.successes(1)));

  @TempDir static Path shared;
  private static Result unwoven;

  @TempDir Path directory;

  @BeforeAll
  static void runUnwoven() {
    Map<String, String> environment =
        Map.of("AUTO_SKILL_TELEMETRY_DB", shared.resolve("telemetry.db").toString());
    unwoven = WovenProgram.run(SkillsProgram.class, Weaving.NONE, shared, environment);
    assertEquals(0, unwoven.exitCode(), unwoven.err());
    assertFalse(Files.exists(shared.resolve("telemetry.db")));
  }

  @ParameterizedTest
  @EnumSource(
      value = Weaving.class,
      names = {"LOAD_TIME", "COMPILE_TIME", "BOTH", "AGENT"})
  void countsEachUseOnceAndLeavesTheCallAsItWas(Weaving weaving) {
    Result woven = run(SkillsProgram.class, weaving, "woven", Map.of());

    assertEquals(unwoven, woven);
    assertEquals(new TreeMap<>(EXPECTED), counts("woven"));
    assertRecordsWhatTheAnnotationSays();
  }

  @Test
  void survivesAStackOverflowAtAnyPoint() {
    Result expected = run(BottomlessProgram.class, Weaving.NONE, "unwoven", Map.of());

    for (Weaving weaving : List.of(Weaving.LOAD_TIME, Weaving.COMPILE_TIME)) {
      String folder = weaving.name();

      assertEquals(expected, run(BottomlessProgram.class, weaving, folder, Map.of()));
      assertEquals(Counts.successes(20), counts(folder).get("afterwards"));
      assertTrue(counts(folder).get("bottomless").failures() > 1000);
    }
  }

  @Test
  void aSkillThatRunsWhileTelemetryIsTurnedOffLeavesNothingBehind() {
    Result woven = run(TurnedOffProgram.class, Weaving.COMPILE_TIME, "woven", Map.of());

    assertEquals(
        List.of("returns 1", "then 0", "throws 1", "then 0"), woven.out().lines().toList());
    assertEquals("", woven.err());
  }

  private void assertRecordsWhatTheAnnotationSays() {
    try (TelemetryCollector telemetry = Reading.of(database("woven"))) {
      TelemetryEvent attributed = telemetry.getEvents("attributed", 1).get(0);
      assertEquals("id-1", attributed.skillId());
      assertEquals("reviewer-agent", attributed.agentId());
      TelemetryEvent unnamed = telemetry.getEvents("Reviewer.unnamed", 1).get(0);
      assertEquals("Reviewer.unnamed", unnamed.skillId());
      assertEquals("claude-code", unnamed.agentId());
      assertEquals(attributed.sessionId(), unnamed.sessionId());
      assertEquals(Outcome.SUCCESS, unnamed.outcome());
      assertTrue(unnamed.durationMs() >= 0);
    }
  }

  @Test
  void recordsNothingWhenTheUserOptedOut() {
    Result woven =
        run(SkillsProgram.class, Weaving.LOAD_TIME, "woven", Map.of("DO_NOT_TRACK", "1"));

    assertEquals(unwoven, woven);
    assertFalse(Files.exists(database("woven").getParent()));
  }

  private Result run(Class<?> program, Weaving weaving, String folder, Map<String, String> wishes) {
    Map<String, String> environment = new TreeMap<>(environment(folder));
    environment.putAll(wishes);
    return WovenProgram.run(program, weaving, folder(folder), environment);
  }

  private Map<String, String> environment(String folder) {
    return Map.of(
        "AUTO_SKILL_TELEMETRY_DB",
        database(folder).toString(),
        "AUTO_SKILL_AGENT",
        "claude-code",
        "XDG_CACHE_HOME",
        folder(folder).resolve("cache").toString());
  }

  private Map<String, Counts> counts(String folder) {
    try (TelemetryCollector telemetry = Reading.of(database(folder))) {
      Map<String, Counts> counts = new TreeMap<>();
      List<EffectivenessReport> reports = telemetry.getEffectivenessReport();
      for (EffectivenessReport report : reports) {
        counts.put(
            report.skillName(),
            new Counts(report.totalUses(), report.successCount(), report.failureCount()));
      }
      return counts;
    }
  }

  private Path database(String folder) {
    return directory.resolve(folder).resolve("telemetry").resolve("telemetry.db");
  }

  private Path folder(String folder) {
    return directory.resolve(folder);
  }
}
