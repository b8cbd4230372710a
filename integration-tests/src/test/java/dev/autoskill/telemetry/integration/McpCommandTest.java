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

  /** A stand-in for the JDK makes an archive of another program, and runs the JDK with it. */
  @Test
  void anArchiveThatDoesNotFitSaysNothingOnStdout() throws Exception {
    Path jdk = Files.createDirectories(directory.resolve("jdk/bin")).getParent();
    Files.copy(JavaProcess.JDK.resolve("release"), jdk.resolve("release"));
    Path java = jdk.resolve("bin/java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        for each; do
          case $each in
            -XX:ArchiveClassesAtExit=* | -XX:AOTCacheOutput=*) exec '%1$s' "$each" -jar '%2$s' --help ;;
            -XX:SharedArchiveFile=* | -XX:AOTCache=*) echo used >"${0%%/*}/used" ;;
          esac
        done
        exec '%1$s' "$@"
        """
            .formatted(JavaProcess.JDK.resolve("bin/java"), Repository.agentJar()));
    assertTrue(java.toFile().setExecutable(true));
    Path cache = Files.createDirectory(directory.resolve("cache"));

    answers(jdk, cache);
    List<String> answers = answers(jdk, cache);

    assertTrue(Files.exists(jdk.resolve("bin/used")));
    assertEquals(2, answers.size(), answers.toString());
    assertTrue(
        answers.stream().allMatch(line -> line.startsWith("{\"jsonrpc\":\"2.0\"")),
        answers.toString());
  }

  /** Its stdout, when the launcher has ended, and what it does in the background. */
  private List<String> answers(Path jdk, Path cache) throws IOException, InterruptedException {
    Path requests =
        Files.writeString(
            directory.resolve("requests.txt"),
            """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{}}
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"skill_report"}}
            """);
    Path out = directory.resolve("answers.txt");
    // Each of its processes inherits the third descriptor, which is the pipe that is read here.
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh",
                "-c",
                "\"$0\" mcp --db \"$1\" 3>&1 >\"$2\"",
                Repository.launcher().toString(),
                database.toString(),
                out.toString())
            .redirectInput(requests.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    Process process = builder.start();
    assertEquals(0, process.getInputStream().readAllBytes().length);
    assertEquals(0, process.waitFor());
    return Files.readAllLines(out);
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
