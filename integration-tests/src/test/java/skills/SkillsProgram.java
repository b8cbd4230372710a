package skills;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Uses every skill and prints what a caller can observe. Its output must not depend on whether it
 * is woven.
 */
public final class SkillsProgram {

  private final Reviewer reviewer = new Reviewer();

  public static void main(String[] args) {
    new SkillsProgram().run();
  }

  private void run() {
    returnsSame("returns", reviewer::returns);
    reviewer.returnsNothing();
    print("returns-null", reviewer.returnsNull());
    print("returns-primitive", reviewer.returnsPrimitive(Long.MAX_VALUE - 1));
    throwsSame("throws-checked", reviewer::throwsChecked, Reviewer.CHECKED);
    throwsSame("throws-error", this::callThrowsError, Reviewer.ERROR);
    printStackTrace("throws-from-below", () -> reviewer.throwsFromBelow(new int[0]));
    print("catches-its-own", reviewer.catchesItsOwn());
    returnsSame("static", Reviewer::isStatic);
    returnsSame("private", reviewer::callsPrivate);
    returnsSame("final", reviewer::isFinal);
    returnsSame("synchronized", reviewer::isSynchronized);
    returnsSame("overloaded", reviewer::overloaded);
    print("recursive", reviewer.factorial(5));
    print("generic", reviewer.<Integer>greatest(List.of(1, 3, 2)));
    print("generic", reviewer.<String>greatest(List.of("a", "c", "b")));
    Review<String> review = reviewer;
    returnsSame("through-interface", () -> review.review("subject"));
    returnsSame("default-method", () -> review.reviewTwice("subject"));
    returnsSame("unnamed", reviewer::unnamed);
    returnsSame("attributed", reviewer::attributed);
    returnsSame("not-a-skill", reviewer::notASkill);
  }

  private Object callThrowsError() {
    reviewer.throwsError();
    return null;
  }

  private static void returnsSame(String skill, Callable<?> use) {
    try {
      print(skill, use.call() == Reviewer.RESULT ? "the same object" : "ANOTHER OBJECT");
    } catch (Exception e) {
      print(skill, "UNEXPECTED " + e);
    }
  }

  private static void throwsSame(String skill, Callable<?> use, Throwable expected) {
    try {
      print(skill, "RETURNED " + use.call());
    } catch (Throwable thrown) {
      print(skill, thrown == expected ? "the same " + thrown : "ANOTHER " + thrown);
    }
  }

  private static void printStackTrace(String skill, Callable<?> use) {
    try {
      print(skill, "RETURNED " + use.call());
    } catch (Exception thrown) {
      print(skill, thrown + " at " + withoutFramesOfSkills(thrown.getStackTrace()));
    }
  }

  /** The weaver adds some to the skill's own; the line where it was thrown stays the first. */
  private static String withoutFramesOfSkills(StackTraceElement[] trace) {
    String skills = Reviewer.class.getName();
    return trace[0].getLineNumber()
        + Arrays.stream(trace)
            .filter(frame -> !frame.getClassName().equals(skills))
            .toList()
            .toString();
  }

  private static void print(String skill, Object observed) {
    System.out.println(skill + ": " + observed);
  }
}
