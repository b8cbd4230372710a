package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skills.discarded.DiscardedProgram;
import skills.loaders.DiscardingHost;

/** A program that is loaded, used and dropped leaves its class loader to the garbage collector. */
class ClassLoaderLeakTest {

  /** The uses of two threads, each once. */
  private static final Map<String, Long> USES =
      new TreeMap<>(
          Map.of(
              "returns", 2L,
              "throws", 2L,
              "done", 2L,
              "plain-done", 2L,
              "plain-never-done", 2L,
              "judged", 4L,
              "publishes", 2L));

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Weaving.class,
      names = {"LOAD_TIME", "COMPILE_TIME", "AGENT"})
  void theLibraryInTheParentHoldsNoProgram(Weaving weaving) {
    Result result = libraryInParent(weaving, "drop");

    assertEquals("use\nuse\nflush\nflush\ncollected\n", result.out(), result.err());
    assertEquals(USES, Reading.uses(database()));
  }

  /** Or the other tests would show nothing. */
  @Test
  void aProgramThatIsHeldIsNotCollected() {
    Result result = libraryInParent(Weaving.COMPILE_TIME, "hold");

    assertEquals("use\nuse\nflush\nflush\nstill there\n", result.out(), result.err());
  }

  @Test
  void theLibraryGoesWithTheProgramIfItIsClosed() {
    Path host = WovenProgram.copyOfPackage(DiscardingHost.class, directory.resolve("host"));
    Path woven = program(Weaving.COMPILE_TIME);

    Result result =
        run(
            List.of(
                "-cp",
                host.toString(),
                DiscardingHost.class.getName(),
                SetUp.libraries(woven),
                DiscardedProgram.class.getName(),
                "use",
                "report",
                "close",
                "drop"));

    assertEquals("use\nuse\nreport\nreport\nclose\nclose\ncollected\n", result.out(), result.err());
    assertEquals(USES, Reading.uses(database()));
  }

  private Result libraryInParent(Weaving weaving, String holdOrDrop) {
    Path host = WovenProgram.copyOfPackage(DiscardingHost.class, directory.resolve("host"));
    List<String> arguments = WovenProgram.arguments(DiscardingHost.class, weaving, host);
    arguments.addAll(
        List.of(
            program(weaving).toString(),
            DiscardedProgram.class.getName(),
            "use",
            "flush",
            holdOrDrop));
    return run(arguments);
  }

  private Path program(Weaving weaving) {
    return WovenProgram.prepare(DiscardedProgram.class, weaving, directory.resolve("program"));
  }

  private Result run(List<String> arguments) {
    List<String> all = new ArrayList<>();
    all.add("--enable-native-access=ALL-UNNAMED");
    // The JDK holds some classes softly, until memory is wanted.
    all.add("-XX:SoftRefLRUPolicyMSPerMB=0");
    all.addAll(arguments);
    Map<String, String> environment =
        Map.of(
            "AUTO_SKILL_TELEMETRY_DB",
            database().toString(),
            "XDG_CACHE_HOME",
            directory.resolve("cache").toString());
    return JavaProcess.run(directory, environment, all);
  }

  private Path database() {
    return directory.resolve("telemetry").resolve("telemetry.db");
  }
}
