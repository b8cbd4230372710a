package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of an MCP server, called by the SDK's own client. */
class McpServerExampleTest {

  @TempDir Path directory;

  private final List<String> err = new CopyOnWriteArrayList<>();
  private TextToolsServer example;

  @BeforeEach
  void findExample() {
    example = new TextToolsServer(directory);
  }

  @Test
  void eachCallOfAToolIsAUseByTheClientThatCalls() throws IOException {
    Path file = Files.writeString(directory.resolve("notes.md"), "# One\ntext\n## Two\n");
    Path missing = directory.resolve("missing.md");
    try (McpSyncClient client =
        SdkClient.of(
            "codex-mcp-client",
            TextToolsServer.JAVA,
            TextToolsServer.ARGUMENTS,
            example.environment(),
            err::add)) {
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
    example.assertUses(
        "count-lines failure codex",
        "count-lines success codex",
        "list-headings failure codex",
        "list-headings success codex",
        "count-words success codex");
  }

  @Test
  void stdoutCarriesProtocolOnly() throws IOException, InterruptedException {
    Process server =
        JavaProcess.builder(
                JavaProcess.JDK, directory, example.environment(), TextToolsServer.ARGUMENTS)
            .start();
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
    example.assertUses("count-words success probe");
  }

  private static String call(McpSyncClient client, String tool, String argument, String value) {
    CallToolResult result = SdkClient.call(client, tool, Map.of(argument, value));
    return SdkClient.text(result) + " " + result.isError();
  }
}
