package dev.autoskill.telemetry.aspect;

/**
 * Records each execution of a method that another framework offers to a model: one annotated {@code
 * Tool} of LangChain4j or Spring AI, or {@code McpTool} of an MCP server.
 */
public final aspect ToolAspect extends SkillAspect {

  /** Wildcards, since the weaver complains about types that are not there. */
  protected pointcut skill():
    execution(@(dev.langchain4j.agent.*.Tool
        || org.springframework.ai.tool.*.Tool
        || org.springframework.ai.mcp.*.McpTool
        || org.springaicommunity.mcp.*.McpTool) * *(..));
}
