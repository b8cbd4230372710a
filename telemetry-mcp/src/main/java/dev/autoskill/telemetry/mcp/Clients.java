package dev.autoskill.telemetry.mcp;

import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.session.McpClients;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import org.jspecify.annotations.Nullable;

/** Tells for which agent, and in which session, a client calls a tool. */
final class Clients {

  private Clients() {}

  static SkillContext of(McpSyncServerExchange exchange) {
    return context(exchange.getClientInfo(), exchange.sessionId());
  }

  static SkillContext of(McpAsyncServerExchange exchange) {
    return context(exchange.getClientInfo(), exchange.sessionId());
  }

  /** A request to a server without sessions names no client. */
  static SkillContext ofStateless(McpTransportContext request) {
    return SkillContext.current();
  }

  private static SkillContext context(
      @Nullable Implementation client, @Nullable String mcpSession) {
    return McpClients.context(client == null ? null : client.name(), mcpSession);
  }
}
