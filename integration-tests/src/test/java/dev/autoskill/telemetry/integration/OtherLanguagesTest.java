package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Skills written in Kotlin and in Scala are skills. */
class OtherLanguagesTest {

  private static final Map<String, String> KOTLIN =
      Map.ofEntries(
          Map.entry("method", "success success"),
          Map.entry("internal", "success"),
          Map.entry("Places.unnamed", "success"),
          Map.entry("companion", "success"),
          Map.entry("jvm-static", "success"),
          Map.entry("object", "success"),
          Map.entry("data-class", "success"),
          Map.entry("typed.ofType", "success"),
          Map.entry("typed.callsHidden", "success"),
          Map.entry("interface-default", "success"),
          Map.entry("top-level", "success"),
          Map.entry("extension", "success"),
          Map.entry("deferred", "success failure skipped"),
          Map.entry("deferred-slow", "success"),
          Map.entry("flow", "success success failure skipped"),
          Map.entry("flow-twice", "success"),
          Map.entry("state-flow", "success"));

  private static final Map<String, String> SCALA =
      Map.of(
          "method", "success",
          "Places.unnamed", "success",
          "future", "failure",
          "throws", "failure",
          "object", "success",
          "trait", "success",
          "case-class", "success");

  @TempDir Path directory;

  @Test
  void suchAsKotlinWithItsCoroutines() {
    Path classes = OtherCompiler.KOTLIN.compile(directory);
    LibraryProgram program = program("kotlinskills.MainKt", classes, "kotlinskills");

    countsEachUseOnce(program, KOTLIN);

    for (TelemetryEvent event : program.events(Weaving.LOAD_TIME)) {
      assertTrue(!event.skillName().equals("deferred-slow") || event.durationMs() >= 50);
    }
  }

  @Test
  void suchAsScala() {
    Path classes = OtherCompiler.SCALA.compile(directory);
    LibraryProgram program = program("scalaskills.run", classes, "scalaskills");

    countsEachUseOnce(program, SCALA);
  }

  private LibraryProgram program(String main, Path classes, String scope) {
    return LibraryProgram.ofClasses(main, classes, directory)
        .withAopXml("<aspectj><weaver><include within=\"" + scope + "..*\"/></weaver></aspectj>");
  }

  private static void countsEachUseOnce(LibraryProgram program, Map<String, String> expected) {
    Result unwoven = program.run(Weaving.NONE);
    assertEquals(0, unwoven.exitCode(), unwoven.err());
    for (Weaving weaving : List.of(Weaving.LOAD_TIME, Weaving.COMPILE_TIME)) {
      assertEquals(unwoven, program.run(weaving));
      assertEquals(new TreeMap<>(expected), program.outcomes(weaving));
    }
  }
}
