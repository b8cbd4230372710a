package dev.autoskill.telemetry.field;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** What was recorded of a program. */
final class Uses {

  private static final int MORE_THAN_ALL = 100_000;

  private Uses() {}

  /** The outcomes of each skill's uses, in the order in which they ended. */
  static Map<String, String> of(Path database) {
    Map<String, String> uses = new TreeMap<>();
    // A short program leaves its uses in the spool beside the database.
    if (Files.exists(database.getParent())) {
      try (TelemetryCollector telemetry = Reading.of(database)) {
        for (TelemetryEvent event : telemetry.getEvents(null, MORE_THAN_ALL)) {
          uses.merge(
              event.skillName(), event.outcome().text(), (later, earlier) -> earlier + " " + later);
        }
      }
    }
    return uses;
  }
}
