package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.listener.UseObservers;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillJoinPoint;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.UseRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Where an instrumentation reports that a skill has returned or thrown. From then on the outcome is
 * known, or mappers have to be asked, or a result has to be waited for. The caller's thread never
 * waits, and no fault gets out. Safe for use by any number of threads.
 */
public final class UseEndings {

  private static final Outcome[] OUTCOMES = Outcome.values();
  private final UseRecorder recorder;
  private final UseObservers observers;
  final Faults faults;
  final Results results;
  final OutcomeThread thread;

  /**
   * Makes them.
   *
   * @param capacity how many uses may wait for a mapper's answer
   * @param recorder records the uses
   * @param observers are told of the uses that begin here
   * @param faults counts what is swallowed
   */
  public UseEndings(int capacity, UseRecorder recorder, UseObservers observers, Faults faults) {
    this.recorder = recorder;
    this.observers = observers;
    this.faults = faults;
    this.results = new Results(faults);
    this.thread = new OutcomeThread(capacity, faults);
  }

  /**
   * {@return the outcome that a skill was marked with from inside; null if it was not}
   *
   * @param mark the mark, as {@link RunningSkills#leave} answers it
   */
  public static @Nullable Outcome markOf(int mark) {
    return mark == RunningSkills.UNMARKED ? null : OUTCOMES[mark];
  }

  /**
   * A use has ended.
   *
   * @param definition its skill
   * @param context the context of the call; null: none
   * @param result the returned object; null also if that is a primitive value or nothing
   * @param thrown the exception that it has thrown; null: it has returned
   * @param mark how it was marked from inside; null if it was not
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it ended, by the same clock
   * @return the object that the skill's caller gets, unless it has thrown: {@code result} or, if it
   *     is of the {@linkplain SkillDefinition#standInType() type}, one that stands in for it
   */
  public @Nullable Object ended(
      SkillDefinition definition,
      @Nullable SkillContext context,
      @Nullable Object result,
      @Nullable Throwable thrown,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      if (thrown != null
          || (result != null
              && (!results.isPlain(result) || definition.mappers().mayJudge(result)))) {
        return new PendingUse(this, definition, 0, recorder, context, mark, startNanos)
            .ended(result, thrown, definition.standInType(), endNanos);
      }
      Outcome outcome = mark == null ? Outcome.SUCCESS : mark;
      recorder.record(
          definition.skill(), definition.agentId(), context, outcome, null, startNanos, endNanos);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
    return result;
  }

  /**
   * {@return a use that begins; null if it is not to be recorded, since another aspect does}
   *
   * @param here its skill
   * @param aspect the number of the aspect
   */
  public @Nullable PendingUse begin(SkillJoinPoint here, int aspect) {
    try {
      int frame = RunningSkills.enter(here.method(), here.number(), aspect);
      return frame == RunningSkills.SEEN_ALREADY ? null : begun(here.definition(), frame);
    } catch (Throwable fault) {
      faults.swallowed(fault);
      return null;
    }
  }

  /**
   * {@return a use that begins}
   *
   * @param definition its skill
   * @param frame its frame, which has been entered
   */
  public PendingUse begun(SkillDefinition definition, int frame) {
    SkillContext context = SkillContext.currentOrNull();
    UseRecorder observing =
        observers.began(definition.skill(), definition.agentId(), context, recorder);
    return new PendingUse(this, definition, frame, observing, context, null, System.nanoTime());
  }

  /**
   * {@return whether it is known in time how all uses ended that returned or threw before}
   *
   * @param deadlineNanos when to stop waiting, by {@link System#nanoTime()}
   */
  public boolean settle(long deadlineNanos) {
    return thread.settle(deadlineNanos);
  }

  /**
   * Waits as {@link #settle} does, and ends the thread. Later uses are judged without mappers.
   *
   * @param deadlineNanos when to stop waiting, by {@link System#nanoTime()}
   */
  public void close(long deadlineNanos) {
    settle(deadlineNanos);
    thread.close();
  }

  /**
   * Lets a recorder see uses end, so that the classes this takes are loaded. A class whose
   * initialisation fails where the stack is nearly exhausted is lost to the whole program.
   *
   * @param traceless a recorder that leaves no trace
   */
  public void rehearse(UseRecorder traceless) {
    results.isPlain(traceless);
    UseEndings endings = new UseEndings(1, traceless, observers, faults);
    SkillDefinition definition = SkillDefinition.of(Skill.named("rehearsal"));
    Outcome mark = markOf(RunningSkills.leave(RunningSkills.enter(0, 0, 0)));
    endings.ended(definition, null, null, null, mark, 0, 0);
    endings.ended(definition, null, Outcome.SUCCESS, null, mark, 0, 0);
    endings.ended(definition, null, null, new StackOverflowError(), mark, 0, 0);
    endings.close(System.nanoTime());
    endings.thread.submit(new PendingUse(endings, definition, 0, traceless, null, mark, 0));
  }
}
