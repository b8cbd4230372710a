package dev.autoskill.telemetry.otlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.f4b6a3.ulid.Ulid;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.sync.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spans that stored events become. */
class SpansTest {

  @TempDir Path home;
  private Store store;
  private Collector collector;

  @BeforeEach
  void start() throws IOException {
    store = new Store(home);
    collector = new Collector();
  }

  @AfterEach
  void stop() {
    collector.close();
  }

  private TelemetryEvent record(SkillUse use) {
    try (TelemetryCollector telemetry = store.open()) {
      return telemetry.recordEvent(use);
    }
  }

  private JsonNode pushed() {
    store.push(collector.address());
    assertEquals(1, collector.spans.size());
    return collector.spans.get(0);
  }

  private static Map<String, String> attributes(JsonNode of) {
    Map<String, String> attributes = new TreeMap<>();
    of.get("attributes")
        .forEach(
            each ->
                attributes.put(each.get("key").asText(), each.at("/value/stringValue").asText()));
    return attributes;
  }

  @Test
  void aFailureHasTheNamesAndAttributesOfTheLiveBridge() {
    TelemetryEvent event =
        record(
            SkillUse.of("review-2", "code review")
                .session("s-secret")
                .agent("claude-code")
                .outcome(Outcome.FAILURE)
                .duration(Duration.ofMillis(1_500)));

    JsonNode span = pushed();

    assertEquals("execute_tool code review", span.get("name").asText());
    assertEquals(1, span.get("kind").asInt(), "INTERNAL");
    assertEquals(2, span.at("/status/code").asInt(), "ERROR");
    assertFalse(span.get("status").has("message"));
    assertEquals(
        Map.of(
            "gen_ai.operation.name", "execute_tool",
            "gen_ai.tool.name", "code review",
            "gen_ai.tool.type", "function",
            "gen_ai.agent.name", "claude-code",
            "autoskill.outcome", "failure",
            "error.type", "_OTHER"),
        attributes(span));
    assertEquals(event.timestamp().toEpochMilli() + "000000", text(span, "endTimeUnixNano"));
    assertEquals(
        event.timestamp().minusMillis(1_500).toEpochMilli() + "000000",
        text(span, "startTimeUnixNano"));
    Collector.Request request = collector.requests.get(0);
    assertEquals("POST /v1/traces", request.line());
    assertEquals(List.of("application/json"), request.headers().get("Content-type"));
    assertTrue(
        request
            .body()
            .startsWith(
                "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
                    + "\"value\":{\"stringValue\":\"skill-telemetry\"}}]},\"scopeSpans\":[{\"scope\":"
                    + "{\"name\":\"dev.autoskill.telemetry\"},\"spans\":[{"),
        request.body());
    assertFalse(request.body().contains("s-secret"), request.body());
    assertFalse(request.body().contains("review-2"), request.body());
  }

  @Test
  void otherOutcomesAreNoErrorsAndAnUnknownAgentHasNoName() {
    record(SkillUse.of("fix").agent("unknown").outcome(Outcome.PARTIAL));

    JsonNode span = pushed();

    assertFalse(span.has("status"));
    assertEquals(
        Map.of(
            "gen_ai.operation.name", "execute_tool",
            "gen_ai.tool.name", "fix",
            "gen_ai.tool.type", "function",
            "autoskill.outcome", "partial"),
        attributes(span));
    assertEquals(
        text(span, "endTimeUnixNano"), text(span, "startTimeUnixNano"), "there is no duration");
  }

  @Test
  void theIdsAreTheEventsBitsWheneverItIsPushed() {
    TelemetryEvent event = record(SkillUse.of("fix").outcome(Outcome.SUCCESS));

    JsonNode span = pushed();
    store.push(collector.address(), true);

    String bits = Ulid.from(event.id()).toUuid().toString().replace("-", "");
    assertEquals(bits, text(span, "traceId"));
    assertEquals(bits.substring(16), text(span, "spanId"));
    assertEquals(List.of(span, span), collector.spans);
  }

  @Test
  void eventsOfOtherToolsHaveValidIdsToo() throws Exception {
    store.record(4, 1);
    store.sql(
        "UPDATE skill_telemetry SET id = '0190163d-8694-739b-aea5-966c26f8ad91' WHERE rowid = 1",
        "UPDATE skill_telemetry SET id = '' WHERE rowid = 2",
        "UPDATE skill_telemetry SET id = '00000000-0000-0000-0000-000000000000' WHERE rowid = 3",
        "UPDATE skill_telemetry SET id = 'event 4' WHERE rowid = 4");

    store.push(collector.address());

    assertEquals("0190163d8694739baea5966c26f8ad91", collector.traceIds().get(0));
    assertEquals(4, new HashSet<>(collector.traceIds()).size());
    for (JsonNode span : collector.spans) {
      assertTrue(text(span, "traceId").matches("(?!0{32})[0-9a-f]{32}"), span.toString());
      assertTrue(text(span, "spanId").matches("(?!0{16})[0-9a-f]{16}"), span.toString());
    }
  }

  @Test
  void whateverOtherToolsStoredIsAValidSpan() throws Exception {
    store.record(6, 1);
    store.sql(
        "UPDATE skill_telemetry SET duration_ms = 9e999, timestamp = '1970-01-01T00:00:01Z'"
            + " WHERE rowid = 1",
        "UPDATE skill_telemetry SET duration_ms = -5, timestamp = '1970-01-01T00:00:01Z'"
            + " WHERE rowid = 2",
        "UPDATE skill_telemetry SET duration_ms = 12.75, timestamp = '1970-01-01T00:00:01Z'"
            + " WHERE rowid = 3",
        "UPDATE skill_telemetry SET duration_ms = 1, timestamp = '0000-01-01T00:00:00Z'"
            + " WHERE rowid = 4",
        "UPDATE skill_telemetry SET duration_ms = NULL, timestamp = '9999-12-31T23:59:59Z'"
            + " WHERE rowid = 5",
        "UPDATE skill_telemetry SET outcome = 'gave up',"
            + " skill_name = 'a\"b\\c' || char(10, 1, 0) || 'ç😀' WHERE rowid = 6");

    store.push(collector.address());

    assertEquals(
        List.of(
            "0 1000000000",
            "1000000000 1000000000",
            "987250000 1000000000",
            "0 0",
            "9223372035000000000 9223372035000000000"),
        collector.spans.stream()
            .limit(5)
            .map(span -> text(span, "startTimeUnixNano") + " " + text(span, "endTimeUnixNano"))
            .toList());
    JsonNode last = collector.spans.get(5);
    assertEquals("execute_tool a\"b\\c\n\u0001\uFFFDç😀", text(last, "name"));
    assertEquals("unrecognised", attributes(last).get("autoskill.outcome"));
  }

  private static String text(JsonNode span, String name) {
    return span.get(name).asText();
  }
}
