package com.acme.tools;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.ToolCallback;

/** Lets each framework call its tools, in its own way, and prints what came of it. */
public final class ToolsProgram {

  private ToolsProgram() {}

  public static void main(String[] args) {
    callByLangChain4j();
    callBySpringAi();
    callAsMcpServersDo();
  }

  private static void callByLangChain4j() {
    LangChain4jTools tools = new LangChain4jTools();
    Method[] methods = LangChain4jTools.class.getDeclaredMethods();
    Arrays.sort(methods, Comparator.comparing(Method::getName));
    for (Method method : methods) {
      if (method.isAnnotationPresent(Tool.class)) {
        ToolExecutionRequest request =
            ToolExecutionRequest.builder()
                .name(ToolSpecifications.toolSpecificationFrom(method).name())
                .arguments(method.getParameterCount() == 0 ? "{}" : "{\"first\":1,\"second\":2}")
                .build();
        print(request.name(), new DefaultToolExecutor(tools, method).execute(request, null));
      }
    }
    print("no tool", tools.noTool());
  }

  private static void callBySpringAi() {
    ToolCallback[] callbacks = ToolCallbacks.from(new SpringAiTools());
    Arrays.sort(callbacks, Comparator.comparing(callback -> callback.getToolDefinition().name()));
    for (ToolCallback callback : callbacks) {
      String name = callback.getToolDefinition().name();
      try {
        print(name, callback.call(name.equals("greet") ? "{\"name\":\"you\"}" : "{}"));
      } catch (RuntimeException thrown) {
        print(name, thrown);
      }
    }
  }

  private static void callAsMcpServersDo() {
    McpTools tools = new McpTools();
    for (Boolean isError : new Boolean[] {null, false, true}) {
      print("answers", tools.answers(isError));
      print("mcp-mono", tools.answersByMono(isError).block());
      print("mcp-future", tools.answersByFuture(isError).join());
      print("mcp-of-spring", tools.answersToSpring(isError));
    }
    tools.toolsHaveChanged();
  }

  private static void print(String tool, CallToolResult result) {
    print(tool, result.isError() + " " + result.content());
  }

  private static void print(String tool, Object observed) {
    System.out.println(tool + ": " + observed);
  }
}
