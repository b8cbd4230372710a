package dev.autoskill.telemetry.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.autoskill.telemetry.integration.FatJar;
import dev.autoskill.telemetry.integration.Repository;
import dev.autoskill.telemetry.integration.WovenProgram;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spring Boot applications that have the starter and nothing else of the library. */
class SpringBootStarterTest {

  private static final String MAIN = "acme.greeting.Application";

  /** Skills of which beans make use while they are made and destroyed, too. */
  private static final Map<String, String> USES =
      Map.of(
          "load-words", "success",
          "greet", "success success",
          "hello", "success success",
          "fail", "failure",
          "save-words", "success");

  @TempDir Path directory;
  private Path classes;
  private Path database;

  @BeforeEach
  void name() {
    classes = directory.resolve("classes");
    database = directory.resolve("telemetry").resolve("telemetry.db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spring-boot-3", "spring-boot-4"})
  void aFatJarUnderTheAgent(String module) {
    try (BootApplication app = start(Map.of(), List.of("-jar", fatJar(module).toString()))) {
      use(app);
      JsonNode skills = app.json("/actuator/skills");
      assertTrue(skills.get("complete").asBoolean());
      assertEquals(
          List.of("greet", "hello", "fail", "load-words"), skills.findValuesAsText("skillName"));
      JsonNode greet = app.json("/actuator/skills/greet").get("skills").get(0);
      assertEquals(2, greet.get("successCount").asLong());
      assertEquals("[\"greeter\"]", greet.get("agentsUsed").toString());
      assertEquals(404, app.get("/actuator/skills/greeting").statusCode());
      assertEquals("UP", app.json("/actuator/health/skillTelemetry").get("status").asText());

      app.proceed();
      long closedMillis = Long.parseLong(app.line("closed"));
      assertTrue(closedMillis < 60_000, closedMillis + " ms");
      assertEquals("[]", app.line("threads"));
      assertFalse(Files.exists(spool()) && !Sources.files(spool()).isEmpty());
      app.proceed();
    }
    assertEquals(new TreeMap<>(USES), Uses.of(database));
  }

  /** As a development environment starts it; ended as a service is. */
  @Test
  @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "one more start")
  void aClassPathUnderTheAgent() {
    List<String> classPath = libraries("spring-boot-3");
    classPath.add(0, classes.toString());
    try (BootApplication app =
        start(Map.of(), List.of("-cp", String.join(File.pathSeparator, classPath), MAIN))) {
      use(app);
    }
    assertEquals(new TreeMap<>(USES), Uses.of(database));
  }

  @Test
  void nothingIsRecordedAgainstTheUsersWish() {
    Map<String, String> environment = Map.of("DO_NOT_TRACK", "1");
    try (BootApplication app =
        start(environment, List.of("-jar", fatJar("spring-boot-4").toString()))) {
      use(app);
      assertEquals(0, app.json("/actuator/skills").get("skills").size());
      JsonNode health = app.json("/actuator/health/skillTelemetry");
      assertEquals("UNKNOWN", health.get("status").asText());
      assertEquals(
          "off, since the environment variable DO_NOT_TRACK is set",
          health.get("details").get("recording").asText());
    }
    assertFalse(Files.exists(database.getParent()));
  }

  private static void use(BootApplication app) {
    assertEquals("Hello Ada", app.get("/greet?name=Ada").body());
    assertEquals("Hello Alan", app.get("/greet?name=Alan").body());
    assertEquals(500, app.get("/fail").statusCode());
  }

  private BootApplication start(Map<String, String> environment, List<String> program) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("HOME", directory.resolve("home").toString());
    variables.put("XDG_CACHE_HOME", directory.resolve("cache").toString());
    List<String> arguments = new ArrayList<>(FieldProgram.JVM);
    arguments.add("-javaagent:" + Repository.agentJar());
    arguments.addAll(program);
    arguments.add("--autoskill.telemetry.database=" + database);
    return new BootApplication(directory.resolve("run"), variables, arguments);
  }

  private Path spool() {
    return database.resolveSibling("telemetry.db-spool");
  }

  private Path fatJar(String module) {
    List<String> libraries = libraries(module);
    Path launcher = Libraries.of(module).jar("spring-boot-loader");
    return FatJar.of(directory.resolve("app.jar"), launcher, MAIN, classes, libraries);
  }

  /** Compiles the program, and answers with the jars it has. */
  private List<String> libraries(String module) {
    Libraries libraries = Libraries.of(module);
    Sources.compile(List.of(Sources.of("spring-boot-starter")), libraries, classes, List.of());
    List<String> jars = new ArrayList<>(libraries.withProduct(false));
    jars.removeIf(jar -> jar.matches(".*(telemetry-aspect|aspectjrt|asm-)[^/\\\\]*"));
    jars.add(WovenProgram.classPathEntry("telemetry-spring-boot-starter"));
    return jars;
  }
}
