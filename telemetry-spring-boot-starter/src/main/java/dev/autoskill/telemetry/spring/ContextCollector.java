package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.TelemetryCollector;
import dev.autoskill.telemetry.TelemetryConfig;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.EnvironmentAware;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.Environment;

/**
 * The collector of an application context.
 *
 * <p>It is there before all beans that are not part of Spring's own machinery, since these may use
 * skills while they are made, and closed after them.
 */
final class ContextCollector
    implements BeanFactoryPostProcessor,
        EnvironmentAware,
        ApplicationListener<ContextClosedEvent>,
        DisposableBean {

  /** Where the close timeout is named, and so not for this. */
  private static final Duration LONGEST_PASSING_ON = Duration.ofSeconds(1);

  private @Nullable Environment environment;
  private Duration passingOn = Duration.ZERO;
  private @Nullable TelemetryCollector collector;
  private @Nullable Installation installation;

  @Override
  public void setEnvironment(Environment ofContext) {
    environment = ofContext;
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory factory) {
    TelemetryConfig.Builder config = SpringSettings.of(environment);
    boolean isPassedOn = false;
    for (Bridge<?> bridge : factory.getBeansOfType(Bridge.class, false, false).values()) {
      bridge.addTo(config);
      isPassedOn = true;
    }
    Duration closing = SpringSettings.closing(environment);
    if (isPassedOn) {
      passingOn = closing == null ? LONGEST_PASSING_ON : closing.dividedBy(2);
    }
    if (closing != null) {
      config.closeTimeout(closing.minus(passingOn));
    }
    collector = TelemetryCollector.open(config.build());
    installation = new Installation(collector);
  }

  TelemetryCollector collector() {
    return Objects.requireNonNull(collector, "the context is not refreshed");
  }

  /**
   * The beans that events are passed on to are gone when the collector is closed. So they are told
   * now of what was recorded until then.
   */
  @Override
  public void onApplicationEvent(ContextClosedEvent event) {
    if (collector != null && !passingOn.isZero()) {
      collector.flush(passingOn);
    }
  }

  @Override
  public void destroy() {
    if (collector != null) {
      installation.destroy();
      collector.close();
    }
  }
}
