package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.listener.ObservedUse;
import dev.autoskill.telemetry.recording.UseRecorder;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A use whose outcome is not known at once: its result is yet to come, or a mapper has to be asked.
 * Until it ends, only its result refers to it, so one that never comes retains nothing.
 */
public final class PendingUse implements ResultObserver.Use {

  private final UseEndings endings;
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
      UseEndings endings,
      SkillDefinition definition,
      int frame,
      UseRecorder recorder,
      @Nullable SkillContext context,
      @Nullable Outcome mark,
      long startNanos) {
    this.endings = endings;
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
      mark = UseEndings.markOf(RunningSkills.leave(frame));
    } catch (Throwable fault) {
      endings.faults.swallowed(fault);
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
      Object answer = result == null ? null : endings.results.observe(result, this);
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
      endings.faults.swallowed(fault);
    }
  }

  @Override
  public void unobserved(Throwable fault) {
    endings.faults.swallowed(fault);
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
    Object told = value == null ? null : endings.results.told(value);
    error = told instanceof Throwable carried ? carried : thrown;
    ending = error == null ? value : error;
    otherwise = definition.outcome(error, told, mark);
    if (ending == null || !definition.mappers().mayJudge(ending)) {
      record(otherwise);
    } else if (!endings.thread.submit(this)) {
      recorder.drop();
    }
  }

  /** Asks the mappers, on their thread. */
  void ask() {
    Outcome outcome = definition.mappers().ask(ending, endings.faults);
    record(outcome == null ? otherwise : outcome);
  }

  /** No mapper is asked, or the one that was asked is late. */
  void abandon(boolean isLate) {
    if (isLate) {
      definition.mappers().giveUpAsked();
      endings.faults.swallowed(new TimeoutException("a mapper takes too long"));
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
