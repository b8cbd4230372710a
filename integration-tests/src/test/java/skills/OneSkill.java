package skills;

import dev.autoskill.telemetry.annotations.TrackedSkill;

/** The smallest program with a skill. */
public final class OneSkill {

  public static void main(String[] args) {
    System.out.println(greet("agent"));
  }

  @TrackedSkill("greet")
  static String greet(String name) {
    return "hello ".concat(name);
  }
}
