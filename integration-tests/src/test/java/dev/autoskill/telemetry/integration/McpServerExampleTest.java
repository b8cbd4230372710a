package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryEvent;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of an MCP server, called by the SDK's own client. */
class McpServerExampleTest {

  /** Whatever the machine's says, which the SDK's client passes on. */
  private static final Map<String, String> ENVIRONMENT =
      Map.of("AUTO_SKILL_TELEMETRY", "local", "AUTO_SKILL_NO_TELEMETRY", "", "CI", "");

  @TempDir Path directory;

  private final List<String> err = new CopyOnWriteArrayList<>();

  @Test
  void eachCallOfAToolIsAUseByTheClientThatCalls() throws IOException {
    Path file = Files.writeString(directory.resolve("notes.md"), "# One\ntext\n## Two\n");
    Path missing = directory.resolve("missing.md");
    String java = JavaProcess.JDK.resolve("bin").resolve("java").toString();
    try (McpSyncClient client =
        SdkClient.of("codex-mcp-client", java, arguments(), environment(), err::add)) {
      assertEquals(
          List.of("count-lines", "count-words", "list-headings"),
          client.listTools().tools().stream().map(Tool::name).sorted().toList());
      assertEquals("3 false", call(client, "count-words", "text", "one two three"));
      assertEquals("# One\n## Two false", call(client, "list-headings", "file", file.toString()));
      assertEquals(
          "There is no such file. true", call(client, "list-headings", "file", missing.toString()));
      assertEquals("3 false", call(client, "count-lines", "file", file.toString()));
      assertThrows(
          RuntimeException.class, () -> call(client, "count-lines", "file", missing.toString()));
      // These do not reach a tool.
      assertTrue(call(client, "count-lines", "directory", "x").endsWith(" true"));
      assertThrows(RuntimeException.class, () -> call(client, "count-pages", "file", "x"));
    }
    assertEquals(List.of(), err);
    List<TelemetryEvent> events = events();
    assertEquals(
        List.of(
            "count-lines failure codex",
            "count-lines success codex",
            "list-headings failure codex",
            "list-headings success codex",
            "count-words success codex"),
        events.stream()
            .map(event -> event.skillName() + " " + event.outcome().text() + " " + event.agentId())
            .toList());
    assertEquals(1, events.stream().map(TelemetryEvent::sessionId).distinct().count());
    assertTrue(events.stream().allMatch(event -> event.durationMs() != null), events.toString());
  }

  @Test
  void stdoutCarriesProtocolOnly() throws IOException, InterruptedException {
    Process server =
        JavaProcess.builder(JavaProcess.JDK, directory, environment(), arguments()).start();
    try {
      server
          .outputWriter()
          .append(
              """
              {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"probe","version":"1"}}}
              {"jsonrpc":"2.0","method":"notifications/initialized"}
              {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"count-words","arguments":{"text":"a b"}}}
              """)
          .flush();
      List<String> out = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        out.add(server.inputReader().readLine());
      }
      server.outputWriter().close();
      server.inputReader().lines().forEach(out::add);
      assertTrue(server.waitFor(1, TimeUnit.MINUTES));
      assertEquals(2, out.size(), out.toString());
      assertTrue(
          out.stream().allMatch(line -> line.startsWith("{\"jsonrpc\":\"2.0\"")), out.toString());
      assertEquals("", Files.readString(directory.resolve("err.txt")));
    } finally {
      server.destroyForcibly();
    }
    assertEquals(List.of("probe"), events().stream().map(TelemetryEvent::agentId).toList());
  }

  private static List<String> arguments() {
    return List.of(
        // An answer may be lost if another thread has just given the one before:
        // modelcontextprotocol/java-sdk#686.
        "-Dreactor.schedulers.defaultBoundedElasticSize=1",
        "-jar",
        Repository.path("examples/mcp-server/target/text-tools.jar").toString());
  }

  private Map<String, String> environment() {
    Map<String, String> all = new HashMap<>(ENVIRONMENT);
    all.put("AUTO_SKILL_TELEMETRY_DB", database().toString());
    all.put("HOME", directory.toString());
    // Not the one that calls.
    all.put("AUTO_SKILL_AGENT", "amp");
    return all;
  }

  private Path database() {
    return directory.resolve("telemetry").resolve("telemetry.db");
  }

  private List<TelemetryEvent> events() {
    try (TelemetryCollector telemetry = Reading.of(database())) {
      return telemetry.getEvents();
    }
  }

  private static String call(McpSyncClient client, String tool, String argument, String value) {
    CallToolResult result = SdkClient.call(client, tool, Map.of(argument, value));
    return SdkClient.text(result) + " " + result.isError();
  }
}
