package dev.autoskill.telemetry.event;

import dev.autoskill.telemetry.annotations.Outcome;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One invocation of a skill, as it is handed to the collector.
 *
 * <p>Immutable, so that threads may share it: each method that takes a value returns a use that has
 * it.
 *
 * <pre>{@code
 * SkillUse.of("code-review").outcome(Outcome.PARTIAL).duration(Duration.ofMillis(12))
 * }</pre>
 *
 * @param skill the skill
 * @param sessionId the session; null: the collector's own, random and new for each process
 * @param agentId the agent; null: the collector's own, which comes from the environment
 * @param outcome how the use ended; {@link Outcome#SUCCESS} unless set
 * @param duration how long it took; null: not measured. Stored in whole milliseconds, rounded down
 */
public record SkillUse(
    Skill skill,
    @Nullable String sessionId,
    @Nullable String agentId,
    Outcome outcome,
    @Nullable Duration duration) {

  /** Checks the components. */
  public SkillUse {
    Objects.requireNonNull(skill, "skill must not be null");
    Objects.requireNonNull(outcome, "outcome must not be null");
    sessionId = Skill.optionalText(sessionId, "session");
    agentId = Skill.optionalText(agentId, "agent");
    if (outcome == Outcome.UNRECOGNISED) {
      throw new IllegalArgumentException("outcome must be one that can be written, not " + outcome);
    }
    if (duration != null && duration.isNegative()) {
      throw new IllegalArgumentException("duration must not be negative: " + duration);
    }
  }

  /**
   * {@return a successful use of a skill whose id is its name}
   *
   * @param name the skill's name; not blank
   */
  public static SkillUse of(String name) {
    return of(Skill.named(name));
  }

  /**
   * {@return a successful use of a skill}
   *
   * @param id the skill's id; not blank
   * @param name the skill's name; not blank
   */
  public static SkillUse of(String id, String name) {
    return of(new Skill(id, name));
  }

  private static SkillUse of(Skill skill) {
    return new SkillUse(skill, null, null, Outcome.SUCCESS, null);
  }

  /**
   * {@return this use within a session}
   *
   * @param sessionId an opaque, random id, never a user's or a machine's; not blank
   */
  public SkillUse session(String sessionId) {
    return new SkillUse(skill, Skill.requireText(sessionId, "session"), agentId, outcome, duration);
  }

  /**
   * {@return this use on behalf of an agent}
   *
   * @param agentId the agent, for example {@code claude-code}; not blank
   */
  public SkillUse agent(String agentId) {
    return new SkillUse(skill, sessionId, Skill.requireText(agentId, "agent"), outcome, duration);
  }

  /**
   * {@return this use with another outcome}
   *
   * @param outcome how the use ended
   */
  public SkillUse outcome(Outcome outcome) {
    return new SkillUse(skill, sessionId, agentId, outcome, duration);
  }

  /**
   * {@return this use with a duration}
   *
   * @param duration how long the use took; not negative
   */
  public SkillUse duration(Duration duration) {
    Objects.requireNonNull(duration, "duration must not be null");
    return new SkillUse(skill, sessionId, agentId, outcome, duration);
  }
}
