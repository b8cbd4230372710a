package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.listener.ObservedUse;
import dev.autoskill.telemetry.listener.UseObservers;
import dev.autoskill.telemetry.outcome.SkillDefinition.SkillJoinPoint;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.UseRecorder;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Faults faults;
  private final Results results;
  private final OutcomeThread thread;

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
        return new PendingUse(definition, 0, recorder, context, mark, startNanos)
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
    return new PendingUse(definition, frame, observing, context, null, System.nanoTime());
  }

  /**
   * {@return whether it is known in time how all uses ended that returned or threw before}
   *
   * @param timeout how long to wait at most
   */
  public boolean settle(Duration timeout) {
    return thread.settle(timeout);
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
    endings.close(Duration.ZERO);
    endings.thread.submit(endings.new PendingUse(definition, 0, traceless, null, mark, 0));
  }

  /**
   * A use whose outcome is not known at once: its result is yet to come, or a mapper has to be
   * asked. Until it ends, only its result refers to it, so one that never comes retains nothing.
   */
  public final class PendingUse implements ResultObserver.Use {

    private final SkillDefinition definition;
    private final int frame;

    /** Tells the observers, if there are any. */
    private final UseRecorder recorder;

    private final @Nullable SkillContext context;

    /** A use may end in another thread before the first one has left it. */
    private volatile @Nullable Outcome mark;

    private final long startNanos;
    private final AtomicBoolean isEnded = new AtomicBoolean();
    private final AtomicBoolean isRecorded = new AtomicBoolean();
    private @Nullable Object ending;
    private @Nullable Throwable error;
    private Outcome otherwise = Outcome.SUCCESS;
    private long endNanos;

    PendingUse(
        SkillDefinition definition,
        int frame,
        UseRecorder recorder,
        @Nullable SkillContext context,
        @Nullable Outcome mark,
        long startNanos) {
      this.definition = definition;
      this.frame = frame;
      this.recorder = recorder;
      this.context = context;
      this.mark = mark;
      this.startNanos = startNanos;
    }

    /** The thread on which the use began leaves it, whether or not it has ended. */
    public void leave() {
      try {
        if (recorder instanceof ObservedUse observed) {
          observed.left();
        }
        mark = markOf(RunningSkills.leave(frame));
      } catch (Throwable fault) {
        faults.swallowed(fault);
      }
    }

    /**
     * The use has returned or thrown.
     *
     * @param result the returned object; null also if that is nothing
     * @param thrown the exception; null: it has returned
     * @param type what its caller may expect, if that may be another object; null: it may not
     * @param nanos when it has
     * @return what its caller gets, unless it has thrown
     */
    public @Nullable Object ended(
        @Nullable Object result, @Nullable Throwable thrown, @Nullable Class<?> type, long nanos) {
      try {
        Object answer = result == null ? null : results.observe(result, this);
        if (answer == result ? answer != null : type != null && type.isInstance(answer)) {
          return answer;
        }
        end(result, thrown, nanos);
      } catch (Throwable fault) {
        unobserved(fault);
      }
      return result;
    }

    @Override
    public void accept(@Nullable Object value, @Nullable Throwable thrown) {
      try {
        end(value, thrown, System.nanoTime());
      } catch (Throwable fault) {
        faults.swallowed(fault);
      }
    }

    @Override
    public void unobserved(Throwable fault) {
      faults.swallowed(fault);
      accept(null, null);
    }

    @Override
    public void drop() {
      if (!isEnded.getAndSet(true)) {
        recorder.drop();
      }
    }

    private void end(@Nullable Object value, @Nullable Throwable thrown, long nanos) {
      if (isEnded.getAndSet(true)) {
        return;
      }
      endNanos = nanos;
      Object told = value == null ? null : results.told(value);
      error = told instanceof Throwable carried ? carried : thrown;
      ending = error == null ? value : error;
      otherwise = definition.outcome(error, told, mark);
      if (ending == null || !definition.mappers().mayJudge(ending)) {
        record(otherwise);
      } else if (!thread.submit(this)) {
        recorder.drop();
      }
    }

    /** Asks the mappers, on their thread. */
    void ask() {
      Outcome outcome = definition.mappers().ask(ending, faults);
      record(outcome == null ? otherwise : outcome);
    }

    /** No mapper is asked, or the one that was asked is late. */
    void abandon(boolean isLate) {
      if (isLate) {
        definition.mappers().giveUpAsked();
        faults.swallowed(new TimeoutException("a mapper takes too long"));
      }
      record(otherwise);
    }

    private void record(Outcome outcome) {
      if (!isRecorded.getAndSet(true)) {
        Skill skill = definition.skill();
        String agent = definition.agentId();
        recorder.record(skill, agent, context, outcome, error, startNanos, endNanos);
      }
    }
  }
}
