package com.acme.server;

import dev.autoskill.telemetry.annotations.TrackedSkill;
import dev.autoskill.telemetry.mcp.TrackedTools;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Calls the tools of a server, some of which are woven, as the SDK does for a client. */
public final class ServerProgram {

  private static final CallToolRequest REQUEST = CallToolRequest.builder("tool").build();

  private ServerProgram() {}

  public static void main(String[] arguments) {
    ServerProgram tools = new ServerProgram();
    SyncToolSpecification sync =
        SyncToolSpecification.builder()
            .tool(tool("tool-sync"))
            .callHandler((client, request) -> tools.woven(false))
            .build();
    SyncToolSpecification failing =
        SyncToolSpecification.builder()
            .tool(tool("tool-failing"))
            .callHandler((client, request) -> tools.woven(true))
            .build();
    AsyncToolSpecification async =
        AsyncToolSpecification.builder()
            .tool(tool("tool-async"))
            .callHandler((client, request) -> Mono.fromSupplier(() -> tools.woven(false)))
            .build();
    for (SyncToolSpecification each : TrackedTools.attributeAll(List.of(sync, failing))) {
      call(each);
    }
    TrackedTools.attribute(async).callHandler().apply(client(), REQUEST).block();
    call(TrackedTools.track(sync));
    tools.ofClient(new McpSyncServerExchange(client()), REQUEST);
    tools.ofAsyncClient(client(), REQUEST).block();
  }

  private static void call(SyncToolSpecification tool) {
    try {
      tool.callHandler().apply(new McpSyncServerExchange(client()), REQUEST);
    } catch (IllegalStateException e) {
      System.out.println(tool.tool().name() + " has thrown");
    }
  }

  @TrackedSkill("woven")
  CallToolResult woven(boolean isFailing) {
    if (isFailing) {
      throw new IllegalStateException();
    }
    return CallToolResult.builder().addTextContent("a text").build();
  }

  @TrackedSkill("of-client")
  CallToolResult ofClient(McpSyncServerExchange client, CallToolRequest request) {
    return woven(false);
  }

  @TrackedSkill("of-async-client")
  Mono<CallToolResult> ofAsyncClient(McpAsyncServerExchange client, CallToolRequest request) {
    return Mono.just(CallToolResult.builder().addTextContent("a text").build());
  }

  private static Tool tool(String name) {
    return Tool.builder(name, Map.of("type", "object")).build();
  }

  private static McpAsyncServerExchange client() {
    return new McpAsyncServerExchange(
        "s-1",
        null,
        ClientCapabilities.builder().build(),
        Implementation.builder("cursor-vscode", "1").build(),
        McpTransportContext.EMPTY);
  }
}
