package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.event.Skill;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about a skill before it is used.
 *
 * @param skill the skill
 * @param agentId the agent that it always runs for; null: the agent that is current
 * @param rules how its ends become outcomes
 * @param mappers the mappers that are asked first
 * @param publisherType the method's declared return type, if its caller may be given a stand-in for
 *     a returned publisher; null: a publisher counts as returned, since the declared type is no
 *     publisher type, or a type variable, which may be any class
 */
public record SkillDefinition(
    Skill skill,
    @Nullable String agentId,
    OutcomeRules rules,
    Mappers mappers,
    @Nullable Class<?> publisherType) {

  /**
   * A skill of which only the name is known.
   *
   * @param skill the skill
   * @return its definition
   */
  public static SkillDefinition of(Skill skill) {
    return new SkillDefinition(skill, null, OutcomeRules.STANDARD, Mappers.NONE, null);
  }
}
