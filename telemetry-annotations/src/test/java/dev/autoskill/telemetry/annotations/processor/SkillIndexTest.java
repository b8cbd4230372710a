package dev.autoskill.telemetry.annotations.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillIndexTest {

  private static final String TRACKED = "@dev.autoskill.telemetry.annotations.TrackedSkill";

  private static final String REVIEWER = "class Reviewer { " + TRACKED + " void review() {} }";

  private static final String LINTER = "class Linter { " + TRACKED + " void lint() {} }";

  @TempDir private Path output;

  @Test
  void theFileIsSortedAndTheSameEachTime() throws IOException {
    compile(List.of(), REVIEWER, LINTER);

    assertEquals(
        "# autoskill-telemetry tracked-skills 1\nLinter\nReviewer\n",
        Files.readString(output.resolve("META-INF/autoskill-telemetry/tracked-skills"), UTF_8));
  }

  @Test
  void classesAreListedByTheirBinaryNames() throws IOException {
    compile(
        List.of(),
        """
        package p.q;
        public class Outer$ {
          interface Übung { %1$s default void f() {} }
          record Middle() { static class Inner { %1$s private static void f() {} } }
          enum Choice { A { @Override void f() {} }; %1$s final void g() {} abstract void f(); }
        }
        """
            .formatted(TRACKED));

    assertListed("p.q.Outer$$Choice", "p.q.Outer$$Middle$Inner", "p.q.Outer$$Übung");
  }

  @Test
  void onlyClassesWithWovenMethodsAreListed() throws IOException {
    compile(
        List.of("-Aautoskill.telemetry.warnings=false"),
        "interface Declared { " + TRACKED + " void f(); }",
        "class Implementing implements Declared { public void f() {} }",
        "class Native { " + TRACKED + " native void f(); }",
        TRACKED + " class Hidden { void f() {} }",
        TRACKED + " class Left { " + TRACKED + "(ignore = true) public void f() {} }",
        "class Plain { public void f() {} }",
        REVIEWER);

    assertListed("Reviewer");
  }

  @Test
  void anAnnotatedTypesPublicMethodsAreSkillsWhereverTheirBodiesStand() throws IOException {
    compile(
        List.of(),
        TRACKED
            + " interface Tool { void f(); "
            + TRACKED
            + "(ignore = true) void g(); private void h() {} }",
        "class Direct implements Tool { public void f() {} public void g() {} }",
        "abstract class Partial implements Tool { public void g() {} public void h() {} }",
        "class Indirect extends Partial { public void f() {} }",
        TRACKED + " class Base { public void f() {} static void g() {} }",
        "class Derived extends Base { @Override public void f() {} }",
        "class Other extends Base { public void f(int i) {} }",
        "class Without extends Base { "
            + TRACKED
            + "(ignore = true) @Override public void f() {} }");

    assertListed("Base", "Derived", "Direct", "Indirect");
  }

  @Test
  void aTeamsOwnAnnotationCountsAlsoWhereItWasCompiledBefore() throws IOException {
    compile(List.of(), TRACKED + " public @interface AgentTool {}");
    assertEquals(List.of(), new Compiler(output).index());

    compile(List.of(), "class Reviewer { @AgentTool void review() {} }");
    assertListed("Reviewer");
  }

  @Test
  void classesThatAreNotCompiledAgainStayListed() throws IOException {
    compile(List.of(), REVIEWER, "class Outer { " + LINTER + " }");
    compile(List.of(), "class Tester { " + TRACKED + " void test() {} }");

    assertListed("Outer$Linter", "Reviewer", "Tester");
  }

  @Test
  void classesThatAreNoLongerAnnotatedLeaveTheList() throws IOException {
    compile(List.of(), REVIEWER, LINTER);
    compile(List.of(), "class Reviewer { void review() {} }");

    assertListed("Linter");
  }

  @Test
  void classesWhoseInterfaceIsNoLongerAnnotatedLeaveTheList() throws IOException {
    compile(
        List.of(),
        TRACKED + " interface Tool { void f(); }",
        "class Outer { static class Inner implements Tool { public void f() {} } }",
        REVIEWER);
    assertListed("Outer$Inner", "Reviewer");
    compile(List.of(), "interface Tool { void f(); }");

    assertListed("Reviewer");
  }

  @Test
  void classesThatAreGoneLeaveTheList() throws IOException {
    compile(List.of(), REVIEWER, LINTER, "class Other {}");
    Files.delete(output.resolve("Reviewer.class"));
    compile(List.of(), "class Other {}");

    assertListed("Linter");
  }

  @Test
  void aNestedClassThatIsGoneLeavesTheListWithItsClassFileStillThere() throws IOException {
    compile(List.of(), "class Outer { " + LINTER + " }", REVIEWER);
    compile(List.of(), "class Outer { }");

    assertListed("Reviewer");
  }

  @Test
  void classesStayListedWhereTheCompilerDoesNotReadItsOwnOutput() throws IOException {
    compile(List.of(), REVIEWER, LINTER);
    Files.delete(output.resolve("Linter.class"));
    compile(List.of("-classpath", Compiler.product().toString()), "class Other {}");

    assertListed("Reviewer");
  }

  @Test
  void theLastSkillLeavesAListWithoutNames() throws IOException {
    compile(List.of(), REVIEWER);
    compile(List.of(), "class Reviewer { void review() {} }");

    assertListed();
  }

  @Test
  void whatDidNotChangeIsNotWritten() throws IOException {
    compile(List.of(), REVIEWER);
    Path file = output.resolve(SkillIndex.NAME);
    FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(file, longAgo);
    compile(List.of(), REVIEWER);

    assertEquals(longAgo, Files.getLastModifiedTime(file));
  }

  @Test
  void aListOfAnotherVersionIsReplaced() throws IOException {
    compile(List.of(), LINTER);
    Path file = output.resolve(SkillIndex.NAME);
    Files.writeString(file, "# autoskill-telemetry tracked-skills 2\nLinter=lint\n");
    compile(List.of(), REVIEWER);

    assertListed("Reviewer");
  }

  @Test
  void whereThereIsNoSkillThereIsNoFile() throws IOException {
    compile(List.of(), "class Plain { @Deprecated void f() {} }");

    assertFalse(Files.exists(output.resolve("META-INF")));
  }

  @Test
  void theListCanBeTurnedOff() throws IOException {
    assertTrue(compile(List.of("-Aautoskill.telemetry.index=false"), REVIEWER).isSuccess());

    assertFalse(Files.exists(output.resolve("META-INF")));
  }

  private Compiler.Result compile(List<String> options, String... sources) throws IOException {
    return new Compiler(output).compile(options, sources);
  }

  private void assertListed(String... names) throws IOException {
    List<String> lines = new Compiler(output).index();
    assertEquals(List.of(names), lines.subList(1, lines.size()));
  }
}
