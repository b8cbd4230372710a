package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.Recorder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where an instrumentation reports that a skill has returned or thrown. From then on the outcome is
 * known, or mappers have to be asked, or a result has to be waited for. The caller's thread never
 * waits, and no fault gets out. Safe for use by any number of threads.
 */
public final class UseEndings {

  final Recorder recorder;
  final Faults faults;
  final OutcomeThread thread;

  /**
   * Makes them.
   *
   * @param capacity how many uses may wait for a mapper's answer
   * @param recorder records the uses
   * @param faults counts what is swallowed
   */
  public UseEndings(int capacity, Recorder recorder, Faults faults) {
    this.recorder = recorder;
    this.faults = faults;
    this.thread = new OutcomeThread(capacity, faults);
  }

  /**
   * A use has returned.
   *
   * @param definition its skill
   * @param context the context of the call; null: none
   * @param result what it returned; null also if that is a primitive value or nothing
   * @param mark how it was marked from inside; null if it was not
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it returned, by the same clock
   * @return what the skill's caller shall get: {@code result} or, if it is of the {@linkplain
   *     SkillDefinition#publisherType() type}, a stand-in whose first subscription ends the use
   */
  public @Nullable Object returned(
      SkillDefinition definition,
      @Nullable SkillContext context,
      @Nullable Object result,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      if (result != null
          && (!ResultKind.of(result).isEmpty() || definition.mappers().mayJudge(result))) {
        return new PendingUse(this, definition, context, mark, startNanos)
            .returned(result, endNanos);
      }
      Outcome outcome = mark == null ? Outcome.SUCCESS : mark;
      recorder.record(
          definition.skill(), definition.agentId(), context, outcome, startNanos, endNanos);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
    return result;
  }

  /**
   * A use has thrown.
   *
   * @param definition its skill
   * @param context the context of the call; null: none
   * @param thrown what it threw
   * @param mark how it was marked from inside; null if it was not
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it threw, by the same clock
   */
  public void threw(
      SkillDefinition definition,
      @Nullable SkillContext context,
      Throwable thrown,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      new PendingUse(this, definition, context, mark, startNanos).end(null, thrown, endNanos);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  /**
   * Waits until it is known how all uses ended that returned or threw before.
   *
   * @param timeout how long to wait at most
   * @return whether it is
   */
  public boolean settle(Duration timeout) {
    return thread.settle(TimeUnit.NANOSECONDS.convert(timeout));
  }

  /**
   * Waits as {@link #settle} does, and ends the thread. Later uses are judged without mappers.
   *
   * @param timeout how long to wait at most
   */
  public void close(Duration timeout) {
    settle(timeout);
    thread.close();
  }

  /**
   * Lets a recorder see uses end, so that the classes this takes are loaded. A class whose
   * initialisation fails where the stack is nearly exhausted is lost to the whole program.
   *
   * @param traceless keeps nothing of it
   */
  public void rehearse(Recorder traceless) {
    UseEndings endings = new UseEndings(1, traceless, faults);
    SkillDefinition definition = SkillDefinition.of(Skill.named("rehearsal"));
    Outcome mark = Marks.of(RunningSkills.leave(RunningSkills.enter(0, 0, 0)));
    endings.returned(definition, null, null, mark, 0, 0);
    endings.returned(definition, null, Outcome.SUCCESS, mark, 0, 0);
    endings.threw(definition, null, new StackOverflowError(), mark, 0, 0);
    endings.close(Duration.ZERO);
    endings.thread.submit(new PendingUse(endings, definition, null, mark, 0));
  }
}
