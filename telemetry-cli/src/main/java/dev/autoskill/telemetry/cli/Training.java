package dev.autoskill.telemetry.cli;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.privacy.Environment;
import java.io.IOException;
import java.io.StringReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Loads the classes that commands need, for the JVM to archive; looks at no data of the user. */
final class Training {

  private static final String[][] COMMANDS = {
    {"--help"}, {"report", "--color", "always"}, {"report", "--json"}, {"events"}, {"mcp"}
  };

  private static final String REQUESTS =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18"}}
      {"jsonrpc":"2.0","id":1,"method":"tools/list"}
      {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"skill_report"}}
      """;

  private Training() {}

  static int run(Host host) throws IOException {
    Path home = Files.createTempDirectory("skill-telemetry");
    try {
      Environment environment = Environment.of(Map.of("HOME", home.toString()));
      Host nowhere =
          new Host(
              environment,
              host.clock(),
              new StringReader(REQUESTS),
              Writer.nullWriter(),
              Writer.nullWriter(),
              true,
              host.pause(),
              host.machine());
      TelemetryConfig config = TelemetryConfig.builder().build();
      try (TelemetryCollector telemetry =
          TelemetryCollector.open(config, environment, host.clock()::millis)) {
        telemetry.recordEvent(SkillUse.of("a"));
      }
      for (String[] command : COMMANDS) {
        new SkillTelemetry(nowhere).run(command);
      }
      return Exit.OK;
    } finally {
      List<Path> files;
      try (Stream<Path> all = Files.walk(home)) {
        files = all.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
