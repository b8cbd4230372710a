package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.TelemetryCollector;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * Opens a collector with the application's settings, unless the application or the parent of its
 * context has one, and lets woven methods record with it while the context lives.
 */
@AutoConfiguration
public class SkillTelemetryAutoConfiguration {

  /** Spring makes it. */
  public SkillTelemetryAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(TelemetryCollector.class)
  static ContextCollector skillTelemetry() {
    return new ContextCollector();
  }

  /** Closed by its owner, after all that is destroyed with the context and may use skills. */
  @Bean(destroyMethod = "")
  @ConditionalOnBean(ContextCollector.class)
  @ConditionalOnMissingBean(TelemetryCollector.class)
  static TelemetryCollector skillTelemetryCollector(ContextCollector owner) {
    return owner.collector();
  }

  /** For a collector of the application's own. */
  @Bean
  @Lazy(false)
  @ConditionalOnMissingBean({ContextCollector.class, Installation.class})
  static Installation skillTelemetryInstallation(ObjectProvider<TelemetryCollector> collectors) {
    return new Installation(collectors.getIfUnique());
  }
}
