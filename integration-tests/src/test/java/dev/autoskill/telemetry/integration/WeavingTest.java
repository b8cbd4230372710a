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
    Result woven =
        WovenProgram.run(SkillsProgram.class, weaving, folder("woven"), environment("woven"));

    assertEquals(unwoven, woven);
    assertEquals(new TreeMap<>(EXPECTED), counts("woven"));
    assertRecordsWhatTheAnnotationSays();
  }

  @ParameterizedTest
  @EnumSource(
      value = Weaving.class,
      names = {"LOAD_TIME", "COMPILE_TIME"})
  void survivesAStackOverflowAtAnyPoint(Weaving weaving) {
    Class<?> program = BottomlessProgram.class;
    Result unwoven =
        WovenProgram.run(program, Weaving.NONE, folder("unwoven"), environment("unwoven"));

    Result woven = WovenProgram.run(program, weaving, folder("woven"), environment("woven"));

    assertEquals(unwoven, woven);
    assertEquals(Counts.successes(20), counts("woven").get("afterwards"));
    assertTrue(counts("woven").get("bottomless").failures() > 1000);
  }

  @ParameterizedTest
  @EnumSource(
      value = Weaving.class,
      names = {"LOAD_TIME", "COMPILE_TIME"})
  void aSkillThatRunsWhileTelemetryIsTurnedOffLeavesNothingBehind(Weaving weaving) {
    Result woven =
        WovenProgram.run(TurnedOffProgram.class, weaving, folder("woven"), environment("woven"));

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

  @ParameterizedTest
  @EnumSource(
      value = Weaving.class,
      names = {"LOAD_TIME", "COMPILE_TIME"})
  void recordsNothingWhenTheUserOptedOut(Weaving weaving) {
    Map<String, String> environment = new TreeMap<>(environment("woven"));
    environment.put("DO_NOT_TRACK", "1");

    Result woven = WovenProgram.run(SkillsProgram.class, weaving, folder("woven"), environment);

    assertEquals(unwoven, woven);
    assertFalse(Files.exists(database("woven").getParent()));
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
