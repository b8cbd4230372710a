package dev.autoskill.telemetry.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Map;
import java.util.function.BiFunction;
import reactor.core.publisher.Mono;

/** Tools, clients and answers. */
final class Tools {

  static final CallToolResult ANSWER = CallToolResult.builder().addTextContent("a text").build();

  static final CallToolResult ERROR =
      CallToolResult.builder().addTextContent("no such thing").isError(true).build();

  static final CallToolRequest REQUEST = CallToolRequest.builder("search").build();

  private Tools() {}

  static Tool named(String name) {
    return Tool.builder(name, Map.of("type", "object")).description(name).build();
  }

  static McpServerFeatures.SyncToolSpecification sync(
      String name, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> handler) {
    return McpServerFeatures.SyncToolSpecification.builder()
        .tool(named(name))
        .callHandler(handler)
        .build();
  }

  static McpServerFeatures.AsyncToolSpecification async(
      String name,
      BiFunction<McpAsyncServerExchange, CallToolRequest, Mono<CallToolResult>> handler) {
    return McpServerFeatures.AsyncToolSpecification.builder()
        .tool(named(name))
        .callHandler(handler)
        .build();
  }

  /** The object that the SDK hands to a handler which this client calls. */
  static McpAsyncServerExchange client(String name, String session) {
    return new McpAsyncServerExchange(
        session,
        null,
        ClientCapabilities.builder().build(),
        Implementation.builder(name, "1").build(),
        McpTransportContext.EMPTY);
  }

  static McpSyncServerExchange syncClient(String name, String session) {
    return new McpSyncServerExchange(client(name, session));
  }

  /** Takes a time that can be measured. */
  static CallToolResult answerAfter(long millis) {
    long startNanos = System.nanoTime();
    while (System.nanoTime() - startNanos < millis * 1_000_000) {
      Thread.onSpinWait();
    }
    return ANSWER;
  }
}
