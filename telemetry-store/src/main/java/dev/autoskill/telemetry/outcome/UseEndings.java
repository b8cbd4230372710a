package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
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
  private final Faults faults;
  private final Results results;
  private final OutcomeThread thread;

  /**
   * Makes them.
   *
   * @param capacity how many uses may wait for a mapper's answer
   * @param recorder records the uses
   * @param faults counts what is swallowed
   */
  public UseEndings(int capacity, UseRecorder recorder, Faults faults) {
    this.recorder = recorder;
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
   * A use has returned.
   *
   * @param definition its skill
   * @param context the context of the call; null: none
   * @param result the returned object; null also if that is a primitive value or nothing
   * @param mark how it was marked from inside; null if it was not
   * @param startNanos when it started, by {@link System#nanoTime()}
   * @param endNanos when it returned, by the same clock
   * @return the object that the skill's caller gets: {@code result} or, if it is of the {@linkplain
   *     SkillDefinition#standInType() type}, one that stands in for it
   */
  public @Nullable Object returned(
      SkillDefinition definition,
      @Nullable SkillContext context,
      @Nullable Object result,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      if (result != null && (!results.isPlain(result) || definition.mappers().mayJudge(result))) {
        return new PendingUse(definition, context, mark, startNanos)
            .returned(result, definition.standInType(), endNanos);
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
   * A use has thrown.
   *
   * @param definition its skill
   * @param context the context of the call; null: none
   * @param thrown the exception
   * @param mark how it was marked from inside; null if it was not
   * @param startNanos when it started
   * @param endNanos when it threw
   */
  public void threw(
      SkillDefinition definition,
      @Nullable SkillContext context,
      Throwable thrown,
      @Nullable Outcome mark,
      long startNanos,
      long endNanos) {
    try {
      new PendingUse(definition, context, mark, startNanos).end(null, thrown, endNanos);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  /**
   * A use begins, of an instrumentation that keeps an object for it.
   *
   * @param definition its skill
   * @param method the number of its method
   * @param joinPoint the number of the join point
   * @param aspect the number of the aspect
   * @return the use; null if it is not to be recorded, since another aspect does
   */
  public @Nullable PendingUse begin(
      SkillDefinition definition, int method, int joinPoint, int aspect) {
    try {
      SkillContext context = SkillContext.currentOrNull();
      int frame = RunningSkills.enter(method, joinPoint, aspect);
      if (frame != RunningSkills.SEEN_ALREADY) {
        PendingUse use = new PendingUse(definition, context, null, System.nanoTime());
        use.frame = frame;
        return use;
      }
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
    return null;
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
    UseEndings endings = new UseEndings(1, traceless, faults);
    SkillDefinition definition = SkillDefinition.of(Skill.named("rehearsal"));
    Outcome mark = markOf(RunningSkills.leave(RunningSkills.enter(0, 0, 0)));
    endings.returned(definition, null, null, mark, 0, 0);
    endings.returned(definition, null, Outcome.SUCCESS, mark, 0, 0);
    endings.threw(definition, null, new StackOverflowError(), mark, 0, 0);
    endings.close(Duration.ZERO);
    endings.thread.submit(endings.new PendingUse(definition, null, mark, 0));
  }

  /**
   * A use whose outcome is not known at once: its result is yet to come, or a mapper has to be
   * asked. Until it ends, only its result refers to it, so one that never comes retains nothing.
   */
  public final class PendingUse implements ResultObserver.Use {

    private final SkillDefinition definition;
    private final @Nullable SkillContext context;
    private int frame;

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
        @Nullable SkillContext context,
        @Nullable Outcome mark,
        long startNanos) {
      this.definition = definition;
      this.context = context;
      this.mark = mark;
      this.startNanos = startNanos;
    }

    /** The thread on which the use began leaves it, whether or not it has ended. */
    public void leave() {
      try {
        mark = markOf(RunningSkills.leave(frame));
      } catch (Throwable fault) {
        faults.swallowed(fault);
      }
    }

    /**
     * The use has returned.
     *
     * @param result the returned object; null also if that is nothing
     * @param type what its caller may expect, if that may be another object; null: it may not
     * @param nanos when it has
     * @return what its caller gets
     */
    public @Nullable Object returned(@Nullable Object result, @Nullable Class<?> type, long nanos) {
      try {
        Object observed = result == null ? null : results.observe(result, this);
        if (observed == result ? observed != null : type != null && type.isInstance(observed)) {
          return observed;
        }
        end(result, null, nanos);
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
      Outcome marked = mark;
      if (error != null) {
        otherwise = definition.whenThrown(error, marked);
      } else if (told instanceof Outcome own && own != Outcome.UNRECOGNISED) {
        otherwise = own;
      } else if (marked != null) {
        otherwise = marked;
      }
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
      if (isRecorded.getAndSet(true)) {
        return;
      }
      recorder.record(
          definition.skill(), definition.agentId(), context, outcome, error, startNanos, endNanos);
    }
  }
}
