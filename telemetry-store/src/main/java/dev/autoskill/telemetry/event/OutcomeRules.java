package dev.autoskill.telemetry.event;

import dev.autoskill.telemetry.annotations.Outcome;

/**
 * How the end of a skill use becomes its outcome, for woven methods and for blocks alike.
 *
 * <p>Internal: nothing here is promised to stay.
 */
public final class OutcomeRules {

  private OutcomeRules() {}

  /**
   * The outcome of a use that returned.
   *
   * @return {@link Outcome#SUCCESS}
   */
  public static Outcome whenReturned() {
    return Outcome.SUCCESS;
  }

  /**
   * The outcome of a use that threw anything.
   *
   * @return {@link Outcome#FAILURE}
   */
  public static Outcome whenThrown() {
    return Outcome.FAILURE;
  }
}
