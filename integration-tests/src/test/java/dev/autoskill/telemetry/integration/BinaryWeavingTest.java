package dev.autoskill.telemetry.integration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
