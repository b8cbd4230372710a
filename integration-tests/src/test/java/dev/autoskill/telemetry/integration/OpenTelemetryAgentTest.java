package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skills.traced.TracedProgram;

/** With OpenTelemetry's agent beside ours, a use is a span of that agent's trace. */
class OpenTelemetryAgentTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aUseIsASpanBetweenThoseAroundAndWithinIt(boolean isOursFirst) throws IOException {
    Path database = directory.resolve("telemetry.db");
    Map<String, JsonNode> spans = spans(run(database, isOursFirst));

    JsonNode use = spans.get("execute_tool greet");
    assertEquals(id(spans.get("request")), parent(use));
    assertEquals(id(use), parent(spans.get("within")));
    assertEquals(id(spans.get("request")), parent(spans.get("after")));
    assertEquals(spans.get("request").get("traceId"), use.get("traceId"));
    assertEquals(
        Map.of(
            "gen_ai.operation.name", "execute_tool",
            "gen_ai.tool.name", "greet",
            "gen_ai.tool.type", "function",
            "autoskill.outcome", "failure",
            "error.type", "java.lang.IllegalStateException"),
        ownAttributes(use));
    try (TelemetryCollector telemetry = Reading.of(database)) {
      assertEquals(1, telemetry.getEvents("greet", 10).size());
    }
  }

  private Result run(Path database, boolean isOursFirst) {
    Path classes = WovenProgram.copyOfPackage(TracedProgram.class, directory.resolve("classes"));
    String ours = "-javaagent:" + Repository.agentJar();
    String theirs =
        "-javaagent:"
            + Repository.path("integration-tests/target/opentelemetry/opentelemetry-javaagent.jar");
    String classPath =
        String.join(
            File.pathSeparator,
            classes.toString(),
            WovenProgram.classPathEntry("telemetry-annotations"),
            WovenProgram.classPathEntry("telemetry-otel"),
            WovenProgram.classPathEntry("opentelemetry-api"),
            WovenProgram.classPathEntry("opentelemetry-context"),
            WovenProgram.classPathEntry("opentelemetry-common"));
    return JavaProcess.run(
        directory,
        Map.of(
            "AUTO_SKILL_TELEMETRY_DB", database.toString(),
            "OTEL_TRACES_EXPORTER", "experimental-otlp/stdout",
            // Or what the library does with its own database would be in spans, too.
            "OTEL_JAVAAGENT_EXCLUDE_CLASSES", "org.sqlite.*",
            "OTEL_METRICS_EXPORTER", "none",
            "OTEL_LOGS_EXPORTER", "none"),
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            isOursFirst ? ours : theirs,
            isOursFirst ? theirs : ours,
            "-cp",
            classPath,
            TracedProgram.class.getName()));
  }

  /** By their names, from lines of JSON, which the agent prints. */
  private static Map<String, JsonNode> spans(Result result) throws IOException {
    Map<String, JsonNode> spans = new HashMap<>();
    for (String line : result.out().lines().toList()) {
      for (JsonNode span : new ObjectMapper().readTree(line).findValue("scopeSpans")) {
        span.get("spans").forEach(each -> spans.put(each.get("name").asText(), each));
      }
    }
    assertEquals(4, spans.size(), result::toString);
    return spans;
  }

  private static String id(JsonNode span) {
    return span.get("spanId").asText();
  }

  private static String parent(JsonNode span) {
    return span.get("parentSpanId").asText();
  }

  /** Without those that the agent adds to each span, such as the thread's name. */
  private static Map<String, String> ownAttributes(JsonNode span) {
    Map<String, String> own = new HashMap<>();
    for (JsonNode attribute : span.get("attributes")) {
      String key = attribute.get("key").asText();
      if (Stream.of("gen_ai.", "autoskill.", "error.").anyMatch(key::startsWith)) {
        own.put(key, attribute.get("value").get("stringValue").asText());
      }
    }
    return own;
  }
}
