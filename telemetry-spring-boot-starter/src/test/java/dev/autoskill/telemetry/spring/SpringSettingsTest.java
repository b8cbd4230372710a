package dev.autoskill.telemetry.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.autoskill.telemetry.Telemetry;
import dev.autoskill.telemetry.event.TelemetryEvent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

class SpringSettingsTest {

  /** A row of the table of all settings. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `\\w+\\((\\w*)\\)`.* \\| `(autoskill[\\w.-]+)` \\|", Pattern.MULTILINE);

  private static final Map<String, String> TYPES =
      Map.of(
          "", "java.lang.Boolean",
          "boolean", "java.lang.Boolean",
          "int", "java.lang.Integer",
          "long", "org.springframework.util.unit.DataSize",
          "Path", "java.lang.String",
          "String", "java.lang.String",
          "Duration", "java.time.Duration",
          "ErrorDetail", "dev.autoskill.telemetry.error.ErrorDetail");

  @TempDir Path directory;

  @AfterEach
  void reset() {
    Telemetry.reset();
  }

  @Test
  void areTheApplications() {
    TelemetryEvent event =
        event(
            App.database(directory.resolve("telemetry.db")),
            "autoskill.telemetry.session=of-the-application",
            "autoskill.telemetry.agent=an-agent",
            "autoskill.telemetry.queueCapacity=100",
            "autoskill.telemetry.busy-timeout=7s",
            "autoskill.telemetry.query-timeout=PT1M",
            "autoskill.telemetry.close-timeout=60000",
            "autoskill.telemetry.spool-limit=1MB",
            "autoskill.telemetry.retention=30d",
            "autoskill.telemetry.errors=class",
            "autoskill.telemetry.endpoint=");

    assertEquals("of-the-application", event.sessionId());
    assertEquals("an-agent", event.agentId());
    assertTrue(Files.exists(directory.resolve("telemetry.db")));
  }

  private static TelemetryEvent event(String... properties) {
    try (App app = App.start(App.Plain.class, properties)) {
      Telemetry.collector().run("search", () -> {});
      return app.collector().getEvents().get(0);
    }
  }

  @Test
  void aSystemPropertyWins() {
    String name = "autoskill.telemetry.agent";
    System.setProperty(name, "of-the-property");
    try {
      TelemetryEvent event = event(App.database(directory.resolve("a.db")), name + "=other");
      assertEquals("of-the-property", event.agentId());
    } finally {
      System.clearProperty(name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "disabled, perhaps",
    "database, .",
    "endpoint, ftp://example.com",
    "debug, perhaps",
    "session, ' '",
    "agent, ' '",
    "queue-capacity, 0",
    "busy-timeout, 25d",
    "query-timeout, soon",
    "close-timeout, -1s",
    "exit-timeout, -PT1S",
    "spool-limit, 1KB",
    "store-at-exit, perhaps",
    "retention, 1h",
    "max-database-size, 1MBit",
    "errors, message",
  })
  void aWrongValueIsRefusedByItsName(String name, String value) {
    List<String> before = App.threads();
    String property = "autoskill.telemetry." + name;

    // As Spring reads files, and unlike a command line, which is not trimmed.
    RuntimeException refused =
        assertThrows(
            RuntimeException.class,
            () -> App.start(App.builder(App.Plain.class).properties(property + "=" + value)));

    BindException cause = cause(refused, BindException.class);
    assertEquals(property, cause.getName().toString());
    assertEquals(value, cause.getProperty().getValue());
    assertEquals(before, App.threads());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "autoskill.telemetry.dissabled",
        "autoskill.telemetry.queue.size",
        "autoskill.telemetry.build"
      })
  void anUnknownNameIsRefused(String name) {
    RuntimeException refused =
        assertThrows(RuntimeException.class, () -> App.start(App.Plain.class, name + "=true"));

    assertEquals(name, cause(refused, InvalidConfigurationPropertyValueException.class).getName());
  }

  private static <T extends Throwable> T cause(Throwable thrown, Class<T> type) {
    Throwable each = thrown;
    while (!type.isInstance(each)) {
      each = each.getCause();
    }
    return type.cast(each);
  }

  /** The test above has each of them. */
  @Test
  void eachSettingIsBound() throws NoSuchMethodException {
    CsvSource tested =
        SpringSettingsTest.class
            .getDeclaredMethod("aWrongValueIsRefusedByItsName", String.class, String.class)
            .getAnnotation(CsvSource.class);
    List<String> names =
        List.of(tested.value()).stream()
            .map(row -> "autoskill.telemetry." + row.replaceFirst(",.*", ""))
            .sorted()
            .toList();
    assertEquals(List.copyOf(documented().keySet()), names);
  }

  @Test
  void theMetadataListsExactlyThem() throws Exception {
    Map<String, String> listed = new TreeMap<>();
    try (InputStream in =
        getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      for (JsonNode property : new ObjectMapper().readTree(in).get("properties")) {
        assertFalse(property.get("description").asText().isBlank());
        if (property.get("name").asText().startsWith(SpringSettings.PREFIX)) {
          listed.put(property.get("name").asText(), property.get("type").asText());
        }
      }
    }
    assertEquals(documented(), listed);
  }

  /** The settings that the documentation lists, with their types as in Spring. */
  private static Map<String, String> documented() {
    Map<String, String> documented = new TreeMap<>();
    ROW.matcher(text("docs/settings.md"))
        .results()
        .forEach((MatchResult row) -> documented.put(row.group(2), TYPES.get(row.group(1))));
    return documented;
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of("..").resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
