package programs;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;

/** Uses skills that all have other names, and sessions and agents that do. */
final class DistinctNames {

  private DistinctNames() {}

  /** Uses so many skills, whose names have so many characters at least. */
  static String use(TelemetryCollector telemetry, int count, int length) {
    String text = "n".repeat(length);
    for (int i = 0; i < count; i++) {
      String name = text + i;
      if (i < count / 2) {
        telemetry.recordEvent(SkillUse.of(name).session(name).agent(name));
      } else {
        SkillContext.Scope scope = SkillContext.ofSession(name).withAgent(name).open();
        telemetry.run(name, () -> {});
        scope.close();
      }
    }
    return "used";
  }
}
