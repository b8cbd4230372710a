package dev.autoskill.telemetry.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.autoskill.telemetry.integration.JavaProcess.Result;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A use of a Kotlin function counts once, under the name its author wrote. */
class KotlinTest {

  private static final Map<String, String> COROUTINES =
      Map.ofEntries(
          Map.entry("kt.plain", "success"),
          Map.entry("kt.throws", "failure"),
          Map.entry("kt.suspend", "success"),
          Map.entry("kt.deferred", "success"),
          Map.entry("kt.flow", "success"),
          Map.entry("kt.result", "failure"),
          Map.entry("kt.default", "success"),
          Map.entry("kt.block", "success"),
          Map.entry("kt.block2", "success"),
          Map.entry("obj.one", "success"),
          Map.entry("obj.two", "success"),
          Map.entry("typed.a", "success"),
          Map.entry("typed.s", "success"),
          Map.entry("MainKt.topLevel", "success"));

  /** One that never completes or is never collected is no use, and neither is an inlined body. */
  private static final Map<String, String> PLACES_AND_RESULTS =
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
          Map.entry("state-flow", "success"),
          Map.entry("suspending", "success"));

  /** Each from its first call to its last return, however often it is suspended in between. */
  private static final Map<String, String> SUSPENDING =
      Map.ofEntries(
          Map.entry("never-suspended", "success"),
          Map.entry("several-times", "success"),
          Map.entry("tail-call", "success"),
          Map.entry("fails-at-once", "failure"),
          Map.entry("fails-later", "failure"),
          Map.entry("cancelled", "skipped"),
          Map.entry("cleans-up", "skipped"),
          Map.entry("cancels", "skipped"),
          Map.entry("result", "success failure"),
          Map.entry("result-at-once", "failure"),
          Map.entry("deferred", "success"),
          Map.entry("null", "success"),
          Map.entry("marked", "partial"),
          Map.entry("marked-late", "success"),
          Map.entry("unintercepted", "success"),
          Map.entry("intercepted", "success"),
          Map.entry("other-dispatcher", "success"),
          Map.entry("inlined-lock", "success"),
          Map.entry("in-parallel", successes(20)),
          Map.entry("recursive", successes(4 + 3_001)),
          Map.entry("private", "success"),
          Map.entry("default-arguments", "success success"),
          Map.entry("value-class", "success"),
          Map.entry("wide-parameters", "success"),
          Map.entry("generic-method", "success"),
          Map.entry("try-finally", "success"),
          Map.entry("extension", "success"),
          Map.entry("interface-default", "success success"),
          Map.entry("generic", "success"),
          Map.entry("open", "success"),
          Map.entry("overriding", "success"),
          Map.entry("typed.suspending", "success"),
          Map.entry("typed.plain", "success"),
          Map.entry("jvm-static", "success"),
          Map.entry("local", "success"),
          Map.entry("top-level", "success"));

  /** A use is current until its function is suspended, and then its caller's again. */
  private static final List<String> OBSERVED =
      List.of(
          "at-once began in none",
          "at-once runs in at-once",
          "at-once left to none",
          "outer began in none",
          "inner began in outer",
          "inner runs in inner",
          "inner left to outer",
          "outer left to none",
          "inner goes on in none",
          "outer goes on in none",
          "outer goes on in none",
          "fails began in none",
          "fails left to none",
          "caught in none",
          "cancelled began in none",
          "cancelled left to none",
          "suspended in none",
          "finally in none");

  private static final List<String> OBSERVED_ENDS =
      List.of(
          "ended: at-once SUCCESS by null",
          "ended: cancelled SKIPPED by JobCancellationException",
          "ended: fails FAILURE by IllegalStateException",
          "ended: inner SUCCESS by null",
          "ended: outer SUCCESS by null");

  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("overloads", "success success success"),
          Map.entry("back tick", "success"),
          Map.entry("static-overloads", "success success"),
          Map.entry("iface-default", "success success"),
          Map.entry("typed.run", "success success"),
          Map.entry("value-param", "success"),
          Map.entry("value-ret", "success"),
          Map.entry("value-override", "success"),
          Map.entry("generic-int", "success"),
          Map.entry("top-overloads", "success"),
          Map.entry("lambda", "success"));

  private static final Map<String, String> SYNTHETIC =
      Map.of(
          "dflt.run", "success",
          "acc.viaLambda", "success",
          "data.sum", "success",
          "en.low", "success",
          "jvm-static", "success success",
          "iface-default", "success",
          "iface-typed.read", "success",
          "withd.calc", "success");

  private static final Map<String, String> BYTECODE =
      Map.ofEntries(
          Map.entry("sub", "success success success"),
          Map.entry("tryexpr", "success success"),
          Map.entry("inline-ret", "success success"),
          Map.entry("reified", "success success success"),
          Map.entry("tail", "success"),
          Map.entry("seq", "success"),
          Map.entry("uns", "success"),
          Map.entry("op", "success success"),
          Map.entry("destr", "success"),
          Map.entry("null", "success"),
          Map.entry("unit", "success"));

  private static final Map<String, String> DIRTY_RETURN =
      Map.of(
          "elvis-concat", "success success",
          "elvis-arg", "success success",
          "elvis-ctor", "success success",
          "when-arg", "success success",
          "unit-elvis", "success success",
          "simple-elvis", "success success",
          "inline-lambda", "success success",
          "try-arg", "success success",
          "throw-arg", "failure success");

  /**
   * Without methods in interfaces, as older compilers did it: bodies are in {@code DefaultImpls}.
   */
  private static final String WITHOUT_DEFAULT_METHODS = "-jvm-default=disable";

  /** An interface's annotation is for its default methods; such an interface has none. */
  private static final Set<String> BY_TYPE_OF_INTERFACE = Set.of("iface-typed.read");

  @TempDir Path directory;

  private static String successes(int count) {
    return String.join(" ", Collections.nCopies(count, "success"));
  }

  @TestFactory
  Stream<DynamicTest> coroutines() {
    return program("acme.kt.MainKt", "kotlin")
        .comparing("\\d \\S*")
        .printing("5 5")
        .lasting("kt.suspend", 30)
        .records(COROUTINES, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> everyPlaceAndEveryResultThatIsYetToCome() {
    return program("kotlinskills.MainKt", "kotlin-skills")
        .lasting("deferred-slow", 50)
        .records(PLACES_AND_RESULTS, Way.EACH);
  }

  /** Its output says in which thread the caller of each goes on. */
  @TestFactory
  Stream<DynamicTest> suspendFunctions() {
    return program("suspending.MainKt", "kotlin-suspend")
        .lasting("several-times", 40)
        .lasting("tail-call", 20)
        .records(SUSPENDING, Stream.concat(Way.EACH.stream(), Way.TWICE.stream()).toList());
  }

  @TestFactory
  @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "compiles once more")
  Stream<DynamicTest> suspendFunctionsWithoutDefaultMethods() {
    return program("suspending.MainKt", "kotlin-suspend")
        .withCompilerOptions(WITHOUT_DEFAULT_METHODS)
        .records(SUSPENDING, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> anObserverSeesASuspendFunctionAsOneUse() {
    FieldProgram program = program("observed.MainKt", "kotlin-observed");
    return Way.EACH.stream()
        .map(way -> dynamicTest(way.name(), () -> assertObserved(program.run(way))));
  }

  private static void assertObserved(Result result) {
    assertEquals("", result.err());
    Map<Boolean, List<String>> lines =
        result.out().lines().collect(Collectors.partitioningBy(line -> line.startsWith("ended")));
    assertEquals(OBSERVED, lines.get(false));
    assertEquals(OBSERVED_ENDS, lines.get(true).stream().sorted().toList());
  }

  @TestFactory
  Stream<DynamicTest> callsFromKotlinAndJava() {
    return program("Main", "kotlin-calls").records(CALLS, Way.EACH);
  }

  @TestFactory
  @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "compiles once more")
  Stream<DynamicTest> callsWithoutDefaultMethods() {
    return program("Main", "kotlin-calls")
        .withCompilerOptions(WITHOUT_DEFAULT_METHODS)
        .records(CALLS, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> whatTheCompilerMakesUp() {
    return program("Main", "kotlin-synthetic").records(SYNTHETIC, Way.EACH);
  }

  @TestFactory
  @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "compiles once more")
  Stream<DynamicTest> whatTheCompilerMakesUpWithoutDefaultMethods() {
    Map<String, String> expected = new TreeMap<>(SYNTHETIC);
    expected.keySet().removeAll(BY_TYPE_OF_INTERFACE);
    return program("Main", "kotlin-synthetic")
        .withCompilerOptions(WITHOUT_DEFAULT_METHODS)
        .records(expected, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> earlyExits() {
    return program("Main", "kotlin-bytecode").records(BYTECODE, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> exitsInTheMidstOfAnExpression() {
    return program("Main", "kotlin-dirty-return").records(DIRTY_RETURN, Way.EACH);
  }

  private FieldProgram program(String main, String name) {
    return new FieldProgram(directory, main, name).withLibraries("languages");
  }
}
