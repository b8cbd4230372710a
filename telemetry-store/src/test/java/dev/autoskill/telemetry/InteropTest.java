package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that auto-skill's own tools wrote, and what those tools answer for them. */
class InteropTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"auto-skill-node", "auto-skill-python", "auto-skill-mixed"})
  void answersWhatTheirToolsAnswer(String file) throws IOException {
    JsonNode expected = expected(file);
    try (TelemetryCollector telemetry = TestTelemetry.open(copyOf(file))) {
      assertEquals(expectedReports(expected), FirstEight.of(telemetry.getEffectivenessReport()));
      for (FirstEight report : expectedReports(expected)) {
        assertEquals(
            List.of(report), FirstEight.of(telemetry.getEffectivenessReport(report.skillName())));
      }

      List<TelemetryEvent> events = telemetry.getEvents(null, Integer.MAX_VALUE);
      assertEquals(expected.get("eventCount").asInt(), events.size());
      assertEquals(
          fields(expected.get("bySkill")),
          new TreeMap<>(
              events.stream()
                  .collect(
                      Collectors.groupingBy(TelemetryEvent::skillName, Collectors.counting()))));
      // Events of one instant have no defined order there.
      List<TelemetryEvent> newest = new ArrayList<>();
      expected.get("newest").forEach(event -> newest.add(event(event)));
      assertEquals(
          newest.stream().map(TelemetryEvent::timestamp).toList(),
          telemetry.getEvents(null, newest.size()).stream()
              .map(TelemetryEvent::timestamp)
              .toList());
      assertTrue(events.containsAll(newest));
    }
  }

  @Test
  void addsToTheirEventsAndChangesNone() throws IOException {
    Path file = copyOf("auto-skill-mixed");
    try (TelemetryCollector telemetry = TestTelemetry.open(file)) {
      List<TelemetryEvent> theirs = telemetry.getEvents(null, Integer.MAX_VALUE);
      TelemetryEvent ours = telemetry.recordEvent(SkillUse.of("技能").outcome(Outcome.PARTIAL));

      List<TelemetryEvent> all = telemetry.getEvents(null, Integer.MAX_VALUE);

      assertEquals(theirs.size() + 1, all.size());
      assertTrue(all.contains(ours));
      assertTrue(all.containsAll(theirs));
    }
  }

  private Path copyOf(String file) throws IOException {
    Path copy = directory.resolve(file + ".db");
    try (InputStream original = resource(file + ".db")) {
      Files.copy(original, copy);
    }
    return copy;
  }

  private static JsonNode expected(String file) throws IOException {
    try (InputStream json = resource(file + ".expected.json")) {
      return new ObjectMapper().readTree(json);
    }
  }

  private static InputStream resource(String name) {
    return InteropTest.class.getResourceAsStream("/interop/" + name);
  }

  private static List<FirstEight> expectedReports(JsonNode expected) {
    List<FirstEight> reports = new ArrayList<>();
    for (JsonNode report : expected.get("reports")) {
      List<String> agents = new ArrayList<>();
      report.get("agentsUsed").forEach(agent -> agents.add(agent.asText()));
      reports.add(
          new FirstEight(
              report.get("skillName").asText(),
              report.get("totalUses").asLong(),
              report.get("successCount").asLong(),
              report.get("failureCount").asLong(),
              report.get("successRate").asDouble(),
              nullable(report.get("avgDurationMs"), JsonNode::asLong),
              agents,
              Instant.parse(report.get("lastUsed").asText())));
    }
    return reports;
  }

  private static TelemetryEvent event(JsonNode event) {
    return new TelemetryEvent(
        event.get("id").asText(),
        event.get("skillId").asText(),
        event.get("skillName").asText(),
        event.get("sessionId").asText(),
        event.get("agentId").asText(),
        nullable(event.get("durationMs"), JsonNode::asLong),
        Outcome.ofText(event.get("outcome").asText()),
        Instant.parse(event.get("timestamp").asText()));
  }

  private static <T> T nullable(JsonNode node, Function<JsonNode, T> value) {
    return node.isNull() ? null : value.apply(node);
  }

  private static Map<String, Long> fields(JsonNode object) {
    Map<String, Long> fields = new TreeMap<>();
    object.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asLong()));
    return fields;
  }
}
