package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as an MCP server, asked by the SDK's own client. */
class McpCommandTest {

  @TempDir Path directory;

  private final List<String> err = new CopyOnWriteArrayList<>();
  private Path database;

  @BeforeEach
  void copyADatabaseOfOthers() throws IOException {
    database = directory.resolve("telemetry.db");
    Files.copy(
        Repository.path("telemetry-store/src/test/resources/interop/auto-skill-node.db"), database);
  }

  @Test
  void theLauncherStartsIt() {
    assertAnswers(Repository.launcher().toString(), List.of("mcp", "--db", database.toString()));
  }

  @Test
  void soDoesTheAgentsJar() {
    assertAnswers(
        JavaProcess.JDK.resolve("bin").resolve("java").toString(),
        List.of("-jar", Repository.agentJar().toString(), "mcp", "--db", database.toString()));
  }

  private void assertAnswers(String command, List<String> arguments) {
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            JavaProcess.JDK.toString(),
            "HOME",
            directory.toString(),
            // No archive can be made there.
            "XDG_CACHE_HOME",
            "/dev/null");
    try (McpSyncClient client =
        SdkClient.of("integration-tests", command, arguments, environment, err::add)) {
      assertEquals(
          List.of("skill_report", "skill_trend", "skill_compare", "skill_events", "skill_doctor"),
          client.listTools().tools().stream().map(Tool::name).toList());
      CallToolResult report = SdkClient.call(client, "skill_report", Map.of("since", "all"));
      assertFalse(report.isError());
      assertTrue(SdkClient.text(report).endsWith("\nSkills: 7 (since: all)."), report.toString());
      CallToolResult structured =
          SdkClient.call(client, "skill_events", Map.of("since", "all", "structured", true));
      assertTrue(
          structured.structuredContent().toString().contains("skill-telemetry.report/1"),
          structured.toString());
      CallToolResult wrong = SdkClient.call(client, "skill_events", Map.of("since", "yesterday"));
      assertTrue(wrong.isError());
    }
    assertEquals(List.of(), err);
  }
}
