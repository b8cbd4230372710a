package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.event.Skill;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about a skill before it is used.
 *
 * @param skill the skill
 * @param agentId the agent that it always runs for; null: the one that is current
 * @param rules how its ends become outcomes
 * @param mappers who is asked first
 */
public record SkillDefinition(
    Skill skill, @Nullable String agentId, OutcomeRules rules, Mappers mappers) {

  /**
   * A skill of which nothing is said but its name.
   *
   * @param skill the skill
   * @return its definition
   */
  public static SkillDefinition of(Skill skill) {
    return new SkillDefinition(skill, null, OutcomeRules.STANDARD, Mappers.NONE);
  }
}
