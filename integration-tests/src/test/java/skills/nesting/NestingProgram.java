package skills.nesting;

import dev.autoskill.telemetry.annotations.CurrentSkill;
import dev.autoskill.telemetry.annotations.TrackedSkill;

/** Prints how deep each of its skills runs; unwoven, that is nowhere. */
public final class NestingProgram {

  private NestingProgram() {}

  public static void main(String[] args) {
    outer();
    pickedOut();
    System.out.println("main at " + CurrentSkill.depth());
  }

  @TrackedSkill("outer")
  private static void outer() {
    System.out.println("outer at " + CurrentSkill.depth());
    inner();
    CurrentSkill.partial();
    System.out.println("outer again at " + CurrentSkill.depth());
    System.out.println("recursive at " + recursive(3));
  }

  /** Its mark is its own, not that of the skill that uses it. */
  @TrackedSkill("inner")
  private static void inner() {
    System.out.println("inner at " + CurrentSkill.depth());
    CurrentSkill.skipped();
  }

  /** Only the aspect that is woven at load time knows it. */
  private static void pickedOut() {}

  @TrackedSkill("recursive")
  private static int recursive(int times) {
    return times == 1 ? CurrentSkill.depth() : recursive(times - 1);
  }
}
