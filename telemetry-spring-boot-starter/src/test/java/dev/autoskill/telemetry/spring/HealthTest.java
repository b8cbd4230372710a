package dev.autoskill.telemetry.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autoskill.telemetry.Telemetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The health of the application, over HTTP. */
class HealthTest {

  @TempDir Path directory;
  private Path database;

  @BeforeEach
  void name() {
    database = directory.resolve("telemetry.db");
  }

  @AfterEach
  void reset() {
    Telemetry.reset();
  }

  @Test
  void isUpAndCounts() throws Exception {
    try (App app =
        App.serve(
            App.Plain.class,
            App.database(database),
            "management.endpoint.health.group.public.include=*",
            "management.endpoint.health.group.public.show-details=never",
            "management.endpoint.health.group.public.show-components=always")) {
      app.collector().run("search", () -> {});
      assertTrue(app.collector().flush(Duration.ofMinutes(1)));
      JsonNode health = health(app, "UP");

      assertEquals("UP", health.get("status").asText());
      JsonNode details = health.get("details");
      assertTrue(details.get("recording").asText().startsWith("on"), details.toString());
      assertEquals(1, details.get("recorded").asLong());
      assertEquals(1, details.get("stored").asLong());
      for (String count : new String[] {"spooled", "queued", "dropped", "failed", "faults"}) {
        assertEquals(0, details.get(count).asLong(), count);
      }
      assertEquals(0, details.get("trouble").size());
      assertFalse(health.toString().contains(directory.toString()));
      JsonNode publicly = app.get("/actuator/health/public").body().get("components");
      assertEquals("{\"status\":\"UP\"}", publicly.get("skillTelemetry").toString());
    }
  }

  /** The application's health, in which telemetry never is a reason to be taken out of service. */
  private static JsonNode health(App app, String expected) throws Exception {
    App.Answer whole = app.get("/actuator/health");
    assertEquals(200, whole.status());
    assertEquals(expected, whole.body().get("status").asText());
    return whole.body().get("components").path("skillTelemetry");
  }

  @Test
  void isUnknownWhereNothingIsRecordedAndByItselfNoReasonToBeTakenOutOfService() throws Exception {
    try (App app =
        App.serve(
            App.Plain.class,
            App.database(database),
            "autoskill.telemetry.disabled=true",
            "management.health.defaults.enabled=false",
            "management.endpoint.health.probes.enabled=false",
            "management.health.skill-telemetry.enabled=true")) {
      JsonNode health = health(app, "UNKNOWN");
      assertEquals("UNKNOWN", health.get("status").asText());
      assertEquals(
          "off, since the program's settings say so",
          health.get("details").get("recording").asText());
    }
  }

  @Test
  void namesTroubleAndStaysUp() throws Exception {
    Files.writeString(database, "This is another program's file, and not a database.".repeat(100));
    try (App app =
        App.serve(
            App.Plain.class,
            App.database(database),
            // There is nothing to wait for.
            "autoskill.telemetry.close-timeout=0")) {
      app.collector().run("search", () -> {});
      assertFalse(app.collector().flush(Duration.ofSeconds(1)));

      JsonNode health = health(app, "UP");

      assertEquals("UP", health.get("status").asText());
      JsonNode details = health.get("details");
      assertEquals(1, details.get("spooled").asLong(), details.toString());
      assertEquals(
          "the database's file is not a SQLite database, or it is encrypted",
          details.get("trouble").get(0).asText());
    }
  }

  @Test
  void mayBeLeftOut() {
    try (App app =
        App.start(
            App.Plain.class,
            App.database(database),
            "management.health.skill-telemetry.enabled=false")) {
      assertFalse(app.context().containsBean("skillTelemetryHealthIndicator"));
    }
  }
}
