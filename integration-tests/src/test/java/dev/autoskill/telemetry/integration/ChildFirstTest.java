package dev.autoskill.telemetry.integration;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skills.loaders.ChildFirstHost;

/** A program whose class loader asks its parent only for what it has not got itself. */
class ChildFirstTest {

  @TempDir Path directory;
  private SetUp program;
  private Path host;

  @BeforeEach
  void setUp() {
    program = new SetUp(directory);
    host = WovenProgram.copyOfPackage(ChildFirstHost.class, directory.resolve("host"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isRecordedWithTheLibraryInItsParent(boolean isStock) {
    program.recordsEachUseOnce(
        "parent", arguments(agent(isStock), SetUp.libraries(host), program.classes().toString()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isRecordedWithTheLibraryWithin(boolean isStock) {
    program.recordsEachUseOnce(
        "within", arguments(agent(isStock), host.toString(), SetUp.libraries(program.classes())));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isRecordedWithTheLibraryInBoth(boolean isStock) {
    program.recordsEachUseOnce(
        "both",
        arguments(agent(isStock), SetUp.libraries(host), SetUp.libraries(program.classes())));
  }

  private static String agent(boolean isStock) {
    return isStock ? SetUp.STOCK_AGENT : SetUp.OWN_AGENT;
  }

  private static List<String> arguments(String agent, String classPath, String childsClassPath) {
    return List.of(
        agent, "-cp", classPath, ChildFirstHost.class.getName(), childsClassPath, SetUp.main());
  }
}
