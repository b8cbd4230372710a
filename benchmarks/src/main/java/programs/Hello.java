package programs;

import dev.autoskill.telemetry.annotations.TrackedSkill;

/** The smallest program with a skill. Unwoven, it is a plain one. */
public final class Hello {

  private Hello() {}

  /**
   * Uses the skill once.
   *
   * @param arguments are not used
   */
  public static void main(String[] arguments) {
    System.out.println(greet("agent"));
  }

  @TrackedSkill("greet")
  private static String greet(String name) {
    return "hello ".concat(name);
  }
}
