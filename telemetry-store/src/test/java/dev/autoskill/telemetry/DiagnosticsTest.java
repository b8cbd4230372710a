package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.report.RollupCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The diagnostics of a collector. */
class DiagnosticsTest {

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UNRELATED            | 1     | on",
        "AUTO_SKILL_TELEMETRY | local | on, but nothing is sent, since AUTO_SKILL_TELEMETRY is set to record locally",
        "DO_NOT_TRACK         | 1     | off, since the environment variable DO_NOT_TRACK is set",
        "CI                   | true  | off, since the environment variable CI is set",
      })
  void saysWhyItRecordsOrNot(String variable, String value, String expected) {
    try (TelemetryCollector telemetry = open(Map.of(variable, value))) {
      assertEquals(expected, telemetry.diagnostics().why());
      assertEquals(expected.startsWith("on"), telemetry.diagnostics().isRecording());
    }
  }

  @AfterEach
  void awaitEndOfThreads() throws InterruptedException {
    TestTelemetry.awaitEndOfThreads();
  }

  @Test
  void saysThatTheProgramSwitchedItOff() {
    TelemetryConfig.Builder config = TelemetryConfig.builder().database(database()).disabled();
    try (TelemetryCollector telemetry = TestTelemetry.open(config, Map.of())) {
      assertEquals("off, since the program's settings say so", telemetry.diagnostics().why());
    }
  }

  @Test
  void saysWhereTheDatabaseIsAndWhatBecameOfTheEvents() {
    try (TelemetryCollector telemetry = open(Map.of())) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertTrue(telemetry.flush(Duration.ofSeconds(30)));

      TelemetryDiagnostics diagnostics = telemetry.diagnostics();

      assertEquals(database(), diagnostics.database());
      assertEquals(1, diagnostics.stats().stored());
      assertTrue(diagnostics.lines().stream().anyMatch(line -> line.startsWith("rollups: ")));
      assertEquals(List.of(), diagnostics.troubles());
      assertFalse(diagnostics.weaving().hasAspect());
      assertTrue(diagnostics.lines().contains("aspect: not on the class path"));
    }
  }

  @Test
  void saysHowFarReportsAreAddedUp() {
    try (TelemetryCollector telemetry = open(Map.of())) {
      assertNull(telemetry.diagnostics().rollups());
      assertTrue(
          telemetry
              .diagnostics()
              .lines()
              .contains("rollups: none yet, since no event is stored yet"));
      telemetry.recordEvent(SkillUse.of("a"));
      telemetry.getEffectivenessReport();
      assertTrue(telemetry.reports().repairRollups());
      assertEquals(RollupCheck.Status.RIGHT, telemetry.diagnostics().rollups());
    }
  }

  @Test
  void namesTheTroubleInPlainWords() throws IOException {
    Files.writeString(database(), "no database, but long enough to look like one ".repeat(40));
    try (TelemetryCollector telemetry = open(Map.of())) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertFalse(telemetry.flush(Duration.ofSeconds(2)));

      assertEquals(
          List.of("trouble: the database's file is not a SQLite database, or it is encrypted"),
          telemetry.diagnostics().lines().stream()
              .filter(line -> line.startsWith("trouble"))
              .toList());
    }
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }

  private TelemetryCollector open(Map<String, String> variables) {
    TelemetryConfig.Builder config =
        TelemetryConfig.builder().database(database()).closeTimeout(Duration.ZERO);
    return TestTelemetry.open(config, variables);
  }
}
