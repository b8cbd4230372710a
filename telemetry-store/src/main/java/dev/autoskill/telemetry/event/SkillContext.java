package dev.autoskill.telemetry.event;

/**
 * On whose behalf skills run: the session that groups their events, and the agent.
 *
 * @param sessionId an opaque, random id; never a user's or a machine's; not blank
 * @param agentId the coding agent, for example {@code claude-code}; {@link #UNKNOWN_AGENT} when not
 *     known; not blank
 */
public record SkillContext(String sessionId, String agentId) {

  /** The agent id of events whose agent is not known. */
  public static final String UNKNOWN_AGENT = "unknown";

  /**
   * Checks both components.
   *
   * @throws NullPointerException if one is null
   * @throws IllegalArgumentException if one is blank
   */
  public SkillContext {
    Skill.requireText(sessionId, "sessionId");
    Skill.requireText(agentId, "agentId");
  }

  /**
   * The same session with another agent.
   *
   * @param agentId the agent; not blank
   * @return the context
   * @throws NullPointerException if {@code agentId} is null
   * @throws IllegalArgumentException if {@code agentId} is blank
   */
  public SkillContext withAgent(String agentId) {
    return new SkillContext(sessionId, agentId);
  }
}
