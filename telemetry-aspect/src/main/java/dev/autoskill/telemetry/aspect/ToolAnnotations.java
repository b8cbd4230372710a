package dev.autoskill.telemetry.aspect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The annotations by which other frameworks offer a method to a model as a tool. They go by their
 * names, so none of the frameworks has to be there. Public only for the agent.
 */
public final class ToolAnnotations {

  /**
   * The names of the annotations. Each has a text {@code name}, which is left out where the
   * method's own name is the tool's.
   */
  public static final List<String> NAMES =
      List.of(
          "dev.langchain4j.agent.tool.Tool",
          "org.springframework.ai.tool.annotation.Tool",
          "org.springframework.ai.mcp.annotation.McpTool",
          "org.springaicommunity.mcp.annotation.McpTool");

  private ToolAnnotations() {}

  /** The tool's name; null if the method is no tool of these frameworks. */
  static @Nullable String nameOf(MethodFacts method) {
    for (AnnotationFacts annotation : method.annotations()) {
      if (NAMES.contains(annotation.type())) {
        String name = annotation.text("name");
        return name.isBlank() ? method.name() : name;
      }
    }
    return null;
  }
}
