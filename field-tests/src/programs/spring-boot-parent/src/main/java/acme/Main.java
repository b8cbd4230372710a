package acme;
import dev.autoskill.telemetry.annotations.TrackedSkill;
public class Main {
  @TrackedSkill("booted") static String skill() { return "b"; }
  @TrackedSkill("fails") static String failing() { throw new IllegalStateException("x"); }
  public static void main(String[] a) { System.out.println(skill()); try { failing(); } catch (IllegalStateException e) { System.out.println(e.getMessage()); } }
}
