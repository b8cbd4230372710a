package dev.autoskill.telemetry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.annotations.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendCommandTest {

  @TempDir Path home;
  private TestHost host;

  @BeforeEach
  void recordSomeUses() {
    host = new TestHost(home);
    host.record(Duration.ofDays(12), 7, TestHost.use("parse-xml", Outcome.SUCCESS, 12));
    host.record(Duration.ofDays(3), 20, TestHost.use("parse-xml", Outcome.SUCCESS, 14));
    host.record(Duration.ofDays(1), 3, TestHost.use("parse-xml", Outcome.FAILURE, 900));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 200})
  void drawsDays(int columns) throws IOException {
    host.terminal(columns).run("trend", "parse-xml", "--since", "7d", "--color", "never");

    Golden.check("trend-" + columns + ".txt", host.out);
  }

  @Test
  void countsWeeksFromTheFirstUseOn() throws IOException {
    assertEquals(0, host.run("trend", "parse-xml", "--all", "--by", "week", "--json"));

    JsonNode json = new ObjectMapper().readTree(host.out);
    assertEquals("[\"2026-11-16\",\"2026-11-23\"]", starts(json));
    assertEquals(7, json.get("rows").get(0).get("uses").asInt());
    assertEquals(23, json.get("rows").get(1).get("attempts").asInt());
    assertEquals(20, json.get("rows").get(1).get("successes").asInt());
  }

  @Test
  void aSkillThatWasNeverUsedHasNoTrend() throws IOException {
    assertEquals(0, host.run("trend", "none", "--all", "--json"));
    assertEquals("[]", starts(new ObjectMapper().readTree(host.out)));
  }

  private static String starts(JsonNode json) {
    StringBuilder starts = new StringBuilder();
    json.get("rows")
        .forEach(row -> starts.append(starts.isEmpty() ? "" : ",").append(row.get("start")));
    return "[" + starts + "]";
  }
}
