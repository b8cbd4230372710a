package dev.autoskill.telemetry.aspect;

/** Records each execution of a method that LangChain4j offers to a model: one annotated {@code Tool}. */
public final aspect LangChain4jToolAspect extends SkillAspect {

  /** A wildcard, since the weaver complains about types that are not there. */
  protected pointcut skill(): execution(@dev.langchain4j.agent.*.Tool * *(..));
}
