package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.mcp.TrackedTools;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import reactor.core.scheduler.Schedulers;

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
    private static final String ASYNCHRONOUS = SERVER + "AsyncToolSpecification";

    private static final Set<String> TOOLS = Set.of(SERVER + "SyncToolSpecification", ASYNCHRONOUS);

    private boolean isCarrying;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      if (bean instanceof List<?> list
          && !list.isEmpty()
          && list.stream().allMatch(AttributedTools::isTool)) {
        if (list.stream().anyMatch(tool -> tool.getClass().getName().equals(ASYNCHRONOUS))) {
          carry();
        }
        return TrackedTools.attributeAll(list.stream().map(Record.class::cast).toList());
      }
      return bean;
    }

    private static boolean isTool(Object element) {
      return element instanceof Record && TOOLS.contains(element.getClass().getName());
    }

    /**
     * An asynchronous server has methods annotated {@code Tool} called by one of Reactor's
     * schedulers, and nothing but Reactor sees both threads.
     */
    private void carry() {
      isCarrying = true;
      Schedulers.onScheduleHook(
          toString(),
          task -> SkillContext.currentOrNull() == null ? task : SkillContext.carry(task));
    }

    @Override
    public void destroy() {
      if (isCarrying) {
        Schedulers.resetOnScheduleHook(toString());
      }
    }
  }
}
