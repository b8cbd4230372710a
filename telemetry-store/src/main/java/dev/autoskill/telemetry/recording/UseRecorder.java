package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import org.jspecify.annotations.Nullable;

/** Takes in the uses that instrumentations time. */
public interface UseRecorder {

  /**
   * Records a use that was timed. Never blocks and makes no event yet.
   *
   * @param skill the skill
   * @param agentId the agent; null: that of the context, else the default one
   * @param context what was current when the skill was called; null: nothing
   * @param outcome how the use ended
   * @param thrown the exception that ended it; null: none. Its message is never read
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it ended, by the same clock
   */
  void record(
      Skill skill,
      @Nullable String agentId,
      @Nullable SkillContext context,
      Outcome outcome,
      @Nullable Throwable thrown,
      long startNanos,
      long endNanos);

  /** Counts a use as dropped: there is no room for it, or its end cannot be known. */
  void drop();
}
