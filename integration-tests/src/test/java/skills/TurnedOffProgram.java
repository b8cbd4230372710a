package skills;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.TrackedSkill;

/** Turns telemetry off within its skills, and says how many it takes for running. */
public final class TurnedOffProgram {

  private TurnedOffProgram() {}

  public static void main(String[] args) {
    System.out.println("returns " + returns());
    System.out.println("then " + CurrentSkill.depth());
    Telemetry.reset();
    try {
      throwsIt();
    } catch (IllegalStateException e) {
      System.out.println("throws " + e.getMessage());
    }
    System.out.println("then " + CurrentSkill.depth());
  }

  @TrackedSkill("returns")
  private static int returns() {
    turnOff();
    other();
    return CurrentSkill.depth();
  }

  @TrackedSkill("throws")
  private static void throwsIt() {
    turnOff();
    other();
    throw new IllegalStateException("" + CurrentSkill.depth());
  }

  @TrackedSkill("other")
  private static void other() {
    // Being called is all it is for.
  }

  private static void turnOff() {
    Telemetry.install(TelemetryCollector.open(TelemetryConfig.builder().disabled().build()));
  }
}
