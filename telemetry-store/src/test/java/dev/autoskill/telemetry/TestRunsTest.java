package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.privacy.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JVM that runs tests records only into a database that was named for it. */
class TestRunsTest {

  @TempDir Path directory;
  private final Map<String, String> variables = new HashMap<>();
  private final Map<String, String> properties = new HashMap<>();

  @BeforeEach
  void runTests() {
    variables.put("HOME", home().toString());
    properties.put("sun.java.command", "/p/target/surefire/surefirebooter1.jar /p");
  }

  private Path home() {
    return directory.resolve("home");
  }

  private Path other() {
    return directory.resolve("other").resolve("telemetry.db");
  }

  private TelemetryDiagnostics recordOne(TelemetryConfig.Builder config) {
    try (TelemetryCollector telemetry =
        TestTelemetry.open(config, Environment.of(variables, properties))) {
      telemetry.recordEvent(SkillUse.of("a"));
      assertTrue(telemetry.flush(Duration.ofMinutes(1)));
      assertEquals(telemetry.isRecording() ? 1 : 0, telemetry.stats().stored());
      return telemetry.diagnostics();
    }
  }

  @Test
  void theUsersDatabaseIsLeftAlone() throws IOException {
    TelemetryDiagnostics diagnostics = recordOne(TelemetryConfig.builder());

    assertEquals("off, since tests run, for which no database was named", diagnostics.why());
    assertTrue(Files.notExists(home()));
  }

  @Test
  void soIsTheOneOfTheUsersSettingsFile() throws IOException {
    Path file = home().resolve(".claude/auto-skill/telemetry.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "database=" + other());

    assertEquals(
        "off, since tests run, for which no database was named",
        recordOne(TelemetryConfig.builder()).why());
    assertTrue(Files.notExists(other()));
  }

  @Test
  void theUserMayWishForIt() throws IOException {
    variables.put("AUTO_SKILL_TELEMETRY", "local");

    assertTrue(recordOne(TelemetryConfig.builder()).isRecording());
    try (Stream<Path> files = Files.walk(home())) {
      assertTrue(files.anyMatch(file -> file.endsWith("telemetry.db")));
    }
  }

  @Test
  void aDatabaseThatTheProcessWasGivenIsRecordedInto() {
    properties.put("autoskill.telemetry.database", other().toString());
    assertEquals("on", recordOne(TelemetryConfig.builder()).why());

    properties.remove("autoskill.telemetry.database");
    variables.put("AUTO_SKILL_TELEMETRY_DB", other().toString());
    assertEquals("on", recordOne(TelemetryConfig.builder()).why());
    variables.put("CI", "true");
    assertEquals(
        "off, since the environment variable CI is set",
        recordOne(TelemetryConfig.builder()).why());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PATH | on
          CI | on, but nothing is sent, since CI is set
          DO_NOT_TRACK | on, but nothing is sent, since DO_NOT_TRACK is set
          AUTO_SKILL_NO_TELEMETRY | off, since the environment variable AUTO_SKILL_NO_TELEMETRY is set
          """)
  void aDatabaseThatTheProgramNamesIsTheTestsOwn(String variable, String why) {
    variables.put(variable, "1");

    assertEquals(why, recordOne(TelemetryConfig.builder().database(other())).why());
  }

  @Test
  void otherProgramsDoNotRecordWhereCiSaysNo() {
    properties.clear();
    variables.put("CI", "1");

    assertEquals(
        List.of(false, "off, since the environment variable CI is set"),
        List.of(
            recordOne(TelemetryConfig.builder().database(other())).isRecording(),
            recordOne(TelemetryConfig.builder().database(other())).why()));
  }
}
