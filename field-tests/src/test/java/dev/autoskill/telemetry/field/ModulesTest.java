package dev.autoskill.telemetry.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.autoskill.telemetry.integration.JavaProcess;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs whose JVM does not let the library do as it would on a class path: all is recorded, or
 * the diagnostics say in one line what to add.
 */
class ModulesTest {

  private static final Map<String, String> NAMED_MODULE =
      Map.of(
          "mapped", "partial success",
          "marked", "partial",
          "skipped", "skipped",
          "pub", "success",
          "source", "skipped",
          "cf", "skipped");

  private static final Map<String, String> SMALL_RUNTIME =
      Map.of("search.ask", "success success success");

  /** As in {@code --add-opens}, {@code --add-modules java.sql}, or {@code opens … to …}. */
  private static final String SAYS_WHAT_TO_ADD = ".*(--add-|opens |java\\.sql).*";

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"AGENT", "AGENT_AGAIN"})
  void namedModule(Way way) {
    FieldProgram program = new FieldProgram(directory, "com.acme.app/com.acme.app.Main", "jpms");

    recordsOrSays(program, way, JavaProcess.JDK, NAMED_MODULE);
  }

  @Test
  void runtimeWithoutJavaSql() {
    Path image = directory.resolve("image");
    FieldProgram program = new FieldProgram(directory, "Main", "static-init");
    assumeTrue(isLinked(image, "java.base,java.instrument,java.logging"), "no jlink");

    recordsOrSays(program, Way.AGENT, image, SMALL_RUNTIME);
  }

  private static void recordsOrSays(
      FieldProgram program, Way way, Path javaHome, Map<String, String> uses) {
    Result unwoven = program.run(Way.UNWOVEN, javaHome);
    assertEquals(0, unwoven.exitCode(), unwoven.err());
    if (way == Way.AGENT_AGAIN) {
      program.run(Way.AGENT, javaHome);
    }

    assertEquals(unwoven, program.run(way, javaHome));

    Map<String, String> recorded = program.uses(way);
    if (!recorded.equals(uses)) {
      program.withEnvironment("AUTO_SKILL_TELEMETRY_DEBUG", "1");
      String diagnostics = program.run(way, javaHome).err();
      assertTrue(
          diagnostics.lines().anyMatch(line -> line.matches(SAYS_WHAT_TO_ADD)),
          () -> new TreeMap<>(uses) + " expected, but " + recorded + "; " + diagnostics);
    }
  }

  private static boolean isLinked(Path image, String modules) {
    Optional<ToolProvider> jlink = ToolProvider.findFirst("jlink");
    PrintWriter messages = new PrintWriter(new StringWriter());
    return jlink.isPresent()
        && jlink.get().run(messages, messages, "--add-modules", modules, "--output", image + "")
            == 0;
  }
}
