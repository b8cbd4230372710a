package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import org.jspecify.annotations.Nullable;

/**
 * Is told on the caller's thread when a use of a skill begins and when its body is left, for
 * example to make a span current in between. Uses of woven methods, of blocks and of tracked tools
 * are observed; uses that a program times itself, and then records, are not.
 *
 * <p>Observers are set in code or are services, found by the class loader that has loaded this
 * library. A service is left out if an observer of the same class is set in code. Any number of
 * threads call an observer at once, and their skills wait for it: it must be quick, and must not
 * use skills itself.
 *
 * <p>Whatever it throws is counted as a fault; the skill returns and throws as if nobody observed
 * it. An observer that has thrown a hundred times, or takes longer than ten seconds, is cut off: it
 * observes no further use, and of those that have begun it is only told that threads leave them.
 * The diagnostics name it.
 */
@FunctionalInterface
public interface UseObserver {

  /**
   * A use begins, on this thread.
   *
   * @param skill the skill, named as reports name it, without anything private
   * @param agentId the agent on whose behalf it runs, likewise; {@code unknown} if nobody knows
   * @return is told of the use's end; null: this use is not observed
   * @throws Exception for any reason
   */
  @Nullable Use began(Skill skill, String agentId) throws Exception;

  /** One use. */
  interface Use {

    /**
     * The body of the skill has returned or thrown. Called once, on the thread that the use began
     * on; uses that began later on that thread have been left before.
     *
     * @throws Exception for any reason
     */
    void left() throws Exception;

    /**
     * The use has ended. Called once, on any thread, mostly after {@link #left}, but possibly
     * before it or at the same time: a result that is yet to come may come on another thread. A
     * result that never comes does not end its use.
     *
     * @param outcome how it ended; null if that cannot be known
     * @param startNanos when it began, by {@link System#nanoTime()}; 0 if the outcome cannot be
     *     known
     * @param endNanos when it ended, by the same clock, which may be up to a second before this
     *     call; 0 if the outcome cannot be known
     * @param thrown the class of the exception that it ended with, without the wrappers of the
     *     JDK's futures; null: none
     * @throws Exception for any reason
     */
    void ended(@Nullable Outcome outcome, long startNanos, long endNanos, @Nullable Class<?> thrown)
        throws Exception;
  }
}
