package dev.autoskill.telemetry.field;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Servers whose stdout is a protocol: it stays one, and each call of a tool is a use. */
class McpServersTest {

  private static final Map<String, String> SDK =
      Map.of(
          "mcp.ok", "success",
          "mcp.is-error", "failure",
          "mcp.throws", "failure");

  /** Each of Spring AI's own tools is called by the program, too, while it starts. */
  private static final Map<String, String> SPRING_AI =
      Map.ofEntries(
          Map.entry("mcp-ok", "success"),
          Map.entry("mcp-err", "failure"),
          Map.entry("mcp-boom", "failure"),
          Map.entry("noName", "success"),
          Map.entry("shout", "success success"),
          Map.entry("tracked-name", "success success"),
          Map.entry("boom-tool", "failure failure"),
          Map.entry("plain-void", "success success"));

  private static final List<String> SDK_TOOLS = List.of("ok", "is-error", "throws");

  private static final List<String> SPRING_AI_TOOLS =
      List.of(
          "mcp-ok",
          "mcp-err",
          "mcp-boom",
          "noName",
          "shout",
          "named-tool",
          "boom-tool",
          "plain-void");

  /** The answers and the stderr of a server. */
  private record Session(List<JsonNode> answers, List<String> err) {}

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> ofTheSdk() {
    FieldProgram server =
        new FieldProgram(directory, "acme.mcp.Server", "mcp-sdk-server")
            .withLibraries("mcp-sdk")
            .withModules("telemetry-mcp");
    // Its tools take the exchange, which tells the client.
    return records(server, SDK_TOOLS, SDK, "[field-tests] 1", Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> ofSpringAi() {
    FieldProgram server =
        new FieldProgram(directory, "acme.boot.App", "spring-ai-boot")
            .withLibraries("spring-ai")
            .withModules("telemetry-mcp", "telemetry-spring-boot-starter");
    // While it starts, the program calls some itself.
    return records(server, SPRING_AI_TOOLS, SPRING_AI, "[field-tests, unknown] 2", Way.EACH);
  }

  private static Stream<DynamicTest> records(
      FieldProgram server,
      List<String> tools,
      Map<String, String> uses,
      String clients,
      List<Way> ways) {
    Session unwoven = session(server, Way.UNWOVEN, tools);
    return ways.stream()
        .map(
            way ->
                dynamicTest(
                    way.name(),
                    () -> {
                      Session woven = session(server, way, tools);
                      assertAll(
                          () -> assertEquals(new TreeMap<>(uses), server.uses(way)),
                          () -> assertEquals(clients, Uses.clients(server.database(way))),
                          () -> assertEquals(unwoven.answers, woven.answers),
                          () -> assertEquals(unwoven.err, woven.err));
                    }));
  }

  private static Session session(FieldProgram server, Way way, List<String> tools) {
    List<JsonNode> answers = new ArrayList<>();
    try (McpClient client = new McpClient(server.builder(way))) {
      answers.add(client.initialize());
      // In no particular order.
      List<JsonNode> listed = new ArrayList<>();
      client.request("tools/list", Map.of()).at("/result/tools").forEach(listed::add);
      assertEquals(
          tools.stream().sorted().toList(),
          listed.stream().map(tool -> tool.get("name").asText()).sorted().toList());
      for (String tool : tools) {
        Map<String, ?> arguments = Map.of("text", "hi");
        answers.add(client.request("tools/call", Map.of("name", tool, "arguments", arguments)));
      }
    }
    return new Session(answers, err(server.workingDirectory(way)));
  }

  /**
   * Without the time, and sorted, since the order of a class's methods is no promise; without
   * Logback's own warnings, of which it prints those of the last 300 ms, however quick the start.
   */
  private static List<String> err(Path workingDirectory) {
    try (Stream<String> lines = Files.lines(workingDirectory.resolve("err.txt"))) {
      return lines
          .map(line -> line.replaceFirst("^[\\d:,]+ ", ""))
          .filter(line -> !line.startsWith("|-WARN in Logger["))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
