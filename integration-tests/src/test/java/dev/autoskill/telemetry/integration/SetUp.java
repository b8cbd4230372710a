package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import skills.setups.SetUpProgram;

/** The program of the package {@code skills.setups}, to be started in one way after another. */
final class SetUp {

  /** On a slow machine, too, all is spooled when the program ends. */
  private static final String PATIENCE = "-Dautoskill.telemetry.close-timeout=PT1M";

  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
  static final String STOCK_AGENT = "-javaagent:" + WovenProgram.classPathEntry("aspectjweaver");
  static final String OWN_AGENT = "-javaagent:" + Repository.agentJar();

  private static final Map<String, Long> USES =
      new TreeMap<>(Map.of("returns", 1L, "throws", 1L, "future", 1L, "reviewing.review", 2L));

  /** The result of the program as it is. */
  private static Result unwoven;

  private final Path directory;
  private final Path classes;

  /**
   * Makes the program, which is run once as it is, to know what it does.
   *
   * @param directory where all its files go
   */
  SetUp(Path directory) {
    this.directory = directory;
    this.classes =
        WovenProgram.prepare(SetUpProgram.class, Weaving.NONE, directory.resolve("classes"));
    if (unwoven == null) {
      unwoven = run("unwoven", List.of("-cp", libraries(classes), main()));
      assertEquals(4, unwoven.out().lines().count(), unwoven.err());
      assertEquals("", unwoven.err());
    }
  }

  /** The program's classes, not woven. */
  Path classes() {
    return classes;
  }

  static String main() {
    return SetUpProgram.class.getName();
  }

  /** A class path that begins with these and goes on with the library. */
  static String libraries(Path first) {
    return first + File.pathSeparator + WovenProgram.productClassPath();
  }

  /**
   * Starts it, and checks that it does what it does unwoven, and that each use is recorded once.
   *
   * @param name of a folder for this run's files
   */
  void recordsEachUseOnce(String name, List<String> arguments) {
    List<String> all = new ArrayList<>();
    all.add(PATIENCE);
    all.add(NATIVE_ACCESS);
    all.addAll(arguments);
    doesTheSame(name, all);
    assertEquals(USES, Reading.uses(database(name)));
  }

  /** Starts it, and checks only that it does what it does unwoven. */
  void doesTheSame(String name, List<String> arguments) {
    assertEquals(unwoven, run(name, arguments));
  }

  private Result run(String name, List<String> arguments) {
    return JavaProcess.run(
        directory.resolve(name),
        Map.of(
            "AUTO_SKILL_TELEMETRY_DB",
            database(name).toString(),
            "XDG_CACHE_HOME",
            directory.resolve("cache").toString()),
        arguments);
  }

  private Path database(String name) {
    return directory.resolve(name).resolve("telemetry").resolve("telemetry.db");
  }
}
