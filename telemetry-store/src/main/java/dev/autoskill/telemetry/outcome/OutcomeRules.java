package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * How the end of a use becomes its outcome, where no mapper and no result of its own says so.
 *
 * <p>Immutable, so that threads may share it.
 */
public final class OutcomeRules {

  /** The rules of a skill that lists no exceptions. */
  public static final OutcomeRules STANDARD = new OutcomeRules(List.of(), List.of());

  private static final Class<?>[] STOPPED = {
    InterruptedException.class, CancellationException.class
  };

  private final Class<?>[] skippedOn;
  private final Class<?>[] partialOn;

  /**
   * Makes rules.
   *
   * @param skippedOn exceptions that mean {@link Outcome#SKIPPED}; they win
   * @param partialOn exceptions that mean {@link Outcome#PARTIAL}
   */
  public OutcomeRules(
      List<Class<? extends Throwable>> skippedOn, List<Class<? extends Throwable>> partialOn) {
    this.skippedOn = skippedOn.toArray(new Class<?>[0]);
    this.partialOn = partialOn.toArray(new Class<?>[0]);
  }

  /**
   * The outcome of a use that returned.
   *
   * @param mark how the skill was marked from inside; null if it was not
   * @return the outcome
   */
  static Outcome whenReturned(@Nullable Outcome mark) {
    return mark == null ? Outcome.SUCCESS : mark;
  }

  /**
   * The outcome of a use that threw.
   *
   * @param thrown what it threw, as {@link Wrapped#of} has it
   * @param mark how the skill was marked from inside; null if it was not
   * @return the outcome
   */
  Outcome whenThrown(Object thrown, @Nullable Outcome mark) {
    if (isOneOf(skippedOn, thrown)) {
      return Outcome.SKIPPED;
    }
    if (isOneOf(partialOn, thrown)) {
      return Outcome.PARTIAL;
    }
    if (mark != null) {
      return mark;
    }
    // Somebody else wanted it to stop. That says nothing about the skill.
    return isOneOf(STOPPED, thrown) ? Outcome.SKIPPED : Outcome.FAILURE;
  }

  private static boolean isOneOf(Class<?>[] types, Object thrown) {
    for (Class<?> type : types) {
      if (Wrapped.find(type, thrown) != null) {
        return true;
      }
    }
    return false;
  }
}
