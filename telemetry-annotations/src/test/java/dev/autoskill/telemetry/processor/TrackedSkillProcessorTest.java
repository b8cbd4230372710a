package dev.autoskill.telemetry.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.processor.Compiler.Message;
import dev.autoskill.telemetry.processor.Compiler.Result;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackedSkillProcessorTest {

  private static final String TRACKED = "@dev.autoskill.telemetry.annotations.TrackedSkill";

  private static final String REVIEWER =
      "@FunctionalInterface interface Reviewer { " + TRACKED + " default void f() {} void g(); }";

  /** One of each kind of method that is woven. */
  private static final String ORDINARY =
      """
      import dev.autoskill.telemetry.annotations.TrackedSkill;
      import java.util.List;

      @TrackedSkill
      public class Ordinary<T extends Comparable<T>> implements Comparable<Ordinary<T>> {
        @Override public int compareTo(Ordinary<T> other) { return 0; }
        @TrackedSkill("a") private static synchronized int a(int... numbers) { return a(numbers); }
        @TrackedSkill(name = "b", id = "b-1", agent = "cursor") protected final <S> S b(S s) { return s; }
        @TrackedSkill(value = "c", ignore = false) Pair c() { return new Pair(1); }
        @TrackedSkill(ignore = true) public void d() {}
        @TrackedSkill(" ") void e(List<? super T> list, T rest) throws Exception {}
        private Ordinary() {}

        @TrackedSkill record Pair(int x) { public int twice() { return 2 * x; } }
        enum Choice { A { @Override @TrackedSkill void f() {} }; @TrackedSkill void f() {} }
        interface Shape { @TrackedSkill default void f() {} @TrackedSkill static void g() {} }
        @TrackedSkill interface Tool { default void f() {} }
        @TrackedSkill("tool") @interface AgentTool { String value() default ""; }
        class Inner { @AgentTool void f() { new Object() { @TrackedSkill void g() {} }.g(); } }
        static { Runnable lambda = () -> a(); }
      }
      """;

  @TempDir private Path output;

  @Test
  void ordinaryCodeIsCompiledWithoutAWord() throws IOException {
    Result result = compile(List.of("-Xlint:all", "-Werror"), ORDINARY);

    assertEquals(List.of(), result.messages());
    assertTrue(result.isSuccess());
  }

  @Test
  void itsOptionsAreKnownToTheCompiler() throws IOException {
    List<String> options =
        List.of(
            "-Xlint:all",
            "-Werror",
            "-Aautoskill.telemetry.warnings=true",
            "-Aautoskill.telemetry.index=true");

    assertEquals(List.of(), compile(options, "class Plain {}").messages());
  }

  @Test
  void aFaultOfItsOwnIsANote() throws IOException {
    Files.createDirectories(output.resolve(SkillIndex.NAME));
    Result result = compile(List.of("-Werror"), REVIEWER);

    assertTrue(result.isSuccess());
    assertEquals(
        List.of(
            new Message(
                Diagnostic.Kind.NOTE,
                -1,
                "@TrackedSkill was not checked: java.lang.IllegalArgumentException")),
        result.messages());
    assertTrue(Files.exists(output.resolve("Reviewer.class")));
  }

  @Test
  void brokenCodeMeetsTheCompilersOwnErrorsOnly() throws IOException {
    String broken =
        "class Broken extends Missing implements Reviewer { @Missing " + TRACKED + "(1) void f( }";
    String unresolved =
        "abstract class Unresolved extends Missing implements Reviewer, Absent { "
            + TRACKED
            + "(value = MISSING) @Absent void f(Gone last) {} }";

    for (String source : List.of(broken, unresolved)) {
      Result result = compile(List.of(), source, REVIEWER);
      assertFalse(result.isSuccess());
      for (Message message : result.messages()) {
        assertEquals(Diagnostic.Kind.ERROR, message.kind(), message.text());
      }
    }
  }

  @Test
  void gradleMayCompileIncrementally() throws IOException {
    String name = "/META-INF/gradle/incremental.annotation.processors";
    try (InputStream in = TrackedSkillProcessor.class.getResourceAsStream(name)) {
      assertEquals(
          TrackedSkillProcessor.class.getName() + ",aggregating\n",
          new String(in.readAllBytes(), UTF_8));
    }
  }

  @Test
  void theAnnotationsWorkWithoutTheCompilersModule() throws Exception {
    compile(
        List.of("-Aautoskill.telemetry.index=false"),
        "class Program { "
            + TRACKED
            + "(\"review\") public static void main(String[] args) throws Exception {"
            + " System.out.print(Program.class.getMethod(\"main\", String[].class)"
            + ".getAnnotation(dev.autoskill.telemetry.annotations.TrackedSkill.class).value());"
            + " System.out.print(ModuleLayer.boot().findModule(\"java.compiler\").isPresent()); } }");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                "java.base",
                "-classpath",
                Compiler.product() + File.pathSeparator + output,
                "Program")
            .redirectErrorStream(true)
            .start();

    assertEquals("reviewfalse", new String(program.getInputStream().readAllBytes(), UTF_8));
    assertEquals(0, program.waitFor());
  }

  private Result compile(List<String> options, String... sources) throws IOException {
    return new Compiler(output).compile(options, sources);
  }
}
