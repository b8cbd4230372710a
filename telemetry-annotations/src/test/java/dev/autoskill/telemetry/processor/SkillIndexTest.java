package dev.autoskill.telemetry.processor;

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
  void anAnnotationOfAClassHoldsForItsSubclassesAndOfAnInterfaceForItsDefaultMethods()
      throws IOException {
    compile(
        List.of("-Aautoskill.telemetry.warnings=false"),
        TRACKED + " interface Tool { void f(); default void g() {} }",
        TRACKED + " interface Abstract { void f(); }",
        "class Implementing implements Tool, Abstract { public void f() {} }",
        TRACKED + " class Base { public void f() {} static void g() {} }",
        "class Derived extends Base { public void f(int i) {} }",
        "class Indirect extends Derived { @Override public void f() {} }",
        "class Hidden extends Base { void g(int i) {} }",
        "class Left extends Base { " + TRACKED + "(ignore = true) @Override public void f() {} }",
        TRACKED + "(ignore = true) class Without extends Base { public void h() {} }");

    assertListed("Base", "Derived", "Indirect", "Tool");
  }

  @Test
  void aTeamsOwnAnnotationHoldsForSubclassesIfItIsInherited() throws IOException {
    compile(
        List.of(),
        TRACKED + " @interface AgentTool {}",
        "@java.lang.annotation.Inherited " + TRACKED + " @interface InheritedTool {}",
        "@AgentTool class One { public void f() {} }",
        "class OfOne extends One { @Override public void f() {} }",
        "@InheritedTool class Other { public void f() {} }",
        "class OfOther extends Other { @Override public void f() {} }");

    assertListed("OfOther", "One", "Other");
  }

  @Test
  void theNearestSuperclassThatHandsAnAnnotationDownCounts() throws IOException {
    compile(
        List.of(),
        "@java.lang.annotation.Inherited " + TRACKED + " @interface InheritedTool {}",
        TRACKED + "(ignore = true) class Far {}",
        "@InheritedTool class Near extends Far { public void f() {} }",
        "class OfNear extends Near { @Override public void f() {} }");

    assertListed("Near", "OfNear");
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
  void classesWhoseSuperclassIsNoLongerAnnotatedLeaveTheList() throws IOException {
    compile(
        List.of(),
        TRACKED + " abstract class Tool { public abstract void f(); }",
        "class Outer { static class Inner extends Tool { public void f() {} } }",
        REVIEWER);
    assertListed("Outer$Inner", "Reviewer");
    compile(List.of(), "abstract class Tool { public abstract void f(); }");

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
    compile(List.of("-classpath", Compiler.product()), "class Other {}");

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
