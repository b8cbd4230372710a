package dev.autoskill.telemetry.integration;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The example of an MCP server, with a database of its own. */
final class TextToolsServer {

  static final String JAVA = JavaProcess.JDK.resolve("bin").resolve("java").toString();

  /** What follows {@code java}. */
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

  /** What is to be set for the server, whatever the environment of the tests says. */
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

  List<TelemetryEvent> events() {
    try (TelemetryCollector telemetry = Reading.of(database())) {
      return telemetry.getEvents();
    }
  }
}
