package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsCommandTest {

  private static final Path INTEROP = Path.of("..", "telemetry-store/src/test/resources/interop");

  @TempDir Path home;
  private TestHost host;

  @BeforeEach
  void recordSomeUses() {
    host = new TestHost(home);
    host.record(Duration.ofDays(40), TestHost.use("old", Outcome.SUCCESS, 5));
    host.record(Duration.ofDays(3), 30, TestHost.use("many", Outcome.SUCCESS, 12));
    host.record(
        Duration.ofMinutes(90),
        SkillUse.of("summarise-changelog").session("s-2").agent("cursor"),
        TestHost.use("parse-xml", Outcome.FAILURE, 61_000));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 200})
  void fitsTheTerminal(int columns) throws IOException {
    host.terminal(columns).run("events", "--limit", "3", "--color", "never");

    Golden.check("events-" + columns + ".txt", host.out);
  }

  @Test
  void selects() throws IOException {
    assertEquals(20, rows().size());
    assertEquals(32, rows("--limit", "100").size());
    assertEquals(33, rows("--limit", "100", "--all").size());
    assertEquals(
        "summarise-changelog", rows("--agent", "cursor").findValuesAsText("skillName").get(0));
    assertEquals(1, rows("--session", "s-2").size());
    assertEquals(1, rows("--skill", "parse-xml").size());
    assertEquals(2, rows("--since", "2h").size());
    assertEquals(30, rows("--until", "2026-11-27", "--limit", "99").size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "python", "mixed"})
  void answersAutoSkillsOwnDocument(String tool) throws IOException {
    Path copy = home.resolve(tool + ".db");
    Files.copy(INTEROP.resolve("auto-skill-%s.db".formatted(tool)), copy);

    assertEquals(0, host.run("events", "--json=auto-skill", "--db", copy.toString()));

    JsonNode answer = new ObjectMapper().readTree(host.out);
    assertEquals(20, answer.get("count").asInt());
    assertTrue(
        host.out.startsWith("{\n  \"count\": 20,\n  \"events\": [\n    {\n      \"id\": \""),
        host.out);
    assertTrue(answer.get("events").get(0).get("timestamp").asText().matches(".*\\.\\d{3}Z"));
  }

  private JsonNode rows(String... arguments) throws IOException {
    String[] all = new String[arguments.length + 2];
    all[0] = "events";
    all[1] = "--json";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    assertEquals(0, host.run(all), host.err);
    return new ObjectMapper().readTree(host.out).get("rows");
  }
}
