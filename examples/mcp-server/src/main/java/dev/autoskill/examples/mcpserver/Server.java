package dev.autoskill.examples.mcpserver;

import dev.autoskill.telemetry.mcp.TrackedTools;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;

/** The server: it talks with the agent that has started it through stdin and stdout. */
public final class Server {

  private Server() {}

  /**
   * Starts the server.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
        .serverInfo("text-tools", "1.0")
        .capabilities(ServerCapabilities.builder().tools(false).build())
        // All that it takes: each call is recorded, with its outcome, its duration, and the agent.
        .tools(TrackedTools.trackAll(TextTools.all()))
        .build();
  }
}
