package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that might do harm are texts. */
class HostileTextTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'); DROP TABLE skill_telemetry;--",
        "\" OR 1=1",
        ":skillName",
        "%s%n{}",
        "😀👩‍👩‍👧",
        "مراجعة الكود",
        "ביקורת",
        "null"
      })
  void isStoredAndFoundAsItIs(String text) {
    try (TelemetryCollector telemetry = open()) {
      telemetry.recordEvent(SkillUse.of("bystander"));
      TelemetryEvent event =
          telemetry.recordEvent(SkillUse.of(text, text).session(text).agent(text));

      assertEquals(text, event.skillName());
      assertEquals(List.of(event), telemetry.getEvents(text, 10));
      assertEquals(1, telemetry.getEffectivenessReport(text).get(0).totalUses());
      assertEquals(2, telemetry.getEvents().size());
      assertEquals(0, telemetry.stats().faults());
    }
  }

  @Test
  void aNameOfAMegabyteIsCut() {
    try (TelemetryCollector telemetry = open()) {
      TelemetryEvent event = telemetry.recordEvent(SkillUse.of("x".repeat(1 << 20)));

      assertEquals("x".repeat(256), event.skillName());
      assertEquals(List.of(event), telemetry.getEvents("x".repeat(256), 10));
    }
  }

  @Test
  void aNulByteIsReplaced() {
    try (TelemetryCollector telemetry = open()) {
      TelemetryEvent event = telemetry.recordEvent(SkillUse.of("a\0b"));

      assertEquals("a\uFFFDb", event.skillName());
      assertEquals(List.of(event), telemetry.getEvents("a\uFFFDb", 10));
    }
  }

  private TelemetryCollector open() {
    return TestTelemetry.open(
        TelemetryConfig.builder().database(directory.resolve("telemetry.db")), Map.of());
  }
}
