package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The example of an MCP server, with a database of its own. */
final class TextToolsServer {

  static final String JAVA = JavaProcess.JDK.resolve("bin").resolve("java").toString();

  /** The arguments of {@code java}. */
  static final List<String> ARGUMENTS =
      List.of(
          // An answer may be lost if another thread has just given the one before:
          // modelcontextprotocol/java-sdk#686.
          "-Dreactor.schedulers.defaultBoundedElasticSize=1",
          "-jar",
          Repository.path("examples/mcp-server/target/text-tools.jar").toString());

  private final Path home;

  TextToolsServer(Path home) {
    this.home = home;
  }

  /** Variables of the server's environment, whatever that of the tests says. */
  Map<String, String> environment() {
    return Map.of(
        "AUTO_SKILL_TELEMETRY",
        "local",
        "AUTO_SKILL_NO_TELEMETRY",
        "",
        "CI",
        "",
        "AUTO_SKILL_TELEMETRY_DB",
        database().toString(),
        "HOME",
        home.toString(),
        // Not the one that calls.
        "AUTO_SKILL_AGENT",
        "amp");
  }

  Path database() {
    return home.resolve("telemetry").resolve("telemetry.db");
  }

  /**
   * Holds that these are all uses: in one session, and each with its duration.
   *
   * @param expected the skill, the outcome and the agent of each, newest first
   */
  void assertUses(String... expected) {
    List<TelemetryEvent> events;
    try (TelemetryCollector telemetry = Reading.of(database())) {
      events = telemetry.getEvents();
    }
    assertEquals(
        List.of(expected),
        events.stream()
            .map(event -> event.skillName() + " " + event.outcome().text() + " " + event.agentId())
            .toList());
    assertEquals(1, events.stream().map(TelemetryEvent::sessionId).distinct().count());
    assertTrue(events.stream().allMatch(event -> event.durationMs() != null), events.toString());
  }
}
