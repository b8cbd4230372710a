package dev.autoskill.telemetry.spring;

import static dev.autoskill.telemetry.junit.SkillAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.junit.SkillTelemetryExtension;
import dev.autoskill.telemetry.junit.SkillUses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests, with the JUnit extension, of applications that name no database. */
@ExtendWith(SkillTelemetryExtension.class)
class JunitExtensionTest {

  @Test
  void aTestSeesTheUsesInAContext(SkillUses uses) {
    TelemetryCollector ofTests = Telemetry.collector();
    try (App app = App.start(App.Plain.class)) {
      assertFalse(app.collector().isRecording());
      assertNotSame(ofTests, app.collector());
      Telemetry.collector().run("search", () -> {});
    }
    assertSame(ofTests, Telemetry.collector());
    assertThat(uses).of("search").succeeded(1);
  }
}
