package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.micrometer.MicrometerListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Times uses by the application's registry, where it has {@code telemetry-micrometer}; by the
 * global one if it has no registry.
 */
@AutoConfiguration
@ConditionalOnClass({MicrometerListener.class, MeterRegistry.class})
public class MicrometerAutoConfiguration {

  /** Spring makes it. */
  public MicrometerAutoConfiguration() {}

  @Bean
  static Bridge<MeterRegistry> skillTelemetryMicrometer(ObjectProvider<MeterRegistry> registries) {
    return new Bridge<>(
        registries,
        () -> Metrics.globalRegistry,
        (config, registry) -> config.listener(new MicrometerListener(registry)));
  }
}
