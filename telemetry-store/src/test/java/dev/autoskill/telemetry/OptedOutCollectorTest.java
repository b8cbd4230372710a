package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptedOutCollectorTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"AUTO_SKILL_NO_TELEMETRY", "DO_NOT_TRACK", "CI", "GITHUB_ACTIONS"})
  void recordsNothingAndOwnsNothing(String variable) throws IOException {
    Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
    try (TelemetryCollector telemetry = open(Map.of(variable, "false"))) {
      assertFalse(telemetry.isRecording());
      assertEquals("a", telemetry.recordEvent(SkillUse.of("a")).skillName());
      telemetry.recordUse(Skill.named("a"), null, Outcome.SUCCESS, 0, 1);
      assertTrue(telemetry.flush(Duration.ZERO));
      assertEquals(List.of(), telemetry.getEffectivenessReport());
      assertEquals(List.of(), telemetry.getEvents());
      assertEquals(new TelemetryStats(0, 0, 0, 0, 0, 0, 0, 0), telemetry.stats());

      Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
      threads.removeAll(threadsBefore);
      assertFalse(threads.stream().anyMatch(t -> t.getName().startsWith("autoskill")));
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void stillAnswersWhatIsStoredAndMakesNothing() throws IOException {
    try (TelemetryCollector telemetry = open(Map.of())) {
      telemetry.recordEvent(SkillUse.of("a"));
    }
    try (TelemetryCollector telemetry = open(Map.of("DO_NOT_TRACK", "1"))) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertEquals(1, telemetry.getEffectivenessReport().get(0).totalUses());
      assertEquals(1, telemetry.getEvents().size());
    }
    try (Stream<Path> files = Files.list(directory.resolve("sub"))) {
      assertEquals(
          List.of(
              directory.resolve("sub").resolve("telemetry.db"),
              directory.resolve("sub").resolve("telemetry.db-spool")),
          files.sorted().toList());
    }
  }

  @Test
  void answersWhatOtherProcessesRecordedWhileNobodyObjected() throws Exception {
    Path left = directory.resolve("sub").resolve("telemetry.db-spool");
    Files.createDirectories(left);
    try (InputStream spool = getClass().getResourceAsStream("/spool/version-3.spool")) {
      Files.write(left.resolve("0123456789abcdef0123456789abcdef.spool"), spool.readAllBytes());
    }
    try (TelemetryCollector telemetry = open(Map.of("CI", "true"))) {
      telemetry.recordEvent(SkillUse.of("a"));

      assertFalse(telemetry.getEvents().isEmpty());
      assertEquals(List.of(), telemetry.getEvents("a", 1));
    }
    try (Stream<Path> spools = Files.list(left)) {
      assertEquals(List.of(), spools.toList());
    }
  }

  @Test
  void recordsWhereTheUserAsksForItAlthoughThisIsCi() {
    try (TelemetryCollector telemetry =
        open(Map.of("CI", "true", "AUTO_SKILL_TELEMETRY", "local"))) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertEquals(1, telemetry.getEvents().size());
    }
  }

  private TelemetryCollector open(Map<String, String> environment) {
    return TestTelemetry.open(
        TelemetryConfig.builder().database(directory.resolve("sub").resolve("telemetry.db")),
        environment);
  }
}
