package dev.autoskill.telemetry.field;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A use counts once, under the name its author wrote, whatever a compiler adds to the method. */
class OtherCompilersTest {

  private static final Map<String, String> GROOVY =
      Map.of(
          "gr.search", "success success success success",
          "gr.throws", "failure",
          "gr.closure", "success",
          "gr.static", "success success success",
          "bean.of", "success",
          "bean.describe", "success success success",
          "bean.closing", "success");

  private static final Map<String, String> SCALA =
      Map.of(
          "sc.default", "success success",
          "sc.generic", "success",
          "sc.companion", "success success success",
          "obj.one", "success success",
          "case.score", "success",
          "sc.trait", "success success success",
          "greeter.hello", "success",
          "shape.twice", "success");

  private static final Map<String, String> SCALA_FAILURES =
      Map.of(
          "method", "success",
          "Places.unnamed", "success",
          "future", "failure",
          "throws", "failure",
          "object", "success",
          "trait", "success",
          "case-class", "success");

  private static final Map<String, String> LOMBOK =
      Map.of(
          "note.summary", "success success",
          "note.marked", "success",
          "point.sum", "success",
          "counter.next", "success",
          "counter.fail", "failure");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> groovy() {
    return program("acme.FromJava", "groovy", "languages").records(GROOVY, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> scala() {
    return program("acme.Run", "scala", "languages").records(SCALA, Way.EACH);
  }

  @TestFactory
  @EnabledIfSystemProperty(named = "full", matches = "true", disabledReason = "compiles once more")
  Stream<DynamicTest> scalaThatFails() {
    return program("scalaskills.run", "scala-skills", "languages")
        .records(SCALA_FAILURES, Way.EACH);
  }

  @TestFactory
  Stream<DynamicTest> lombok() {
    return program("acme.Main", "lombok", "lombok").records(LOMBOK, Way.EACH);
  }

  private FieldProgram program(String main, String name, String libraries) {
    return new FieldProgram(directory, main, name).withLibraries(libraries);
  }
}
