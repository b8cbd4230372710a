package skills.sabotage;

import org.aspectj.lang.JoinPoint;
import org.aspectj.lang.annotation.Aspect;
import org.aspectj.lang.annotation.Before;
import skills.chaos.Sabotage;

/**
 * Lets any method and any constructor of the library fail, but for those that are the last to see a
 * fault and have nobody behind them: the advice and what it calls directly, what others' stages and
 * publishers call, what skills call themselves, and the counter of faults.
 */
@Aspect
public final class Saboteur {

  private static final Saboteur ONLY = new Saboteur();

  private Saboteur() {}

  /** Added as ajc would add it, if it compiled this. */
  public static Saboteur aspectOf() {
    return ONLY;
  }

  @Before(
      "(execution(* dev.autoskill.telemetry..*.*(..))"
          + " || execution(dev.autoskill.telemetry..*.new(..)))"
          + " && !within(dev.autoskill.telemetry.aspect.*Aspect)"
          + " && !within(dev.autoskill.telemetry.recording.Faults)"
          + " && !within(dev.autoskill.telemetry.outcome.JdkObserver.*)"
          + " && !execution(* dev.autoskill.telemetry.outcome.JdkObserver.lambda*(..))"
          + " && !execution(* dev.autoskill.telemetry.outcome.PendingUse.accept(..))"
          + " && !within(dev.autoskill.telemetry.annotations.CurrentSkill)"
          + " && !execution(* dev.autoskill.telemetry.annotations.running.RunningSkills.mark(..))"
          + " && !execution(* dev.autoskill.telemetry.annotations.running.RunningSkills.depth())"
          + " && !execution(public static * dev.autoskill.telemetry.aspect.SkillCalls.*(..))"
          + " && !execution(* dev.autoskill.telemetry.aspect.SkillCalls.swallow(..))"
          + " && !execution(* *.countFault(..))")
  public void strike(JoinPoint.StaticPart point) {
    Sabotage.strike(point.getSignature().toLongString());
  }
}
