package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.writer.Faults;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of code that are run as uses of skills, as the aspect does with methods.
 *
 * <p>Safe for use by any number of threads.
 */
public final class TrackedBlocks {

  /** Methods have numbers from 1 on, and so have aspects. */
  private static final int BLOCK = 0;

  private final UseEndings endings;
  private final Faults faults;

  /**
   * Makes it.
   *
   * @param endings is told how the blocks end
   * @param faults counts what is swallowed
   */
  public TrackedBlocks(UseEndings endings, Faults faults) {
    this.endings = endings;
    this.faults = faults;
  }

  /**
   * Runs a block.
   *
   * @param <T> what it returns
   * @param skill the skill that it is
   * @param block the block
   * @return what it returns
   * @throws Exception what it throws
   */
  public <T> T call(Skill skill, Callable<T> block) throws Exception {
    return track(skill, block::call);
  }

  /**
   * Runs a block that returns nothing.
   *
   * @param skill the skill that it is
   * @param block the block
   */
  public void run(Skill skill, Runnable block) {
    track(
        skill,
        () -> {
          block.run();
          return null;
        });
  }

  private <T extends @Nullable Object, E extends Exception> T track(Skill skill, Block<T, E> block)
      throws E {
    SkillDefinition definition = SkillDefinition.of(skill);
    long startNanos = System.nanoTime();
    SkillContext context = enter(startNanos);
    T result;
    try {
      result = block.run();
    } catch (Throwable thrown) {
      long endNanos = System.nanoTime();
      endings.threw(null, definition, context, thrown, leave(), startNanos, endNanos);
      throw thrown;
    }
    long endNanos = System.nanoTime();
    endings.returned(null, definition, context, result, leave(), startNanos, endNanos);
    return result;
  }

  /** The context in which the block is called. */
  @Nullable SkillContext enter(long startNanos) {
    SkillContext context = null;
    try {
      context = SkillContext.currentOrNull();
      RunningSkills.ofThread().enter(BLOCK, BLOCK, startNanos);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
    return context;
  }

  /** The mark that was set inside of the block, if any. */
  @Nullable Outcome leave() {
    try {
      RunningSkills running = RunningSkills.ofThread();
      int frame = running.find(BLOCK, BLOCK);
      Outcome mark = Marks.of(running, frame);
      running.leave(frame);
      return mark;
    } catch (Throwable fault) {
      faults.swallowed(fault);
      return null;
    }
  }

  private interface Block<T extends @Nullable Object, E extends Exception> {

    T run() throws E;
  }
}
