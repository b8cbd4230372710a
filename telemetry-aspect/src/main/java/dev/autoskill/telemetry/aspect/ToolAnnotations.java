package dev.autoskill.telemetry.aspect;

import java.util.List;

/** What other frameworks annotate tools with. Public only for the agent. */
public final class ToolAnnotations {

  /**
   * The names of the annotations, which need not be there. Each has a text {@code name}, which is
   * empty where the method's own name is the tool's.
   */
  public static final List<String> NAMES =
      List.of(
          "dev.langchain4j.agent.tool.Tool",
          "org.springframework.ai.tool.annotation.Tool",
          "org.springframework.ai.mcp.annotation.McpTool",
          "org.springaicommunity.mcp.annotation.McpTool");

  private ToolAnnotations() {}
}
