package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.mcp.TrackedTools;
import java.util.List;
import java.util.Set;
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
  private static final class AttributedTools implements BeanPostProcessor {

    private static final String SERVER = "io.modelcontextprotocol.server.McpServerFeatures$";

    private static final Set<String> TOOLS =
        Set.of(SERVER + "SyncToolSpecification", SERVER + "AsyncToolSpecification");

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof List<?> list
              && !list.isEmpty()
              && list.stream().allMatch(AttributedTools::isTool)
          ? TrackedTools.attributeAll(list.stream().map(Record.class::cast).toList())
          : bean;
    }

    private static boolean isTool(Object element) {
      return element instanceof Record && TOOLS.contains(element.getClass().getName());
    }
  }
}
