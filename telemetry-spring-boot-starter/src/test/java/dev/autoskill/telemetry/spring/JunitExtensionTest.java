package dev.autoskill.telemetry.spring;

import static dev.autoskill.telemetry.junit.SkillAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.junit.SkillTelemetryExtension;
import dev.autoskill.telemetry.junit.SkillUses;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of applications with the JUnit extension. */
@ExtendWith(SkillTelemetryExtension.class)
class JunitExtensionTest {

  @TempDir static Path directory;
  private static App app;

  /** As {@code @SpringBootTest} does, before the tests. */
  @BeforeAll
  static void start() {
    app = App.start(App.Plain.class, App.database(directory.resolve("telemetry.db")));
  }

  @AfterAll
  static void close() {
    app.close();
  }

  @Test
  void aTestSeesTheUsesWhereTheContextHasADatabase(SkillUses uses) {
    assertTrue(app.collector().isRecording());
    Telemetry.collector().run("search", () -> {});
    assertThat(uses).of("search").succeeded(1);
  }

  @Test
  void aTestSeesTheUsesInAContextThatItStartsWithoutADatabase(SkillUses uses) {
    TelemetryCollector ofTests = Telemetry.collector();
    try (App started = App.start(App.Plain.class)) {
      assertFalse(started.collector().isRecording());
      assertNotSame(ofTests, started.collector());
      Telemetry.collector().run("search", () -> {});
    }
    assertSame(ofTests, Telemetry.collector());
    assertThat(uses).of("search").succeeded(1);
  }
}
