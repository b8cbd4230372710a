package dev.autoskill.telemetry.annotations;

/**
 * A result that says itself how the use that returned it ended.
 *
 * <pre>{@code
 * record Review(List<Finding> findings, boolean complete) implements OutcomeSource {
 *   public Outcome outcome() {
 *     return complete ? Outcome.SUCCESS : Outcome.PARTIAL;
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface OutcomeSource {

  /**
   * How the use ended. Called on the thread that the use ended on, so it should be as quick as a
   * getter; what it throws is swallowed.
   *
   * @return the outcome; null or {@link Outcome#UNRECOGNISED}: this result does not say
   */
  Outcome outcome();
}
