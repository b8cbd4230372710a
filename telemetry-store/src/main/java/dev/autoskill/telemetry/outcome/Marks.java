package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import org.jspecify.annotations.Nullable;

/** The marks that skills set from inside, as outcomes. */
public final class Marks {

  private static final Outcome[] OUTCOMES = Outcome.values();

  private Marks() {}

  /**
   * How a running skill was marked.
   *
   * @param running what runs on its thread
   * @param frame the skill's place
   * @return the outcome; null if it was not marked
   */
  public static @Nullable Outcome of(RunningSkills running, int frame) {
    int mark = running.markOf(frame);
    return mark == RunningSkills.UNMARKED ? null : OUTCOMES[mark];
  }
}
