package dev.autoskill.telemetry.aspect;

/**
 * Records each execution of the methods that {@link #skill()} picks out.
 *
 * <p>The advice is before and after, not around: the method's body stays where it is, so stack
 * traces, reflection and the objects returned and thrown are those of the unwoven method.
 */
public abstract aspect SkillAspect {

  /** The executions to record. */
  protected abstract pointcut skill();

  after() returning : skill() {
    SkillCalls.returned(thisJoinPointStaticPart);
  }

  after() throwing : skill() {
    SkillCalls.threw(thisJoinPointStaticPart);
  }

  // Last, so that it runs outside of what the other two watch: if it failed, they would not run.
  before() : skill() {
    SkillCalls.entered(thisJoinPointStaticPart);
  }
}
