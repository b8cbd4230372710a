package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A finished use on its way from the caller's thread to the writer's.
 *
 * <p>With its node in the queue it takes up 64 bytes; a duration of 64 bits would make that 72.
 *
 * @param skill the skill
 * @param agentId the agent; null: the context's
 * @param context the context of the call; null: none
 * @param outcome the outcome
 * @param durationMs the duration in milliseconds, at most 24 days
 * @param endNanos the end, by {@link System#nanoTime()}
 */
record QueuedUse(
    Skill skill,
    @Nullable String agentId,
    @Nullable SkillContext context,
    Outcome outcome,
    int durationMs,
    long endNanos) {

  private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** A use that was timed. */
  static QueuedUse timed(
      Skill skill,
      @Nullable String agentId,
      @Nullable SkillContext context,
      Outcome outcome,
      long startNanos,
      long endNanos) {
    long durationMs = (endNanos - startNanos) / NANOS_PER_MILLI;
    int shown = (int) Math.min(durationMs, Integer.MAX_VALUE);
    return new QueuedUse(skill, agentId, context, outcome, shown, endNanos);
  }
}
