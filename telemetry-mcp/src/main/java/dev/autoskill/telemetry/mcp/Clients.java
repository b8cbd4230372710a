package dev.autoskill.telemetry.mcp;

import dev.autoskill.telemetry.AgentDetection;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.session.SessionIds;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells for which agent, and in which session, a client calls a tool. */
final class Clients {

  /**
   * The text that clients append to the agent's name: {@code codex-mcp-client}, {@code
   * gemini-cli-mcp-client-<server>}, {@code claude-ai (via mcp-remote 0.1.37)}.
   */
  private static final Pattern ADDITION = Pattern.compile("-(\\(|mcp-client(-|$)).*$");

  private static final Pattern SEPARATOR = Pattern.compile("[\\s-]+");

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
    boolean isNamed = client != null && client.name() != null;
    return new SkillContext(
        mcpSession == null ? null : SessionIds.standingFor(mcpSession),
        isNamed ? agentOf(client.name()) : null);
  }

  /** The id of the agent that a client is; null if its name cannot be one. */
  static @Nullable String agentOf(String clientName) {
    String name = SEPARATOR.matcher(Skill.capped(clientName).strip()).replaceAll("-");
    return AgentDetection.idOf(ADDITION.matcher(name).replaceFirst(""));
  }
}
