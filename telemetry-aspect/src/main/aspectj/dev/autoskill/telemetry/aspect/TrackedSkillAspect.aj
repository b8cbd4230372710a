package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.TrackedSkill;

/**
 * Records each execution of a method that is annotated {@link TrackedSkill}, itself or through its
 * type, directly or by another annotation.
 *
 * <p>The weaver decides all of it from the class and its superclasses: a pattern for the declaring
 * type, such as {@code execution(* (@TrackedSkill *).*(..))}, would make it look at all interfaces
 * of all classes of a program.
 */
public final aspect TrackedSkillAspect extends SkillAspect {

  protected pointcut skill(): (annotated() || ofAnnotatedType()) && !ignored();

  private pointcut annotated(): execution(@(TrackedSkill || @TrackedSkill *) * *(..));

  private pointcut ofAnnotatedType():
    execution(public * *(..))
    && (@within(TrackedSkill) || within(@(@TrackedSkill *) *))
    && !ofEveryObject();

  private pointcut ofEveryObject():
    execution(String toString()) || execution(int hashCode()) || execution(boolean equals(Object));

  private pointcut ignored(): execution(@TrackedSkill(ignore = true) * *(..));
}
