package dev.autoskill.telemetry.field;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The recorded uses of a program. */
final class Uses {

  private static final int MORE_THAN_ALL = 100_000;

  private Uses() {}

  /** The outcomes of each skill's uses, in the order in which they ended. */
  static Map<String, String> of(Path database) {
    Map<String, String> uses = new TreeMap<>();
    for (TelemetryEvent event : events(database)) {
      uses.merge(
          event.skillName(), event.outcome().text(), (later, earlier) -> earlier + " " + later);
    }
    return uses;
  }

  /** The uses by an agent, in the order in which they ended. */
  static List<TelemetryEvent> by(String agent, Path database) {
    List<TelemetryEvent> newestFirst = new ArrayList<>(events(database));
    newestFirst.removeIf(event -> !event.agentId().equals(agent));
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  /** Those that took less time than is said for their skill. */
  static List<TelemetryEvent> shorter(Path database, Map<String, Long> shortestMillis) {
    return shortestMillis.isEmpty()
        ? List.of()
        : events(database).stream()
            .filter(use -> use.durationMs() < shortestMillis.getOrDefault(use.skillName(), 0L))
            .toList();
  }

  /** A short program leaves its uses in the spool beside the database. */
  private static List<TelemetryEvent> events(Path database) {
    if (!Files.exists(database.getParent())) {
      return List.of();
    }
    try (TelemetryCollector telemetry = Reading.of(database)) {
      return telemetry.getEvents(null, MORE_THAN_ALL);
    }
  }
}
