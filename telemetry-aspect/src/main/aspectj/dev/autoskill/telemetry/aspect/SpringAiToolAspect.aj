package dev.autoskill.telemetry.aspect;

/** Records each execution of a method that Spring AI offers to a model: one annotated {@code Tool}. */
public final aspect SpringAiToolAspect extends SkillAspect {

  /** A wildcard, since the weaver complains about types that are not there. */
  protected pointcut skill(): execution(@org.springframework.ai.tool.*.Tool * *(..));
}
