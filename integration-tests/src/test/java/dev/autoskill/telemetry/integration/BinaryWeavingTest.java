package dev.autoskill.telemetry.integration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A jar that is woven without its sources. */
class BinaryWeavingTest {

  @TempDir Path directory;

  static List<List<String>> weavers() {
    return List.of(List.of(), List.of(SetUp.STOCK_AGENT), List.of(SetUp.OWN_AGENT));
  }

  @ParameterizedTest
  @MethodSource("weavers")
  void countsOnceWithAndWithoutAWeaverBesides(List<String> weaver) {
    SetUp program = new SetUp(directory);
    Path jar = Jar.of(program.classes(), directory.resolve("program.jar"));

    Path woven =
        WovenProgram.weave(
            jar.toString(),
            directory.resolve("woven.jar"),
            WovenProgram.classPathEntry("telemetry-aspect"));

    List<String> arguments = new ArrayList<>(weaver);
    arguments.addAll(List.of("-cp", SetUp.libraries(woven), SetUp.main()));
    program.recordsEachUseOnce("woven", arguments);
  }
}
