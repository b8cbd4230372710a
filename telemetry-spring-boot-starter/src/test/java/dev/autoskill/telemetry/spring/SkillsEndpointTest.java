package dev.autoskill.telemetry.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint, over HTTP. */
class SkillsEndpointTest {

  @TempDir static Path directory;
  private static App app;

  @BeforeAll
  static void use() {
    app = App.serve(App.Plain.class, App.database(directory.resolve("telemetry.db")));
    for (Outcome outcome : List.of(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.FAILURE)) {
      SkillUse use = SkillUse.of("search").agent("cursor").outcome(outcome);
      app.collector().recordEvent(use.duration(Duration.ofMillis(20)));
    }
    app.collector().recordEvent(SkillUse.of("tools/shout").agent("codex"));
    app.collector()
        .recordEvent(SkillUse.of("größe & mehr").agent("codex").outcome(Outcome.SKIPPED));
  }

  @AfterAll
  static void close() {
    app.close();
    Telemetry.reset();
  }

  @Test
  void hasARowPerSkill() throws Exception {
    JsonNode body = app.get("/actuator/skills").body();

    assertTrue(body.get("complete").asBoolean(), body.toString());
    assertFalse(body.get("more").asBoolean());
    assertEquals(
        List.of("search", "größe & mehr", "tools/shout"), body.findValuesAsText("skillName"));
    assertFalse(body.has("since") || body.has("whyIncomplete"), body.toString());
    assertFalse(body.get("skills").get(2).has("avgDurationMs"), body.toString());
    JsonNode row = body.get("skills").get(0);
    assertEquals(3, row.get("totalUses").asLong());
    assertEquals(2, row.get("successCount").asLong());
    assertEquals(1, row.get("failureCount").asLong());
    assertEquals(0.667, row.get("successRate").asDouble());
    assertEquals(20, row.get("avgDurationMs").asLong());
    assertEquals("[\"cursor\"]", row.get("agentsUsed").toString());
    assertEquals(2.0 / 3, row.get("attemptedSuccessRate").asDouble(), 1e-9);
    assertEquals(0.208, row.get("attemptedSuccessRateLow95").asDouble(), 1e-3);
    assertEquals(0.939, row.get("attemptedSuccessRateHigh95").asDouble(), 1e-3);
    assertEquals(20, row.get("p95Ms").asLong());
    assertTrue(Instant.parse(row.get("firstUsed").asText()).isBefore(Instant.now()));
    assertTrue(Instant.parse(row.get("lastUsed").asText()).isBefore(Instant.now()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"search", "tools/shout", "gr%C3%B6%C3%9Fe%20%26%20mehr"})
  void hasEachSkillByItsName(String path) throws Exception {
    App.Answer answer = app.get("/actuator/skills/" + path);

    assertEquals(200, answer.status());
    assertEquals(
        List.of(URLDecoder.decode(path, StandardCharsets.UTF_8)),
        answer.body().findValuesAsText("skillName"));
  }

  @Test
  void theRowOfOneSkillHasItsMostFrequentErrors() throws Exception {
    String database = App.database(directory.resolve("errors.db"));
    try (App keeping = App.serve(App.Plain.class, database, "autoskill.telemetry.errors=class")) {
      List<Exception> thrown =
          List.of(
              new IOException(),
              new ConnectException(),
              new TimeoutException(),
              new ConnectException(),
              new URISyntaxException("", ""));
      for (Exception each : thrown) {
        assertThrows(
            Exception.class,
            () ->
                keeping
                    .collector()
                    .use(
                        "fetch",
                        () -> {
                          throw each;
                        }));
      }

      assertEquals(
          "{\"java.net.ConnectException\":2,\"java.io.IOException\":1,"
              + "\"java.net.URISyntaxException\":1}",
          keeping.get("/actuator/skills/fetch").body().at("/skills/0/errors").toString());
      assertFalse(keeping.get("/actuator/skills").body().at("/skills/0").has("errors"));
    }
    assertFalse(app.get("/actuator/skills/search").body().at("/skills/0").has("errors"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/never-used", "/search?agent=codex", "/search?since=2999-01-01T00:00:00Z"})
  void knowsNoSkillWithoutUses(String path) throws Exception {
    assertEquals(404, app.get("/actuator/skills" + path).status());
  }

  @Test
  void narrowsDown() throws Exception {
    String yesterday = Instant.now().minus(Duration.ofDays(1)).toString();
    assertEquals(3, rows("?days=2"));
    assertEquals(3, rows("?since=" + yesterday));
    assertEquals(0, rows("?since=2999-01-01T00:00:00%2B02:00"));
    assertEquals(3, rows("?since=-999999999-01-01T00:00:00Z"));
    assertEquals(0, rows("?since=%2B999999999-01-01T00:00:00Z"));
    assertEquals(2, rows("?agent=codex"));
    assertEquals(1, rows("?limit=1"));
    assertTrue(app.get("/actuator/skills?limit=2").body().get("more").asBoolean());
    assertFalse(app.get("/actuator/skills?limit=3").body().get("more").asBoolean());
    assertEquals(
        Instant.parse(yesterday).toString(),
        app.get("/actuator/skills/search?since=" + yesterday).body().get("since").asText());
  }

  private static int rows(String query) throws Exception {
    JsonNode body = app.get("/actuator/skills" + query).body();
    assertTrue(body.get("complete").asBoolean(), body.toString());
    return body.get("skills").size();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?days=0",
        "?days=40000",
        "?days=x",
        "?limit=0",
        "?limit=1001",
        "?since=yesterday",
        "?days=1&since=2026-01-01T00:00:00Z",
        "/search?days=-1",
      })
  void refusesWhatMakesNoSense(String query) throws Exception {
    assertEquals(400, app.get("/actuator/skills" + query).status());
  }

  /** A file that is no database cannot be read, so there may be more than is answered. */
  @Test
  void saysSoWhereItMayBeIncomplete() throws Exception {
    Path file = directory.resolve("other.db");
    Files.writeString(file, "This is another program's file, and not a database.".repeat(100));
    try (App broken =
        App.serve(App.Plain.class, App.database(file), "autoskill.telemetry.query-timeout=100ms")) {
      JsonNode all = broken.get("/actuator/skills").body();
      assertFalse(all.get("complete").asBoolean());
      assertFalse(all.get("whyIncomplete").asText().isBlank());
      App.Answer one = broken.get("/actuator/skills/search");
      assertEquals(200, one.status());
      assertFalse(one.body().get("complete").asBoolean());
    }
  }

  @Test
  void isNotThereWhereAccessIsDenied() {
    String[] properties = {
      App.database(directory.resolve("denied.db")),
      "management.endpoints.jmx.exposure.include=*",
      "spring.jmx.enabled=true",
    };
    try (App allowed = App.start(App.Plain.class, properties)) {
      assertTrue(allowed.context().containsBean("skillsEndpoint"));
    }
    String[] denying = Arrays.copyOf(properties, properties.length + 1);
    denying[properties.length] = "management.endpoint.skills.access=none";
    try (App denied = App.start(App.Plain.class, denying)) {
      assertFalse(denied.context().containsBean("skillsEndpoint"));
    }
  }
}
