package dev.autoskill.telemetry.outcome;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.annotations.running.RunningSkills;
import org.jspecify.annotations.Nullable;

/** The marks that skills set from inside, as outcomes. */
public final class Marks {

  private static final Outcome[] OUTCOMES = Outcome.values();

  private Marks() {}

  /**
   * The outcome of a mark.
   *
   * @param mark the mark, as {@link RunningSkills#leave} answers it
   * @return the outcome; null if the skill was not marked
   */
  public static @Nullable Outcome of(int mark) {
    return mark == RunningSkills.UNMARKED ? null : OUTCOMES[mark];
  }
}
