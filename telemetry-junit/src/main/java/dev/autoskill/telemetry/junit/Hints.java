package dev.autoskill.telemetry.junit;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.WeavingDiagnostics;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.report.ReportQuery;
import java.util.ArrayList;
import java.util.List;

/** Hints at the reasons why an assertion on uses fails. */
final class Hints {

  private static final int MOST_USES = 20;

  private Hints() {}

  /**
   * Lines to be put behind the message.
   *
   * @param all all uses of the test
   * @param query the uses that the assertion is about
   */
  static String of(SkillUses uses, List<TelemetryEvent> all, ReportQuery query) {
    List<String> lines = new ArrayList<>();
    lines.add(all.isEmpty() ? "This test made no use of a skill." : "The uses of this test:");
    all.stream().limit(MOST_USES).forEach(use -> lines.add("  " + inWords(use)));
    if (all.size() > MOST_USES) {
      lines.add("  and " + (all.size() - MOST_USES) + " more");
    }
    int pending = uses.test().awaitStages();
    if (pending > 0) {
      lines.add("The results of " + pending + " more are yet to come: wait for them.");
    }
    int strays = uses.test().strays(query);
    if (strays > 0) {
      lines.add(
          strays
              + " such uses were made meanwhile on threads of which nobody knows for which test they"
              + " work, such as an executor's: hand tasks over by SkillUses.carry.");
    }
    WeavingDiagnostics weaving = Telemetry.diagnostics().weaving();
    if (all.isEmpty() && weaving.wovenMethods() == 0) {
      lines.add(
          weaving.hasLoadTimeWeaver()
              ? "No method of a skill was woven while it was loaded."
              : "No agent was started that weaves skills, and none was woven by the compiler.");
    }
    return "\n" + String.join("\n", lines);
  }

  private static String inWords(TelemetryEvent use) {
    return use.skillName()
        + ": "
        + use.outcome().text()
        + (use.durationMs() == null ? "" : ", " + use.durationMs() + " ms")
        + ", agent "
        + use.agentId();
  }
}
