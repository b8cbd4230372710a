package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The results of MCP tools, which say whether the tool has failed. */
final class McpObserver implements ResultObserver {

  @Override
  public Set<String> types() {
    return Set.of("io.modelcontextprotocol.spec.McpSchema$CallToolResult");
  }

  @Override
  public @Nullable Object told(Object result, Class<?> type) throws Throwable {
    boolean isError = Boolean.TRUE.equals(type.getMethod("isError").invoke(result));
    return isError ? Outcome.FAILURE : null;
  }
}
