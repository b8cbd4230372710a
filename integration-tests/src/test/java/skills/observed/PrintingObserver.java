package skills.observed;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.listener.UseObserver;

/** Makes a use current while its body runs, and prints what it is told. */
public final class PrintingObserver implements UseObserver {

  static final ThreadLocal<String> CURRENT = ThreadLocal.withInitial(() -> "none");

  @Override
  public Use began(Skill skill, String agentId) {
    if (skill.name().equals("unobservable")) {
      throw new IllegalStateException();
    }
    String before = CURRENT.get();
    CURRENT.set(skill.name());
    System.out.println(skill.name() + " in " + before);
    return new Use() {
      @Override
      public void left() {
        CURRENT.set(before);
      }

      @Override
      public void ended(Outcome outcome, long startNanos, long endNanos, Class<?> thrown) {
        String why = thrown == null ? "" : " by " + thrown.getSimpleName();
        System.out.println("ended: " + skill.name() + " " + outcome + why);
      }
    };
  }
}
