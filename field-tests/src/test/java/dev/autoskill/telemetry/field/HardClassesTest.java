package dev.autoskill.telemetry.field;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Classes at the limits of what a class may be, or that the JVM loads in an unusual order. */
class HardClassesTest {

  private static final Map<String, String> STATIC_INIT =
      Map.of("search.ask", "success success success");

  /** A publisher whose type only the caller knows is returned as it is, and the use ends there. */
  private static final Map<String, String> GENERIC_PUBLISHER =
      Map.of("identity", "success", "repo.find", "success");

  /** Of each method that runs: one, "catching", does not, woven or not. */
  private static final Map<String, String> MISSING =
      Map.of(
          "one", "success",
          "annotated", "success",
          "annotated-type", "success",
          "typed.ok", "success",
          "param", "success",
          "skippedOn-missing", "success",
          "missing-param", "success",
          "branch", "success");

  private static final int PARAMETERS = 253;
  private static final int STATEMENTS = 7280;
  private static final int METHODS = 9000;
  private static final int CONSTANTS = 65_200;

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> useWhileTheSuperclassIsBeingInitialised() {
    return new FieldProgram(directory, "Main", "static-init").records(STATIC_INIT, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> typeThatIsMissingElsewhereInTheClass() {
    return new FieldProgram(directory, "Main", "missing").without("opt").records(MISSING, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> publisherOfATypeVariable() {
    return new FieldProgram(directory, "Main", "generic-publisher")
        .records(GENERIC_PUBLISHER, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> asManyParametersAsThereCanBe() {
    write(
        """
        class P {
          @TrackedSkill("plain") int plain(%s) { return p253; }
          @TrackedSkill("stat") static int stat(%s) { return p254; }
        }
        class Q {
          @TrackedSkill("pub") java.util.concurrent.Flow.Publisher<Integer> pub(%s) { return null; }
        }
        public class Main {
          public static void main(String[] a) {
            System.out.println(new P().plain(%s) + P.stat(%s));
            System.out.println(new Q().pub(%s));
          }
        }
        """
            .formatted(
                parameters(254),
                parameters(255),
                parameters(PARAMETERS),
                arguments(254),
                arguments(255),
                arguments(PARAMETERS)));
    return recordsOrNames(Map.of("plain", "P", "stat", "P", "pub", "Q"));
  }

  @TestFactory
  Stream<DynamicTest> methodOfAlmost64Kilobytes() {
    write(
        """
        class Big {
          @TrackedSkill("big") static int run(int a) {
            int x = a;
            %s
            return x;
          }
          @TrackedSkill("small") static int small(int a) { return a + 1; }
        }
        public class Main {
          public static void main(String[] a) {
            System.out.println(Big.run(7) + " " + Big.small(7));
          }
        }
        """
            .formatted(joined(STATEMENTS, "x = x * 31 + %d;", 1000)));
    return recordsOrNames(Map.of("big", "Big", "small", "Big"));
  }

  @TestFactory
  @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "takes a minute")
  Stream<DynamicTest> thousandsOfSkills() {
    write(
        """
        @TrackedSkill("many") class Many {
          %s
        }
        public class Main {
          public static void main(String[] a) {
            System.out.println(Many.m0(1) + Many.m%d(1));
          }
        }
        """
            .formatted(
                joined(METHODS, "public static int m%1$d(int a) { return a + %1$d; }", 0),
                METHODS - 1));
    return recordsOrNames(Map.of("many.m0", "Many", "many.m" + (METHODS - 1), "Many"));
  }

  @TestFactory
  Stream<DynamicTest> fullConstantPool() {
    int chunk = 6520;
    String methods =
        IntStream.range(0, CONSTANTS / chunk)
            .mapToObj(
                i ->
                    "static int c%d() { int x = 0; %s return x; }"
                        .formatted(i, joined(chunk, "x += %d;", 1_000_000 + i * chunk)))
            .collect(Collectors.joining("\n"));
    write(
        """
        class Full {
          %s
          @TrackedSkill("full") static int full() { return c0(); }
        }
        public class Main {
          public static void main(String[] a) { System.out.println(Full.full()); }
        }
        """
            .formatted(methods));
    return recordsOrNames(Map.of("full", "Full"));
  }

  private static String parameters(int count) {
    return IntStream.range(0, count).mapToObj(i -> "int p" + i).collect(Collectors.joining(", "));
  }

  private static String arguments(int count) {
    return IntStream.range(0, count).mapToObj(i -> "1").collect(Collectors.joining(", "));
  }

  private static String joined(int count, String format, int first) {
    return IntStream.range(first, first + count)
        .mapToObj(i -> format.formatted(i))
        .collect(Collectors.joining("\n"));
  }

  private void write(String text) {
    String all = "import dev.autoskill.telemetry.annotations.TrackedSkill;\n" + text;
    FieldProgram.write(directory.resolve("sources").resolve("Main.java"), all);
  }

  /**
   * The program does what it does unwoven, and each skill is either recorded, or the diagnostics
   * name its class.
   *
   * @param classes the class of each skill
   */
  private Stream<DynamicTest> recordsOrNames(Map<String, String> classes) {
    FieldProgram program =
        new FieldProgram(directory, "Diagnosed", "diagnosed")
            .withSources(directory.resolve("sources"))
            .withArguments("Main");
    Result unwoven = program.run(Way.UNWOVEN);
    assertEquals(0, unwoven.exitCode(), unwoven.err());
    return Way.BY_AGENT.stream()
        .map(way -> dynamicTest(way.name(), () -> check(program, way, unwoven, classes)));
  }

  private static void check(
      FieldProgram program, Way way, Result unwoven, Map<String, String> classes) {
    Result woven = program.run(way);
    List<String> diagnostics = FieldProgram.lines(woven.out(), "DIAGNOSTICS .*");
    Map<String, String> uses = program.uses(way);
    List<String> lost =
        classes.keySet().stream()
            .filter(skill -> !uses.containsKey(skill))
            .filter(skill -> !isNamed(classes.get(skill), diagnostics))
            .toList();
    assertAll(
        () -> assertEquals(List.of(), lost, () -> uses + " " + diagnostics),
        () -> assertEquals(others(unwoven), others(woven)),
        () -> assertEquals(unwoven.err(), woven.err()),
        () -> assertEquals(List.of("err.txt", "out.txt"), program.leftBehind(way)));
  }

  private static boolean isNamed(String type, List<String> diagnostics) {
    return diagnostics.stream().anyMatch(line -> line.matches(".*\\b" + type + "\\b.*"));
  }

  private static List<String> others(Result result) {
    return FieldProgram.lines(result.out(), "(?!DIAGNOSTICS ).*");
  }
}
