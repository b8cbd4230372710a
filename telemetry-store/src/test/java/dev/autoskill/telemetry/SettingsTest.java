package dev.autoskill.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.privacy.Environment;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final Map<String, String> VARIABLES =
      Map.of(
          "AUTO_SKILL_TELEMETRY_DB", "variable.db",
          "AUTO_SKILL_TELEMETRY_ENDPOINT", "https://variable.example/",
          "AUTO_SKILL_TELEMETRY_DEBUG", "0",
          "AUTO_SKILL_AGENT", "variable-agent");

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
          "user.home", "home",
          "autoskill.telemetry.exit-timeout", "20",
          "autoskill.telemetry.spool-limit", "1000000",
          "autoskill.telemetry.store-at-exit", "false");

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

    assertTrue(settings.isDisabled());
    assertEquals(Path.of("config.db"), settings.database());
    assertEquals(URI.create("https://config.example/"), settings.endpoint());
    assertTrue(settings.isDebugging());
    assertEquals("config-session", settings.session());
    assertEquals("config-agent", settings.agent());
    assertEquals(1, settings.queueCapacity());
    assertEquals(Duration.ZERO, settings.busyTimeout());
    assertEquals(Duration.ofHours(1), settings.queryTimeout());
    assertEquals(Duration.ofDays(1), settings.closeTimeout());
    assertEquals(Duration.ZERO, settings.exitTimeout());
    assertEquals(65_536, settings.spoolLimit());
  }

  @Test
  void thenSystemProperties() {
    Settings settings = settings(VARIABLES, PROPERTIES);

    assertFalse(settings.isDisabled());
    assertEquals(Path.of("property.db"), settings.database());
    assertEquals(URI.create("https://property.example/"), settings.endpoint());
    assertFalse(settings.isDebugging());
    assertEquals("property-session", settings.session());
    assertEquals("property-agent", settings.agent());
    assertEquals(7, settings.queueCapacity());
    assertEquals(Duration.ofMillis(1500), settings.busyTimeout());
    assertEquals(Duration.ofMillis(500), settings.queryTimeout());
    assertEquals(Duration.ofMinutes(2), settings.closeTimeout());
    assertEquals(Duration.ofMillis(20), settings(Map.of(), SPOOL_PROPERTIES).exitTimeout());
    assertEquals(1_000_000, settings(Map.of(), SPOOL_PROPERTIES).spoolLimit());
    assertFalse(settings(Map.of(), SPOOL_PROPERTIES).storesAtExit());
  }

  @Test
  void thenEnvironmentVariables() {
    Settings settings = settings(VARIABLES, Map.of());

    assertEquals(Path.of("variable.db"), settings.database());
    assertEquals(URI.create("https://variable.example/"), settings.endpoint());
    assertTrue(settings.isDebugging());
    assertEquals("variable-agent", settings.agent());
  }

  @Test
  void thenDefaults() {
    Settings settings = settings(Map.of(), Map.of("user.home", "home"));

    assertFalse(settings.isDisabled());
    assertEquals(Path.of("home", ".claude", "auto-skill", "telemetry.db"), settings.database());
    assertNull(settings.endpoint());
    assertFalse(settings.isDebugging());
    assertNull(settings.session());
    assertEquals("unknown", settings.agent());
    assertEquals(65_536, settings.queueCapacity());
    assertEquals(Duration.ofSeconds(5), settings.busyTimeout());
    assertEquals(Duration.ofSeconds(5), settings.queryTimeout());
    assertEquals(Duration.ofSeconds(5), settings.closeTimeout());
    assertEquals(Duration.ofSeconds(1), settings.exitTimeout());
    assertEquals(67_108_864, settings.spoolLimit());
    assertTrue(settings.storesAtExit());
  }

  @Test
  void anEmptyValueIsNone() {
    Settings settings =
        settings(
            Map.of("AUTO_SKILL_TELEMETRY_DB", "", "AUTO_SKILL_TELEMETRY_ENDPOINT", ""),
            Map.of("autoskill.telemetry.database", "", "user.home", "home"));

    assertEquals(Path.of("home", ".claude", "auto-skill", "telemetry.db"), settings.database());
    assertNull(settings.endpoint());
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
    "endpoint, http://example.com/",
    "endpoint, :",
    "database, ''",
    "database, ."
  })
  void aWrongPropertyIsNamed(String name, String value) {
    String property = "autoskill.telemetry." + name;
    Environment environment =
        Environment.of(
            Map.of(), value.isEmpty() ? Map.of() : Map.of(property, value, "user.home", "home"));

    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> TestTelemetry.open(TelemetryConfig.builder(), environment));

    String named = value.isEmpty() ? name : property;
    assertTrue(thrown.getMessage().startsWith(named + " must "), thrown.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO_SKILL_TELEMETRY_DB, .",
    "AUTO_SKILL_TELEMETRY_ENDPOINT, ftp://example.com/",
    "AUTO_SKILL_TELEMETRY_ENDPOINT, https://"
  })
  void aWrongVariableIsNamed(String variable, String value) {
    Environment environment = Environment.of(Map.of(variable, value), Map.of("user.home", "home"));

    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> TestTelemetry.open(TelemetryConfig.builder(), environment));

    assertTrue(thrown.getMessage().startsWith(variable + " must "), thrown.getMessage());
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
