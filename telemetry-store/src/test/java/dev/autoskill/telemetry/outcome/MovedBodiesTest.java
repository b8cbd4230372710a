package dev.autoskill.telemetry.outcome;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MovedBodiesTest {

  @Test
  void theBodyIsWhereItsSourceHasIt() {
    assertEquals(
        List.of("Helper.help:3", "Skills.search:12", "Main.main:7"),
        putBack(
            "Helper.help:3",
            "Skills.search_aroundBody0:12",
            "Skills.search_aroundBody1$advice:64",
            "Skills.search:11",
            "Main.main:7"));
  }

  @Test
  void alsoWhereTheClassWasWovenTwice() {
    assertEquals(
        List.of("Skills.search:12"),
        putBack(
            "Skills.search_aroundBody0:12",
            "Skills.search_aroundBody1$advice:64",
            "Skills.search_aroundBody2:1",
            "Skills.search_aroundBody3$advice:64",
            "Skills.search:11"));
  }

  @Test
  void eachCallHasItsBody() {
    assertEquals(
        List.of("Skills.search:13", "Skills.search:12", "Skills.find:21", "Main.main:7"),
        putBack(
            "Skills.search_aroundBody0:13",
            "Skills.search_aroundBody1$advice:64",
            "Skills.search:11",
            "Skills.search_aroundBody0:12",
            "Skills.search_aroundBody1$advice:64",
            "Skills.search:11",
            "Skills.find_aroundBody2:21",
            "Skills.find_aroundBody3$advice:64",
            "Skills.find:20",
            "Main.main:7"));
  }

  @Test
  void whatOnlyLooksLikeOneStays() {
    for (List<String> trace :
        List.of(
            List.of("Skills.search_aroundBody0:12"),
            List.of("Skills.search_aroundBody0:12", "Skills.search:11"),
            List.of("Skills.search_aroundBody0:12", "Skills.search_aroundBody1$advice:64"),
            List.of("Skills.search_aroundBody1$advice:64", "Skills.search:11"),
            List.of(
                "Skills.search_aroundBody0:12",
                "Skills.search_aroundBody1$advice:64",
                "Skills.find:11"),
            List.of(
                "Skills.search_aroundBody0:12",
                "Other.search_aroundBody1$advice:64",
                "Skills.search:11"),
            List.of("Skills._aroundBody0:12", "Skills._aroundBody1$advice:64", "Skills.a:11"))) {
      assertEquals(trace, putBack(trace.toArray(new String[0])));
    }
  }

  @Test
  void causesAndWhatIsSuppressedHaveTheirsToo() {
    Throwable cause = thrown("A.a_aroundBody0:2", "A.a_aroundBody1$advice:64", "A.a:1");
    Throwable suppressed = thrown("A.b_aroundBody0:4", "A.b_aroundBody1$advice:64", "A.b:3");
    Throwable thrown = new IllegalStateException(cause);
    thrown.addSuppressed(suppressed);
    suppressed.initCause(thrown);

    MovedBodies.putBack(thrown);

    assertEquals(List.of("A.a:2"), trace(cause));
    assertEquals(List.of("A.b:4"), trace(suppressed));
  }

  @Test
  void aTraceWithoutThemIsNotWritten() {
    Throwable thrown =
        new Throwable() {
          private static final long serialVersionUID = 1;

          @Override
          public void setStackTrace(StackTraceElement[] trace) {
            throw new AssertionError();
          }
        };
    StackTraceElement[] before = thrown.getStackTrace();

    MovedBodies.putBack(thrown);

    assertArrayEquals(before, thrown.getStackTrace());
    StackTraceElement[] moved =
        thrown("A.a_aroundBody0:2", "A.a_aroundBody1$advice:6", "A.a:1").getStackTrace();
    Throwable asMoved =
        new Throwable() {
          private static final long serialVersionUID = 1;

          @Override
          public StackTraceElement[] getStackTrace() {
            return moved;
          }

          @Override
          public void setStackTrace(StackTraceElement[] trace) {
            throw new UnsupportedOperationException();
          }
        };
    assertThrows(UnsupportedOperationException.class, () -> MovedBodies.putBack(asMoved));
  }

  @Test
  void aFrameIsShownAsTheJvmShowsIt() {
    StackTraceElement own = new Throwable().getStackTrace()[0];
    Throwable thrown = new Throwable();
    thrown.setStackTrace(
        Stream.of("_aroundBody0", "_aroundBody1$advice", "")
            .map(
                end ->
                    new StackTraceElement(
                        "app",
                        own.getModuleName(),
                        own.getModuleVersion(),
                        own.getClassName(),
                        own.getMethodName() + end,
                        own.getFileName(),
                        own.getLineNumber()))
            .toArray(StackTraceElement[]::new));

    MovedBodies.putBack(thrown);

    assertEquals(own.toString(), thrown.getStackTrace()[0].toString());
    assertEquals(1, thrown.getStackTrace().length);
  }

  private static List<String> putBack(String... frames) {
    Throwable thrown = thrown(frames);
    MovedBodies.putBack(thrown);
    return trace(thrown);
  }

  /** Each frame a class, a method and a line. */
  private static Throwable thrown(String... frames) {
    Throwable thrown = new Throwable();
    thrown.setStackTrace(
        Stream.of(frames)
            .map(frame -> frame.split("[.:]"))
            .map(
                parts ->
                    new StackTraceElement(
                        parts[0], parts[1], parts[0] + ".java", Integer.parseInt(parts[2])))
            .toArray(StackTraceElement[]::new));
    return thrown;
  }

  private static List<String> trace(Throwable thrown) {
    return Stream.of(thrown.getStackTrace())
        .map(
            frame ->
                frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
        .toList();
  }
}
