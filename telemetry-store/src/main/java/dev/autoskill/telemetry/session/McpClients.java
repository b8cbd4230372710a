package dev.autoskill.telemetry.session;

import dev.autoskill.telemetry.AgentDetection;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells for which agent, and in which session, an MCP client calls a tool. */
public final class McpClients {

  /**
   * The text that clients append to the agent's name: {@code codex-mcp-client}, {@code
   * gemini-cli-mcp-client-<server>}, {@code claude-ai (via mcp-remote 0.1.37)}.
   */
  private static final Pattern ADDITION = Pattern.compile("-(\\(|mcp-client(-|$)).*$");

  private static final Pattern SEPARATOR = Pattern.compile("[\\s-]+");

  private McpClients() {}

  /**
   * {@return the context in which a client's calls are recorded}
   *
   * @param name how the client calls itself; null: it does not
   * @param session the id of the MCP session, for which another one stands; null: there is none
   */
  public static SkillContext context(@Nullable String name, @Nullable String session) {
    return new SkillContext(
        session == null ? null : SessionIds.standingFor(session),
        name == null ? null : agentOf(name));
  }

  /** The id of the agent that a client is; null if its name cannot be one. */
  static @Nullable String agentOf(String clientName) {
    String name = SEPARATOR.matcher(Skill.capped(clientName).strip()).replaceAll("-");
    return AgentDetection.idOf(ADDITION.matcher(name).replaceFirst(""));
  }
}
