package dev.autoskill.telemetry.integration;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The client of the MCP SDK for Java, which starts a server and talks with it as an agent does. */
final class SdkClient {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private SdkClient() {}

  /**
   * Starts a server and connects to it.
   *
   * @param name what the client calls itself
   * @param command the server's program, to be found by the system
   * @param environment what is added to the environment of the tests
   * @param err gets the lines that the server writes to stderr
   */
  static McpSyncClient of(
      String name,
      String command,
      List<String> arguments,
      Map<String, String> environment,
      Consumer<String> err) {
    StdioClientTransport transport =
        new StdioClientTransport(
            ServerParameters.builder(command).args(arguments).env(environment).build(),
            McpJsonDefaults.getMapper());
    transport.setStdErrorHandler(err);
    McpSyncClient client =
        McpClient.sync(transport)
            .clientInfo(Implementation.builder(name, "1.0").build())
            .requestTimeout(PATIENCE)
            .initializationTimeout(PATIENCE)
            .build();
    client.initialize();
    return client;
  }

  static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    return client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }

  static String text(CallToolResult result) {
    return ((TextContent) result.content().get(0)).text();
  }
}
