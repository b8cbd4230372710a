package com.acme.tools;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springaicommunity.mcp.annotation.McpTool;
import org.springaicommunity.mcp.annotation.McpToolListChanged;
import reactor.core.publisher.Mono;

/** Tools of an MCP server, which say by their results whether they failed. */
public final class McpTools {

  @McpTool
  public CallToolResult answers(Boolean isError) {
    return result(isError);
  }

  @McpTool(name = "mcp-mono")
  public Mono<CallToolResult> answersByMono(Boolean isError) {
    return Mono.fromSupplier(() -> result(isError));
  }

  @McpTool(name = "mcp-future")
  public CompletableFuture<CallToolResult> answersByFuture(Boolean isError) {
    return CompletableFuture.completedFuture(result(isError));
  }

  @org.springframework.ai.mcp.annotation.McpTool(name = "mcp-of-spring")
  public CallToolResult answersToSpring(Boolean isError) {
    return result(isError);
  }

  /** Called when a server's tools have changed: no tool. */
  @McpToolListChanged(clients = "a-client")
  public void toolsHaveChanged() {}

  private static CallToolResult result(Boolean isError) {
    return new CallToolResult(List.of(TextContent.builder("a text").build()), isError, null, null);
  }
}
