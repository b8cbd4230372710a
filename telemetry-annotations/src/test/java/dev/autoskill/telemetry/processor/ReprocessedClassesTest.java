package dev.autoskill.telemetry.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.autoskill.telemetry.processor.Compiler.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * An incremental build, as by Gradle, passes classes instead of the sources that did not change.
 */
class ReprocessedClassesTest {

  private static final String TRACKED = "@dev.autoskill.telemetry.annotations.TrackedSkill";

  private static final String REVIEWER =
      "@SuppressWarnings(\"autoskill-telemetry\") abstract class Reviewer { "
          + TRACKED
          + " abstract void f(); "
          + TRACKED
          + " void g() {} static class Nested { "
          + TRACKED
          + " native void h(); } }";

  private static final String LINTER = "class Linter { " + TRACKED + " void f() {} }";

  /** The compiler accepts classes only if it is told of a processor, as Gradle does. */
  private static final List<String> NAMED =
      List.of("-processor", TrackedSkillProcessor.class.getName());

  @TempDir private Path output;

  @Test
  @EnabledForJreRange(min = JRE.JAVA_18)
  void aSuppressedWarningDoesNotComeBack() throws IOException {
    Compiler compiler = new Compiler(output);
    compiler.compile(List.of(), REVIEWER);
    Result again = compiler.compile(NAMED, List.of("Reviewer"), LINTER);

    assertEquals(List.of(), again.messages());
  }

  @Test
  void theIndexIsMadeOfBoth() throws IOException {
    Compiler compiler = new Compiler(output);
    compiler.compile(List.of(), REVIEWER);
    Files.delete(output.resolve(SkillIndex.NAME));
    compiler.compile(NAMED, List.of("Reviewer"), LINTER);

    assertEquals(List.of(SkillIndex.HEADER, "Linter", "Reviewer"), compiler.index());
  }
}
