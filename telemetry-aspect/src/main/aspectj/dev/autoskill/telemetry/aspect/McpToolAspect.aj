package dev.autoskill.telemetry.aspect;

/** Records each execution of a method that an MCP server offers: one annotated {@code McpTool}. */
public final aspect McpToolAspect extends SkillAspect {

  /** Wildcards, since the weaver complains about types that are not there. */
  protected pointcut skill():
    execution(@(org.springframework.ai.mcp.*.McpTool
        || org.springaicommunity.mcp.*.McpTool) * *(..));
}
