package dev.autoskill.telemetry.processor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.autoskill.telemetry.processor.Compiler.Message;
import dev.autoskill.telemetry.processor.Compiler.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarningsTest {

  private static final String IMPORT = "import dev.autoskill.telemetry.annotations.TrackedSkill;\n";

  private static final String ADVICE =
      " (to silence this: @SuppressWarnings(\"autoskill-telemetry\")"
          + " or -Aautoskill.telemetry.warnings=false)";

  private static final String ABSTRACT =
      "abstract methods are not tracked: annotate what implements them";

  private static final String NATIVE = "native methods are not tracked: annotate a caller";

  private static final String IGNORED = "with ignore = true the other attributes mean nothing";

  @TempDir private Path output;

  @Test
  void anAbstractMethodIsNotTracked() throws IOException {
    assertWarns(
        4,
        ABSTRACT,
        """
        abstract class Reviewer {
          @Deprecated
          @TrackedSkill("review")
          abstract void review();
        }
        """);
  }

  @Test
  void aMethodOfAnInterfaceIsNotTracked() throws IOException {
    assertWarns(
        3,
        ABSTRACT,
        """
        interface Reviewer {
          @TrackedSkill("review")
          void review();

          @TrackedSkill("lint")
          default void lint() {}

          @TrackedSkill("test")
          static void test() {}
        }
        """);
  }

  @Test
  void anAbstractMethodOfEveryKindOfTypeIsFound() throws IOException {
    assertWarns(
        4,
        ABSTRACT,
        """
        enum Reviewer {
          STRICT { @Override void review() {} };
          @TrackedSkill abstract void review();
        }
        """);
    assertWarns(
        4,
        ABSTRACT,
        """
        class Outer {
          record Middle() {
            interface Inner { @TrackedSkill void review(); }
          }
        }
        """);
  }

  @Test
  void theImplementationsOfAnAnnotatedInterfaceAreNotTracked() throws IOException {
    assertWarns(
        2,
        "only default and static methods of Reviewer are tracked, not those of classes that"
            + " implement it: annotate these as well",
        """
        @TrackedSkill
        interface Reviewer {
          void review();

          default void close() {}
        }
        """);
  }

  @Test
  void theSubclassesOfAnAnnotatedClassAreTracked() throws IOException {
    assertWarnsOfNothing(
        """
        @TrackedSkill
        abstract class Reviewer {
          @TrackedSkill("review")
          public abstract void review();

          @TrackedSkill(ignore = true)
          public abstract void close();
        }
        """);
    assertWarns(
        4,
        ABSTRACT,
        """
        @TrackedSkill
        abstract class Reviewer {
          @TrackedSkill("review") abstract void review();
          public void lint() {}
        }
        """);
  }

  @Test
  void aNativeMethodIsNotTracked() throws IOException {
    assertWarns(
        3,
        NATIVE,
        """
        class Reviewer {
          @TrackedSkill
          native void review();
        }
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@TrackedSkill class Reviewer { void review() {} private void lint() {} }",
        "@TrackedSkill class Reviewer { public Reviewer() {} public int reviews; }",
        "@TrackedSkill class Reviewer { public native void review(); }",
        "@TrackedSkill class Reviewer { @TrackedSkill(ignore = true) public void review() {} }",
        "@TrackedSkill class Reviewer { static class Inner { public void review() {} } }",
        "@TrackedSkill interface Reviewer { void review(); }",
      })
  void aTypeWithoutAPublicMethodOfItsOwnTracksNothing(String source) throws IOException {
    assertWarns(
        2,
        "nothing is tracked here: Reviewer declares no public method that could be;"
            + " annotate methods instead",
        source);
  }

  @Test
  void aSuspendFunctionIsTracked() throws IOException {
    String continuation = "package kotlin.coroutines; public interface Continuation<T> {}";
    String reviewer =
        IMPORT
            + """
            import kotlin.coroutines.Continuation;
            @TrackedSkill
            class Reviewer {
              public Object review(int change, Continuation<? super String> completion) {
                return null;
              }
            }
            """;
    assertEquals(List.of(), compile(List.of(), continuation, reviewer).messages());
  }

  @Test
  void ignoreLeavesTheOtherAttributesWithoutMeaning() throws IOException {
    assertWarns(
        4,
        IGNORED,
        """
        @TrackedSkill("reviewer")
        class Reviewer {
          @TrackedSkill(value = "review", ignore = true) public void review() {}
          @TrackedSkill(value = "lint", ignore = false) public void lint() {}
          @TrackedSkill(ignore = true) public void test() {}
        }
        """);
  }

  @Test
  void aTeamsOwnAnnotationCountsLikeTheLibrarys() throws IOException {
    assertWarns(
        4,
        ABSTRACT,
        """
        interface Reviewer {
          @TrackedSkill @interface AgentTool {}
          @AgentTool void review();
          @Twice void lint();
          @AgentTool @interface Twice {}
        }
        """);
  }

  @Test
  void itsAttributesAreLookedAtWhereTheyStand() throws IOException {
    assertWarns(
        3,
        IGNORED,
        """
        class Reviewer {
          @TrackedSkill(id = "none", ignore = true) @interface NoTool {}
          @NoTool public void review() {}
        }
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class Mapper {}",
        "abstract class Mapper { public Mapper() {} }",
        "class Mapper { public Mapper(int code) {} }",
        "class Mapper { private Mapper() {} }",
        "enum Mapper { ONE }",
        "interface Mapper {}",
      })
  void aClassThatCannotBeInstantiatedIsNoMapper(String mapper) throws IOException {
    Message expected =
        new Message(
            Diagnostic.Kind.WARNING,
            1,
            "p.Mapper cannot be instantiated: it needs to be a class with a public constructor"
                + " without parameters"
                + ADVICE);
    assertEquals(List.of(expected), compileWithMapper("package p; " + mapper).messages());
  }

  @Test
  void anInnerClassIsNoMapper() throws IOException {
    String inner = "package p; class Mapper { public class Inner { public Inner() {} } }";
    List<Message> messages = compileWithMapper(inner, "Mapper.Inner").messages();

    assertEquals(1, messages.size());
    assertTrue(messages.get(0).text().startsWith("p.Mapper.Inner cannot be instantiated"));
  }

  @Test
  void aClassThatCanBeInstantiatedIsAMapper() throws IOException {
    assertEquals(List.of(), compileWithMapper("package p; public class Mapper {}").messages());
    assertEquals(
        List.of(), compileWithMapper("package p; class Mapper { public Mapper() {} }").messages());
  }

  @Test
  void warningsCanBeSuppressedInTheSource() throws IOException {
    assertWarnsOfNothing(
        """
        interface Reviewer {
          @SuppressWarnings("autoskill-telemetry")
          @TrackedSkill
          void review();
        }
        """);
    assertWarnsOfNothing(
        """
        @SuppressWarnings({"unchecked", "autoskill-telemetry"})
        class Outer {
          @TrackedSkill class Empty {}
          interface Inner { @TrackedSkill(id = "x", ignore = true) void review(); }
        }
        """);
    assertWarns(
        4,
        ABSTRACT,
        """
        @SuppressWarnings("unchecked")
        interface Reviewer {
          @TrackedSkill void review();
        }
        """);
  }

  @Test
  void warningsCanBeTurnedOffByAnOption() throws IOException {
    String source = IMPORT + "interface Reviewer { @TrackedSkill void review(); }";

    assertEquals(
        List.of(), compile(List.of("-Aautoskill.telemetry.warnings=false"), source).messages());
    assertEquals(List.of(), compile(List.of("-nowarn"), source).messages());
    assertEquals(
        warning(2, ABSTRACT),
        compile(List.of("-Aautoskill.telemetry.warnings=true"), source).messages());
  }

  @Test
  void warningsAreNeverErrorsUnlessTheCompilerIsToldSo() throws IOException {
    String source = IMPORT + "interface Reviewer { @TrackedSkill void review(); }";

    assertTrue(compile(List.of(), source).isSuccess());
    assertEquals(false, compile(List.of("-Werror"), source).isSuccess());
  }

  private void assertWarns(long line, String text, String source) throws IOException {
    assertEquals(warning(line, text), compile(List.of(), IMPORT + source).messages());
  }

  private void assertWarnsOfNothing(String source) throws IOException {
    assertEquals(List.of(), compile(List.of(), IMPORT + source).messages());
  }

  private static List<Message> warning(long line, String text) {
    return List.of(new Message(Diagnostic.Kind.WARNING, line, text + ADVICE));
  }

  private Result compile(List<String> options, String... sources) throws IOException {
    return new Compiler(output).compile(options, sources);
  }

  private Result compileWithMapper(String mapper) throws IOException {
    return compileWithMapper(mapper, "Mapper");
  }

  /** The annotation is a stand-in, so that the test holds for any name of the attribute. */
  private Result compileWithMapper(String mapper, String name) throws IOException {
    String annotation =
        """
        package dev.autoskill.telemetry.annotations;
        public @interface TrackedSkill {
          Class<?> mapper() default Object.class;
          Class<?>[] skippedOn() default {};
        }
        """;
    String reviewer =
        "package p; class Reviewer { @dev.autoskill.telemetry.annotations.TrackedSkill(mapper = "
            + name
            + ".class, skippedOn = Runnable.class) void review() {} }";
    return compile(List.of(), annotation, mapper, reviewer);
  }
}
