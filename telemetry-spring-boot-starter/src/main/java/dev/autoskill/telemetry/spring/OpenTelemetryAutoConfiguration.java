package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.otel.OpenTelemetryObserver;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Makes spans of uses by the application's OpenTelemetry, where it has {@code telemetry-otel}; by
 * the global one if it has none.
 */
@AutoConfiguration
@ConditionalOnClass({OpenTelemetryObserver.class, OpenTelemetry.class})
public class OpenTelemetryAutoConfiguration {

  /** Spring makes it. */
  public OpenTelemetryAutoConfiguration() {}

  @Bean
  static Bridge<OpenTelemetry> skillTelemetryOpenTelemetry(ObjectProvider<OpenTelemetry> beans) {
    return new Bridge<>(
        beans,
        GlobalOpenTelemetry::getOrNoop,
        (config, bean) -> config.observer(new OpenTelemetryObserver(bean)));
  }
}
