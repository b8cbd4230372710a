package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

  @TempDir Path home;
  private Path file;

  @BeforeEach
  void makeTheDirectory() throws IOException {
    file = home.resolve(".claude/auto-skill/telemetry.properties");
    Files.createDirectories(file.getParent());
  }

  @Test
  void comesAfterVariablesAndBeforeDefaults() throws IOException {
    Files.writeString(file, "database=/file.db\nbusy-timeout = 7\nclose-timeout: PT9S\n");
    Settings settings =
        new Settings(
            TelemetryConfig.builder().closeTimeout(Duration.ofSeconds(1)).build(),
            Environment.of(
                Map.of("HOME", home.toString(), "AUTO_SKILL_TELEMETRY_DB", "/variable.db"),
                Map.of()));

    assertEquals(Path.of("/variable.db"), settings.get(Settings.DATABASE));
    assertEquals(Duration.ofMillis(7), settings.get(Settings.BUSY_TIMEOUT));
    assertEquals(Duration.ofSeconds(1), settings.get(Settings.CLOSE_TIMEOUT));
    assertEquals(Duration.ofSeconds(5), settings.get(Settings.QUERY_TIMEOUT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "disabled=true",
        "disabled = TRUE ",
        "disabled=perhaps",
        "disabled",
        "disbled=true",
        "retention=never",
        "session=\\u00zz"
      })
  void saysNoForRecordingAndSending(String text) throws IOException {
    Files.writeString(file, text);
    String said = text.toLowerCase().replace(" ", "");

    assertFalse(records(Map.of()), text);
    assertFalse(records(Map.of("AUTO_SKILL_TELEMETRY", "local")), text);
    Environment homeOnly = Environment.of(Map.of("HOME", home.toString()));
    boolean isKnownToTheOptOut = !said.startsWith("disbled") && !said.startsWith("retention");
    assertEquals(isKnownToTheOptOut, !OptOut.decision(homeOnly, false).allowsRecording(), text);
    TelemetryDiagnostics diagnostics = diagnostics();
    assertEquals("off, since the user's settings file says so", diagnostics.why());
    assertEquals(said.equals("disabled=true"), diagnostics.troubles().isEmpty(), text);
  }

  @Test
  void whatCannotBeReadSaysNoAndIsATrouble() throws IOException {
    Files.write(file, "# größe\n".getBytes(StandardCharsets.ISO_8859_1));
    assertFalse(records(Map.of()));
    assertEquals(
        List.of(
            "the settings file telemetry.properties is wrong: it cannot be read, or is no file of"
                + " properties in UTF-8"),
        diagnostics().troubles());

    Files.delete(file);
    Files.createDirectory(file);
    assertFalse(records(Map.of()));
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeSaysNoAndKeepsNobodyWaiting() throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());

    assertFalse(records(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "disabled=false", "retention=P90D"})
  void otherwiseTheEnvironmentDecides(String text) throws IOException {
    Files.writeString(file, text);

    assertTrue(records(Map.of()));
    assertFalse(records(Map.of("DO_NOT_TRACK", "1")));
  }

  /** As clients start MCP servers. */
  @Test
  void holdsInAProcessThatKnowsItsHomeAndNothingElse() throws Exception {
    Path database = home.resolve(".claude/auto-skill/telemetry.db");
    assertEquals("1", recordIn(home));
    assertTrue(Files.exists(database));

    Files.writeString(file, "disabled=true\n");
    assertEquals("1", recordIn(home), "a report still answers");
  }

  private static String recordIn(Path home) throws Exception {
    ProcessBuilder program =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            RecordingProgram.class.getName());
    program.environment().clear();
    program.environment().put("HOME", home.toString());
    Process process = program.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Records one use, and prints how many there are. */
  static final class RecordingProgram {

    private RecordingProgram() {}

    public static void main(String[] arguments) {
      Telemetry.collector().recordEvent(SkillUse.of("a"));
      System.out.print(Telemetry.collector().getEffectivenessReport("a").get(0).totalUses());
    }
  }

  private boolean records(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("HOME", home.toString());
    Environment environment = Environment.of(variables);
    try (TelemetryCollector telemetry =
        TestTelemetry.open(TelemetryConfig.builder(), environment)) {
      return telemetry.isRecording();
    }
  }

  private TelemetryDiagnostics diagnostics() {
    Environment environment = Environment.of(Map.of("HOME", home.toString()));
    try (TelemetryCollector telemetry =
        TestTelemetry.open(TelemetryConfig.builder(), environment)) {
      return telemetry.diagnostics();
    }
  }
}
