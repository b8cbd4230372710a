package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skills.passed.PassedProgram;

/** A jar that is woven without its sources. */
class BinaryWeavingTest {

  @TempDir Path directory;

  @Test
  void countsOnceWithAndWithoutAWeaverBesides() {
    SetUp program = new SetUp(directory);
    Path jar = Jar.of(program.classes(), directory.resolve("program.jar"));

    Path woven =
        WovenProgram.weave(
            jar.toString(),
            directory.resolve("woven.jar"),
            WovenProgram.classPathEntry("telemetry-aspect"));

    List<String> arguments = List.of("-cp", SetUp.libraries(woven), SetUp.main());
    program.recordsEachUseOnce("without", arguments);
    for (String agent : List.of(SetUp.STOCK_AGENT, SetUp.OWN_AGENT)) {
      List<String> withAgent = new ArrayList<>(arguments);
      withAgent.add(0, agent);
      program.recordsEachUseOnce("with-" + agent.hashCode(), withAgent);
    }
  }

  /** Without inlining, classes beside the woven one call what the compiler has moved in it. */
  @Test
  void recordsWhatACompilerHasWovenAnothersAspectInto() {
    Path classes = WovenProgram.copyOfPackage(PassedProgram.class, directory.resolve("classes"));
    Path woven =
        WovenProgram.weave(
            classes.toString(),
            directory.resolve("woven"),
            WovenProgram.classPathEntry("telemetry-annotations"),
            "-XnoInline");
    Path database = directory.resolve("telemetry").resolve("telemetry.db");

    Result result =
        JavaProcess.run(
            directory,
            Map.of(
                "AUTO_SKILL_TELEMETRY_DB", database.toString(),
                "XDG_CACHE_HOME", directory.resolve("cache").toString()),
            WovenProgram.arguments(PassedProgram.class, Weaving.AGENT, woven));

    assertEquals("passed\npassed\nhello agent\n", result.out(), result.err());
    assertEquals(Map.of("greet", 1L), Reading.uses(database));
  }
}
