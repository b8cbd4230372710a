package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.TrackedSkill;

/**
 * Records each execution of a method that is annotated {@link TrackedSkill}, itself or through its
 * type, directly or by another annotation.
 */
public final aspect TrackedSkillAspect extends SkillAspect {

  /** Executions only: the annotation alone would also pick out the calls, and count each use twice. */
  protected pointcut skill(): (annotated() || ofAnnotatedType()) && !leftOut() && !ofProxy();

  private pointcut annotated():
    execution(@(TrackedSkill || @TrackedSkill *) * *(..));

  private pointcut ofAnnotatedType():
    execution(public * (@(TrackedSkill || @TrackedSkill *) *).*(..)) && !ofEveryObject();

  private pointcut ofEveryObject():
    execution(String toString()) || execution(int hashCode()) || execution(boolean equals(Object));

  private pointcut leftOut():
    execution(@TrackedSkill(ignore = true) * *(..));

  /** An annotation is a proxy as well, and if it stands for {@link TrackedSkill}, of a skill's type. */
  private pointcut ofProxy(): within(java.lang.reflect.Proxy+);
}
