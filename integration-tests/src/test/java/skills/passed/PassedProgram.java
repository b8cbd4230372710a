package skills.passed;

import dev.autoskill.telemetry.annotations.TrackedSkill;

/** A program whose methods another aspect than this library's has been woven into. */
public final class PassedProgram {

  private PassedProgram() {}

  public static void main(String[] args) {
    System.out.println(greet("agent"));
  }

  @TrackedSkill("greet")
  static String greet(String name) {
    return "hello ".concat(name);
  }
}
