package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryTest {

  @TempDir Path directory;

  @AfterEach
  void reset() {
    Telemetry.reset();
  }

  @Test
  void givesOutTheInstalledCollector() {
    try (TelemetryCollector one = TestTelemetry.open(directory.resolve("one.db"));
        TelemetryCollector other = TestTelemetry.open(directory.resolve("other.db"))) {
      Telemetry.install(one);
      assertSame(one, Telemetry.collector());
      Telemetry.install(other);
      assertSame(other, Telemetry.collector());
    }
  }

  @Test
  void givesInstrumentationsOnlyACollectorThatRecords() {
    try (TelemetryCollector recording = TestTelemetry.open(directory.resolve("one.db"))) {
      Telemetry.install(recording);
      assertSame(recording, Telemetry.recording());
      Telemetry.install(Assembly.brokenCollector(new IllegalArgumentException()));
      assertNull(Telemetry.recording());
    }
  }

  @Test
  void routesEachUseAndEachQuery() throws Exception {
    try (TelemetryCollector one = TestTelemetry.open(directory.resolve("one.db"));
        TelemetryCollector other = TestTelemetry.open(directory.resolve("other.db"))) {
      TelemetryCollector[] chosen = {null};
      Telemetry.install(one, () -> chosen[0]);
      TelemetryCollector routing = Telemetry.collector();
      routing.recordEvent(SkillUse.of("event"));
      chosen[0] = other;
      routing.recordEvent(SkillUse.of("event"));
      routing.recordUse(Skill.named("use"), null, Outcome.SUCCESS, 0, 1);
      routing.use("block", () -> 5);
      routing.run("block", () -> {});
      routing
          .endings()
          .ended(SkillDefinition.of(Skill.named("ending")), null, null, null, null, 0, 1);
      routing.countFault(new IllegalStateException());

      assertTrue(routing.flush(Duration.ofMinutes(1)));
      assertEquals(5, routing.stats().recorded());
      assertEquals(5, routing.diagnostics().stats().recorded());
      assertEquals(0, routing.stats().faults());
      assertEquals(5, routing.getEvents().size());
      assertSame(routing, Telemetry.recording());
      chosen[0] = null;
      assertEquals(1, routing.getEvents().size());
      // Of the router too, which must not be asked where to count them.
      assertEquals(1, routing.stats().faults());
    }
  }

  @Test
  void refusesToRouteByNothing() {
    try (TelemetryCollector one = TestTelemetry.open(directory.resolve("one.db"))) {
      NullPointerException thrown =
          assertThrows(NullPointerException.class, () -> Telemetry.install(one, null));
      assertEquals("router must not be null", thrown.getMessage());
    }
  }

  @Test
  void refusesToInstallNothing() {
    NullPointerException thrown =
        assertThrows(NullPointerException.class, () -> Telemetry.install(null));
    assertEquals("installed must not be null", thrown.getMessage());
  }

  @Test
  void aCollectorThatCannotBeOpenedRecordsNothingAndSaysSo() {
    TelemetryCollector broken = Assembly.brokenCollector(new IllegalArgumentException());

    assertFalse(broken.isRecording());
    assertEquals("a", broken.recordEvent(SkillUse.of("a")).skillName());
    assertEquals(List.of(), broken.getEvents());
    assertEquals(List.of(), broken.getEffectivenessReport());
    assertEquals(new TelemetryStats(0, 0, 0, 0, 0, 0, 0, 1), broken.stats());
    broken.close();
  }
}
