package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * The collector of an application context.
 *
 * <p>It is there before all beans that are not part of Spring's own machinery, since these may use
 * skills while they are made, and closed after them.
 */
final class ContextCollector implements BeanFactoryPostProcessor, EnvironmentAware, DisposableBean {

  private @Nullable Environment environment;
  private @Nullable TelemetryCollector collector;
  private @Nullable Installation installation;

  @Override
  public void setEnvironment(Environment ofContext) {
    environment = ofContext;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
    TelemetryConfig.Builder config = SpringSettings.of(environment);
    factory
        .getBeansOfType(Bridge.class, false, false)
        .values()
        .forEach(bridge -> bridge.addTo(config));
    collector = TelemetryCollector.open(config.build());
    installation = new Installation(collector);
  }

  TelemetryCollector collector() {
    return Objects.requireNonNull(collector, "the context is not refreshed");
  }

  @Override
  public void destroy() {
    if (collector != null) {
      installation.destroy();
      collector.close();
    }
  }
}
