package dev.autoskill.telemetry.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import dev.autoskill.telemetry.integration.WovenProgram.Weaving;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import skills.junit.PlainSearches;
import skills.junit.RunTests;
import skills.junit.Searches;

/** Tests of skills, which the JUnit of a user runs in a JVM of its own. */
class JunitExtensionTest {

  /** Tells the library that tests run, where no runner is that it knows. */
  private static final String TESTS = "-Dautoskill.telemetry.tests=true";

  private enum Junit {
    /** Of this build. */
    NEWEST,
    /** The first one that is supported, which the build has put there. */
    FIRST;

    String classPath() throws IOException {
      if (this == NEWEST) {
        return String.join(
            File.pathSeparator,
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> isJunit(Path.of(entry).getFileName().toString()))
                .toList());
      }
      try (Stream<Path> jars = Files.list(Path.of("target", "junit-5.10"))) {
        return String.join(
            File.pathSeparator, jars.map(jar -> jar.toAbsolutePath().toString()).toList());
      }
    }

    private static boolean isJunit(String jar) {
      return jar.matches("(junit-(jupiter|platform)|opentest4j|apiguardian).*\\.jar");
    }
  }

  @TempDir Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private Path home;
  private Path temporary;

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectory(directory.resolve("home"));
    temporary = Files.createDirectory(directory.resolve("tmp"));
    environment.put("HOME", home.toString());
    environment.put("XDG_CACHE_HOME", "");
  }

  private Result run(Junit junit, Weaving weaving, Class<?> tests, String... jvmArguments)
      throws IOException {
    Path classes = WovenProgram.prepare(RunTests.class, weaving, directory.resolve("classes"));
    List<String> arguments = new ArrayList<>(List.of(jvmArguments));
    arguments.add("--enable-native-access=ALL-UNNAMED");
    arguments.add("-Djava.io.tmpdir=" + temporary);
    if (weaving == Weaving.AGENT) {
      arguments.add(SetUp.OWN_AGENT);
    }
    arguments.add("-cp");
    arguments.add(
        String.join(
            File.pathSeparator,
            classes.toString(),
            WovenProgram.productClassPath(),
            WovenProgram.classPathEntry("telemetry-junit"),
            junit.classPath()));
    arguments.add(RunTests.class.getName());
    arguments.add(tests.getName());
    return JavaProcess.run(directory.resolve("run"), environment, arguments);
  }

  private static List<Path> filesIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"NEWEST, AGENT", "NEWEST, COMPILE_TIME", "FIRST, AGENT"})
  void testsThatRunAtOnceSeeTheirOwnUsesAlsoInCi(Junit junit, Weaving weaving) throws IOException {
    environment.put("CI", "true");
    environment.put("DO_NOT_TRACK", "1");

    Result result = run(junit, weaving, Searches.class, TESTS);

    assertEquals("100 succeeded, 0 failed, 0 aborted\n", result.out(), result.err());
    assertEquals("", result.err());
    assertEquals(List.of(), filesIn(home));
    assertEquals(List.of(), filesIn(temporary));
  }

  @Test
  void theExtensionNeedsNoRunnerThatIsKnown() throws IOException {
    Result result = run(Junit.NEWEST, Weaving.COMPILE_TIME, Searches.class);

    assertEquals("100 succeeded, 0 failed, 0 aborted\n", result.out(), result.err());
    assertEquals(List.of(), filesIn(home));
    assertEquals(List.of(), filesIn(temporary));
  }

  @Test
  void whoWantsNoTelemetryAtAllGetsNone() throws IOException {
    environment.put("AUTO_SKILL_NO_TELEMETRY", "1");

    Result result = run(Junit.NEWEST, Weaving.COMPILE_TIME, Searches.class, TESTS);

    assertEquals("0 succeeded, 0 failed, 100 aborted\n", result.out(), result.err());
    assertEquals(List.of(), filesIn(home));
    assertEquals(List.of(), filesIn(temporary));
  }

  @ParameterizedTest
  @EnumSource(names = {"AGENT", "COMPILE_TIME"})
  void withoutTheExtensionNothingIsRecorded(Weaving weaving) throws IOException {
    Result result = run(Junit.NEWEST, weaving, PlainSearches.class, TESTS);

    assertEquals("1 succeeded, 0 failed, 0 aborted\n", result.out(), result.err());
    assertEquals(List.of(), filesIn(home));
    assertEquals(List.of(), filesIn(temporary));
  }

  @Test
  void elsewhereTheSameUseIsRecorded() throws IOException {
    run(Junit.NEWEST, Weaving.COMPILE_TIME, PlainSearches.class);

    assertNotEquals(List.of(), filesIn(home));
  }
}
