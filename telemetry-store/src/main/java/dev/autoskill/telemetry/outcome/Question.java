package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.Recorder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A use that has ended, and the question to its mappers how. It is recorded once, be it by the
 * answer or by giving up.
 */
final class Question {

  private final SkillDefinition definition;
  private final @Nullable SkillContext context;
  private final Object ending;
  private final Outcome otherwise;
  private final long startNanos;
  private final long endNanos;

  /** Which one it is of those that are asked. Set before others see it. */
  long number;

  /** Whether nobody has to wait for it any more. */
  volatile boolean isOver;

  private final AtomicBoolean isTaken = new AtomicBoolean();
  private final AtomicBoolean isRecorded = new AtomicBoolean();
  private volatile @Nullable AskedMapper asked;

  /**
   * Makes a question.
   *
   * @param ending what the use returned or threw; if it threw, as {@link Wrapped#of} has it
   * @param otherwise the outcome if no mapper says one
   */
  Question(
      SkillDefinition definition,
      @Nullable SkillContext context,
      Object ending,
      Outcome otherwise,
      long startNanos,
      long endNanos) {
    this.definition = definition;
    this.context = context;
    this.ending = ending;
    this.otherwise = otherwise;
    this.startNanos = startNanos;
    this.endNanos = endNanos;
  }

  /** Whether it is for the caller to ask it, since nobody else does. */
  boolean isTakenNow() {
    return isTaken.compareAndSet(false, true);
  }

  /**
   * Asks the mappers, one after the other, until one says something; then records, unless meanwhile
   * it was given up.
   */
  void ask(Recorder recorder, Faults faults) {
    AskedMapper named = definition.mappers().named();
    Outcome outcome = named == null ? null : answer(named, faults);
    if (outcome == null) {
      outcome = answerOfRegistered(faults);
    }
    isRecordedNow(recorder, outcome == null ? otherwise : outcome);
  }

  /**
   * Records without an answer, and asks the mapper that owes it no more.
   *
   * @return whether it did; false if meanwhile it was answered
   */
  boolean giveUp(Recorder recorder) {
    AskedMapper owing = asked;
    if (owing != null) {
      owing.giveUp();
    }
    return isRecordedNow(recorder, otherwise);
  }

  private @Nullable Outcome answerOfRegistered(Faults faults) {
    try {
      for (AskedMapper mapper : definition.mappers().registered()) {
        Outcome outcome = answer(mapper, faults);
        if (outcome != null) {
          return outcome;
        }
      }
    } catch (Throwable fault) {
      // Their list cannot be read.
      faults.swallowed(fault);
    }
    return null;
  }

  private @Nullable Outcome answer(AskedMapper mapper, Faults faults) {
    asked = mapper;
    try {
      return mapper.ask(ending);
    } catch (Throwable fault) {
      faults.swallowed(fault);
      return null;
    } finally {
      asked = null;
    }
  }

  private boolean isRecordedNow(Recorder recorder, Outcome outcome) {
    if (!isRecorded.compareAndSet(false, true)) {
      return false;
    }
    try {
      recorder.record(
          null, definition.skill(), definition.agentId(), context, outcome, startNanos, endNanos);
    } finally {
      isOver = true;
    }
    return true;
  }
}
