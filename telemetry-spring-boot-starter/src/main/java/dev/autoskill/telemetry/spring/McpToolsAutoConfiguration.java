package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.mcp.SchedulerHook;
import dev.autoskill.telemetry.mcp.TrackedTools;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Has the tools of an MCP server called in the context of the client, where the application has
 * {@code telemetry-mcp}: their methods are woven, and then have the client's agent and session.
 */
@AutoConfiguration
@ConditionalOnClass(TrackedTools.class)
public class McpToolsAutoConfiguration {

  /** Spring makes it. */
  public McpToolsAutoConfiguration() {}

  @Bean
  static BeanPostProcessor skillTelemetryMcpTools() {
    return new AttributedTools();
  }

  /** Spring AI hands tools over to the server as beans, which are lists. */
  private static final class AttributedTools implements BeanPostProcessor, DisposableBean {

    private static final String SERVER = "io.modelcontextprotocol.server.McpServerFeatures$";
    private static final String SYNCHRONOUS = SERVER + "SyncToolSpecification";
    private static final String ASYNCHRONOUS = SERVER + "AsyncToolSpecification";

    private @Nullable SchedulerHook hook;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      if (bean instanceof List<?> list
          && !list.isEmpty()
          && list.stream().allMatch(AttributedTools::isTool)) {
        // Spring AI calls methods annotated Tool by a scheduler then.
        if (hook == null && list.stream().anyMatch(tool -> isOf(ASYNCHRONOUS, tool))) {
          hook = new SchedulerHook();
        }
        return TrackedTools.attributeAll(list.stream().map(Record.class::cast).toList());
      }
      return bean;
    }

    private static boolean isTool(Object element) {
      return element instanceof Record
          && (isOf(SYNCHRONOUS, element) || isOf(ASYNCHRONOUS, element));
    }

    private static boolean isOf(String type, Object element) {
      return element.getClass().getName().equals(type);
    }

    @Override
    public void destroy() {
      if (hook != null) {
        hook.close();
      }
    }
  }
}
