package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.Settings.Setting;
import dev.autoskill.telemetry.error.ErrorDetail;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.report.ReportQuery;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final Map<String, String> VARIABLES =
      Map.of(
          "AUTO_SKILL_TELEMETRY_DB", "variable.db",
          "AUTO_SKILL_TELEMETRY_ENDPOINT", "https://variable.example/",
          "AUTO_SKILL_TELEMETRY_DEBUG", "0",
          "AUTO_SKILL_AGENT", "variable-agent",
          "AUTO_SKILL_TELEMETRY_ERRORS", "none");

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "autoskill.telemetry.database", "property.db",
          "autoskill.telemetry.endpoint", "https://property.example/",
          "autoskill.telemetry.debug", "false",
          "autoskill.telemetry.session", "property-session",
          "autoskill.telemetry.agent", "property-agent",
          "autoskill.telemetry.queue-capacity", "7",
          "autoskill.telemetry.busy-timeout", "1500",
          "autoskill.telemetry.query-timeout", "PT0.5S",
          "autoskill.telemetry.close-timeout", "pt2m");

  /** There is no place for more than ten in the map above. */
  private static final Map<String, String> SPOOL_PROPERTIES =
      Map.of(
          "user.home", "/home/jane",
          "autoskill.telemetry.exit-timeout", "20",
          "autoskill.telemetry.spool-limit", "1000000",
          "autoskill.telemetry.store-at-exit", "false",
          "autoskill.telemetry.errors", "CLASS");

  private static final TelemetryConfig CONFIG =
      TelemetryConfig.builder()
          .disabled()
          .database(Path.of("config.db"))
          .endpoint("https://config.example/")
          .debug(true)
          .session("config-session")
          .agent("config-agent")
          .queueCapacity(1)
          .busyTimeout(Duration.ZERO)
          .queryTimeout(Duration.ofHours(1))
          .closeTimeout(Duration.ofDays(1))
          .exitTimeout(Duration.ZERO)
          .spoolLimit(65_536)
          .build();

  @Test
  void whatIsConfiguredWins() {
    Settings settings = new Settings(CONFIG, Environment.of(VARIABLES, PROPERTIES));

    assertTrue(settings.find(Settings.DISABLED));
    assertEquals(Path.of("config.db"), settings.find(Settings.DATABASE));
    assertEquals(URI.create("https://config.example/"), settings.find(Settings.ENDPOINT));
    assertTrue(settings.find(Settings.DEBUG));
    assertEquals("config-session", settings.find(Settings.SESSION));
    assertEquals("config-agent", settings.find(Settings.AGENT));
    assertEquals(1L, settings.find(Settings.QUEUE_CAPACITY));
    assertEquals(Duration.ZERO, settings.find(Settings.BUSY_TIMEOUT));
    assertEquals(Duration.ofHours(1), settings.find(Settings.QUERY_TIMEOUT));
    assertEquals(Duration.ofDays(1), settings.find(Settings.CLOSE_TIMEOUT));
    assertEquals(Duration.ZERO, settings.find(Settings.EXIT_TIMEOUT));
    assertEquals(65_536L, settings.find(Settings.SPOOL_LIMIT));
  }

  @Test
  void thenSystemProperties() {
    Settings settings = settings(VARIABLES, PROPERTIES);

    assertFalse(settings.find(Settings.DISABLED));
    assertEquals(Path.of("property.db"), settings.find(Settings.DATABASE));
    assertEquals(URI.create("https://property.example/"), settings.find(Settings.ENDPOINT));
    assertFalse(settings.find(Settings.DEBUG));
    assertEquals("property-session", settings.find(Settings.SESSION));
    assertEquals("property-agent", settings.find(Settings.AGENT));
    assertEquals(7L, settings.find(Settings.QUEUE_CAPACITY));
    assertEquals(Duration.ofMillis(1500), settings.find(Settings.BUSY_TIMEOUT));
    assertEquals(Duration.ofMillis(500), settings.find(Settings.QUERY_TIMEOUT));
    assertEquals(Duration.ofMinutes(2), settings.find(Settings.CLOSE_TIMEOUT));
    assertEquals(
        Duration.ofMillis(20), settings(Map.of(), SPOOL_PROPERTIES).find(Settings.EXIT_TIMEOUT));
    assertEquals(1_000_000L, settings(Map.of(), SPOOL_PROPERTIES).find(Settings.SPOOL_LIMIT));
    assertFalse(settings(Map.of(), SPOOL_PROPERTIES).get(Settings.STORE_AT_EXIT));
    assertEquals(ErrorDetail.CLASS, settings(VARIABLES, SPOOL_PROPERTIES).get(Settings.ERRORS));
  }

  @Test
  void thenEnvironmentVariables() {
    Settings settings = settings(VARIABLES, Map.of());

    assertEquals(Path.of("variable.db"), settings.find(Settings.DATABASE));
    assertEquals(URI.create("https://variable.example/"), settings.find(Settings.ENDPOINT));
    assertTrue(settings.find(Settings.DEBUG));
    assertEquals("variable-agent", settings.find(Settings.AGENT));
    assertEquals(
        ErrorDetail.CLASS,
        settings(Map.of("AUTO_SKILL_TELEMETRY_ERRORS", "class"), Map.of()).get(Settings.ERRORS));
  }

  @Test
  void thenDefaults() {
    Settings settings = settings(Map.of(), Map.of("user.home", "/home/jane"));

    assertFalse(settings.find(Settings.DISABLED));
    assertEquals(
        Path.of("/home/jane", ".claude", "auto-skill", "telemetry.db"),
        settings.find(Settings.DATABASE));
    assertNull(settings.find(Settings.ENDPOINT));
    assertFalse(settings.find(Settings.DEBUG));
    assertNull(settings.find(Settings.SESSION));
    assertEquals("unknown", settings.find(Settings.AGENT));
    assertEquals(65_536L, settings.find(Settings.QUEUE_CAPACITY));
    assertEquals(Duration.ofSeconds(5), settings.find(Settings.BUSY_TIMEOUT));
    assertEquals(Duration.ofSeconds(5), settings.find(Settings.QUERY_TIMEOUT));
    assertEquals(Duration.ofSeconds(5), settings.find(Settings.CLOSE_TIMEOUT));
    assertEquals(Duration.ofSeconds(1), settings.find(Settings.EXIT_TIMEOUT));
    assertEquals(67_108_864L, settings.find(Settings.SPOOL_LIMIT));
    assertTrue(settings.get(Settings.STORE_AT_EXIT));
    assertEquals(ErrorDetail.NONE, settings.get(Settings.ERRORS));
  }

  @Test
  void anEmptyValueIsNone() {
    Settings settings =
        settings(
            Map.of("AUTO_SKILL_TELEMETRY_DB", "", "AUTO_SKILL_TELEMETRY_ENDPOINT", ""),
            Map.of("autoskill.telemetry.database", "", "user.home", "/home/jane"));

    assertEquals(
        Path.of("/home/jane", ".claude", "auto-skill", "telemetry.db"),
        settings.find(Settings.DATABASE));
    assertNull(settings.find(Settings.ENDPOINT));
  }

  @ParameterizedTest
  @CsvSource({
    "disabled, perhaps",
    "debug, 1",
    "queue-capacity, 0",
    "queue-capacity, many",
    "queue-capacity, 99999999999",
    "busy-timeout, -1",
    "busy-timeout, PT600H",
    "query-timeout, soon",
    "close-timeout, PT-1S",
    "exit-timeout, never",
    "spool-limit, 65535",
    "spool-limit, much",
    "session, ' '",
    "agent, ' '",
    "errors, message",
    "endpoint, http://example.com/",
    "endpoint, :",
    "database, ."
  })
  void aWrongPropertyIsNamed(String name, String value) {
    String property = "autoskill.telemetry." + name;
    Environment environment =
        Environment.of(Map.of(), Map.of(property, value, "user.home", "/home/jane"));

    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> TestTelemetry.open(TelemetryConfig.builder(), environment));

    assertTrue(thrown.getMessage().startsWith(property + " must "), thrown.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO_SKILL_TELEMETRY_DB, .",
    "AUTO_SKILL_TELEMETRY_ENDPOINT, ftp://example.com/",
    "AUTO_SKILL_TELEMETRY_ENDPOINT, https://",
    "AUTO_SKILL_TELEMETRY_ERRORS, true"
  })
  void aWrongVariableIsNamed(String variable, String value) {
    Environment environment =
        Environment.of(Map.of(variable, value), Map.of("user.home", "/home/jane"));

    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> TestTelemetry.open(TelemetryConfig.builder(), environment));

    assertTrue(thrown.getMessage().startsWith(variable + " must "), thrown.getMessage());
  }

  /** As auto-skill's own tools do, but never in the working directory. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "/home/jane, /root, /home/jane",
        "/, /root, /",
        "-, /root, /root",
        "'', /root, /root",
        "jane, /root, /root",
        "-, -, -",
        "-, '', -",
        "-, ?, -",
        "-, ., -",
        "-, home, -",
        "-, /nonexistent, -",
        "/nonexistent, /root, -",
      })
  void theDatabaseIsInTheHomeDirectoryIfThereIsOne(String variable, String property, String home) {
    Environment environment =
        Environment.of(
            variable == null ? Map.of() : Map.of("HOME", variable),
            property == null ? Map.of() : Map.of("user.home", property));
    Path expected = home == null ? null : Path.of(home, ".claude", "auto-skill", "telemetry.db");

    assertEquals(
        expected,
        new Settings(TelemetryConfig.builder().build(), environment).find(Settings.DATABASE));
  }

  @Test
  void withoutAHomeDirectoryNothingIsRecordedAndTheReasonIsKnown() throws IOException {
    try (TelemetryCollector telemetry =
        TestTelemetry.open(TelemetryConfig.builder(), Environment.of(Map.of()))) {
      assertEquals("a", telemetry.recordEvent(SkillUse.of("a")).skillName());
      assertEquals(List.of(), telemetry.getEffectivenessReport());
      assertTrue(telemetry.flush(Duration.ZERO));

      TelemetryDiagnostics diagnostics = telemetry.diagnostics();
      assertFalse(diagnostics.isRecording());
      assertEquals(
          "off, since there is no home directory to put the database into", diagnostics.why());
      assertNull(diagnostics.database());
      assertEquals(0, diagnostics.stats().faults());

      Reports reports = telemetry.reports();
      assertTrue(reports.isComplete());
      assertEquals(List.of(), reports.effectiveness(ReportQuery.ALL));
      assertEquals("there is no database to read", reports.whyIncomplete());
    }
    assertFalse(Files.exists(Path.of(".claude")));
  }

  @Test
  void theDocumentationListsEverySetting() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "settings.md"));
    List<Setting<?>> settings = new ArrayList<>();
    for (Field field : Settings.class.getDeclaredFields()) {
      if (field.getType() == Setting.class) {
        settings.add((Setting<?>) field.get(null));
      }
    }
    for (Setting<?> setting : settings) {
      String builder = "`" + setting.camelCase() + "(";
      String variable = setting.variable() == null ? "" : "`" + setting.variable() + "`";

      assertTrue(
          page.lines()
              .anyMatch(
                  line ->
                      line.contains(builder)
                          && line.contains("`" + setting.property() + "`")
                          && line.contains(variable)),
          setting.name());
      assertTrue(
          Stream.of(TelemetryConfig.Builder.class.getMethods())
              .anyMatch(method -> method.getName().equals(setting.camelCase())),
          setting.name());
    }
    assertEquals(
        settings.size(),
        page.lines().filter(line -> line.contains("`autoskill.telemetry.")).count());
  }

  @Test
  void aWrongArgumentIsNamed() {
    refuses("database", b -> b.database(null), NullPointerException.class);
    refuses("database", b -> b.database(Path.of(".")), IllegalArgumentException.class);
    refuses("endpoint", b -> b.endpoint(null), NullPointerException.class);
    refuses("endpoint", b -> b.endpoint("not a url"), IllegalArgumentException.class);
    refuses("session", b -> b.session(" "), IllegalArgumentException.class);
    refuses("agent", b -> b.agent(null), NullPointerException.class);
    refuses("queueCapacity", b -> b.queueCapacity(0), IllegalArgumentException.class);
    refuses("busyTimeout", b -> b.busyTimeout(Duration.ofDays(25)), IllegalArgumentException.class);
    refuses(
        "queryTimeout", b -> b.queryTimeout(Duration.ofNanos(-1)), IllegalArgumentException.class);
    refuses("closeTimeout", b -> b.closeTimeout(null), NullPointerException.class);
    refuses("exitTimeout", b -> b.exitTimeout(null), NullPointerException.class);
    refuses("errors", b -> b.errors(null), NullPointerException.class);
    refuses("spoolLimit", b -> b.spoolLimit(65_535), IllegalArgumentException.class);
  }

  private static void refuses(
      String argument,
      Function<TelemetryConfig.Builder, TelemetryConfig.Builder> set,
      Class<? extends RuntimeException> expected) {
    RuntimeException thrown = assertThrows(expected, () -> set.apply(TelemetryConfig.builder()));
    assertTrue(thrown.getMessage().startsWith(argument + " must "), thrown.getMessage());
  }

  private static Settings settings(Map<String, String> variables, Map<String, String> properties) {
    return new Settings(TelemetryConfig.builder().build(), Environment.of(variables, properties));
  }
}
