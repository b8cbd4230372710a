package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryStats;
import java.nio.file.Path;
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
