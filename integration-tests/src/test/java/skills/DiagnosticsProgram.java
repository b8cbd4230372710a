package skills;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.annotations.TrackedSkill;

/** Uses one of its two skills and says what telemetry knows of that. */
public final class DiagnosticsProgram {

  private DiagnosticsProgram() {}

  public static void main(String[] args) {
    used();
    new LeftOut().used();
    Telemetry.diagnostics().lines().forEach(System.out::println);
  }

  @TrackedSkill("used")
  private static void used() {
    // Being called is all it is for.
  }

  /** Woven as its superclass is annotated, and left out when it is called. */
  @TrackedSkill(ignore = true)
  private static final class LeftOut extends Used {

    @Override
    public void used() {
      // Being called is all it is for.
    }
  }

  @TrackedSkill("left-out")
  private abstract static class Used {

    public abstract void used();
  }

  @TrackedSkill("unused")
  static void unused() {
    // Nobody calls it.
  }
}
