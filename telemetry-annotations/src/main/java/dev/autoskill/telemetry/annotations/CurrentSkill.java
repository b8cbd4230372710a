package dev.autoskill.telemetry.annotations;

import dev.autoskill.telemetry.annotations.running.RunningSkills;

/**
 * The skill that runs on this thread, as seen from inside of it: where neither the result nor an
 * exception says how a use ended, the skill's own code can.
 *
 * <pre>{@code
 * @TrackedSkill("fix-imports")
 * void fixImports(Path file) {
 *   if (isUpToDate(file)) {
 *     CurrentSkill.skipped();
 *     return;
 *   }
 *   ...
 * }
 * }</pre>
 *
 * <p>A mark holds for the innermost skill on this thread, until it returns or throws, and the last
 * one wins. Without a skill, or with telemetry off, nothing happens.
 */
public final class CurrentSkill {

  private CurrentSkill() {}

  /**
   * Marks the use as {@link Outcome#PARTIAL}.
   *
   * @return whether there was a skill to mark
   */
  public static boolean partial() {
    return RunningSkills.mark(Outcome.PARTIAL.ordinal());
  }

  /**
   * Marks the use as {@link Outcome#SKIPPED}.
   *
   * @return whether there was a skill to mark
   */
  public static boolean skipped() {
    return RunningSkills.mark(Outcome.SKIPPED.ordinal());
  }

  /**
   * How many skills are running on this thread, one inside of the other.
   *
   * @return the depth; 0 if none runs or telemetry is off
   */
  public static int depth() {
    return RunningSkills.depth();
  }
}
