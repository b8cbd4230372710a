package programs;

import dev.autoskill.telemetry.annotations.TrackedSkill;

/** The skills of the programs. Woven when this module is compiled. */
final class Skills {

  static final String NAME = "woven";

  private Skills() {}

  @TrackedSkill(NAME)
  static Object answer(Object answer) {
    return answer;
  }

  @TrackedSkill(NAME)
  static Object fail(RuntimeException failure) {
    throw failure;
  }
}
