package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

  @TempDir Path directory;

  @Test
  void aDatabaseThatDoesNotExistYetIsEmptyAndComplete() {
    try (TelemetryCollector telemetry = open(Map.of("CI", "true"))) {
      Reports reports = telemetry.reports();

      assertEquals(List.of(), reports.effectiveness(ReportQuery.ALL));
      assertEquals(List.of(), reports.events(ReportQuery.ALL.limit(10)));
      assertTrue(reports.isComplete());
    }
  }

  @Test
  void anAnswerFromADatabaseThatCannotBeReadIsNotComplete() throws IOException {
    Files.writeString(database(), "no database, but long enough to look like one ".repeat(40));
    try (TelemetryCollector telemetry = open(Map.of("CI", "true"))) {
      Reports reports = telemetry.reports();

      assertTrue(reports.isComplete(), "nothing was asked yet");
      assertEquals(List.of(), reports.effectiveness(ReportQuery.ALL));
      assertFalse(reports.isComplete());
      assertTrue(telemetry.reports().isComplete(), "a new object");
    }
  }

  @Test
  void anAnswerWithoutTheNewestEventsIsNotComplete() {
    TelemetryConfig.Builder config =
        TelemetryConfig.builder().database(database()).queryTimeout(Duration.ZERO);
    try (TelemetryCollector telemetry = TestTelemetry.open(config, Map.of())) {
      telemetry.recordEvent(SkillUse.of("a"));
      Reports reports = telemetry.reports();

      // The event may be stored between the wait for it, which is none, and the query.
      assertTrue(!reports.events(ReportQuery.ALL.limit(1)).isEmpty() || !reports.isComplete());
    }
  }

  @Test
  void sessionsAreCountedWhenAskedFor() {
    try (TelemetryCollector telemetry = open(Map.of())) {
      telemetry.recordEvent(SkillUse.of("a").session("s-1"));
      telemetry.recordEvent(SkillUse.of("a").session("s-2"));
      telemetry.recordEvent(SkillUse.of("a").session("s-2"));

      assertNull(telemetry.getEffectivenessReport().get(0).sessions());
      assertEquals(
          2L, telemetry.reports().effectiveness(ReportQuery.ALL.withSessions()).get(0).sessions());
    }
  }

  @Test
  void forgetsASkillAndNoOther() {
    try (TelemetryCollector telemetry = open(Map.of())) {
      telemetry.recordEvent(SkillUse.of("secret"));
      telemetry.recordEvent(SkillUse.of("other"));

      assertTrue(telemetry.reports().forget("secret"));

      assertEquals(
          List.of("other"), telemetry.getEvents().stream().map(TelemetryEvent::skillName).toList());
      assertEquals(List.of(), telemetry.getEffectivenessReport("secret"));
    }
  }

  private Path database() {
    return directory.resolve("telemetry.db");
  }

  private TelemetryCollector open(Map<String, String> variables) {
    return TestTelemetry.open(TelemetryConfig.builder().database(database()), variables);
  }
}
