package dev.autoskill.examples.reposkills;

import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.TelemetryCollector;
import java.util.Optional;

/** Tells the user whether this run is recorded. */
final class RecordingNotice {

  private static final String LOCAL =
      "AUTO_SKILL_TELEMETRY=local: recording on this machine only, even where CI or DO_NOT_TRACK"
          + " would switch it off.";

  private static final String OFF =
      "Telemetry is off, nothing is recorded: set AUTO_SKILL_TELEMETRY=local to record on this"
          + " machine (AUTO_SKILL_NO_TELEMETRY, if set, always wins).";

  private static final String NO_DATABASE =
      "no skill use was recorded: the telemetry database cannot be opened, is"
          + " AUTO_SKILL_TELEMETRY_DB a file?";

  private static final String NOT_WOVEN =
      "no skill use was recorded: is the -javaagent flag missing?";

  private RecordingNotice() {}

  static Optional<String> beforeSkills() {
    if (Telemetry.isDisabled()) {
      return Optional.of(OFF);
    }
    return "local".equals(System.getenv("AUTO_SKILL_TELEMETRY"))
        ? Optional.of(LOCAL)
        : Optional.empty();
  }

  static Optional<String> afterSkills(TelemetryCollector collector) {
    if (Telemetry.isDisabled() || collector.stats().recorded() > 0) {
      return Optional.empty();
    }
    return Optional.of(collector.isRecording() ? NOT_WOVEN : NO_DATABASE);
  }
}
