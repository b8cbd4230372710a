package dev.autoskill.telemetry.aspect;

import dev.autoskill.telemetry.annotations.TrackedSkill;

/** Records each execution of a method annotated {@link TrackedSkill}. */
public final aspect TrackedSkillAspect extends SkillAspect {

  /** Executions only: the annotation alone would also pick out the calls, and count each use twice. */
  protected pointcut skill() : execution(@TrackedSkill * *(..));
}
