package dev.autoskill.telemetry;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.outcome.SkillDefinition;
import dev.autoskill.telemetry.outcome.UseEndings;
import dev.autoskill.telemetry.recording.Faults;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs blocks of code as uses of skills, as the aspect does with methods. */
final class TrackedBlocks {

  /** Methods, join points and aspects have numbers from 1 on. */
  private static final int BLOCK = 0;

  private final UseEndings endings;
  private final Faults faults;

  TrackedBlocks(UseEndings endings, Faults faults) {
    this.endings = endings;
    this.faults = faults;
  }

  /** Returns or throws what the block does; {@code E} is what the caller knows that it throws. */
  @SuppressWarnings("unchecked")
  <T extends @Nullable Object, E extends Throwable> T run(Skill skill, Callable<T> block) throws E {
    SkillDefinition definition = SkillDefinition.of(skill);
    SkillContext context = null;
    int frame = RunningSkills.SEEN_ALREADY;
    try {
      context = SkillContext.currentOrNull();
      frame = RunningSkills.enter(BLOCK, BLOCK, BLOCK);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
    long startNanos = System.nanoTime();
    T result;
    try {
      result = block.call();
    } catch (Throwable thrown) {
      long endNanos = System.nanoTime();
      endings.threw(definition, context, thrown, leave(frame), startNanos, endNanos);
      throw (E) thrown;
    }
    long endNanos = System.nanoTime();
    endings.returned(definition, context, result, leave(frame), startNanos, endNanos);
    return result;
  }

  /** The mark that was set inside of the block; null if none was. */
  private @Nullable Outcome leave(int frame) {
    try {
      return frame == RunningSkills.SEEN_ALREADY
          ? null
          : UseEndings.markOf(RunningSkills.leave(frame));
    } catch (Throwable fault) {
      faults.swallowed(fault);
      return null;
    }
  }
}
