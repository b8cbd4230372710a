package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.TelemetryCollector;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Adds the endpoint {@code skills} where the application has the Actuator and exposes it. */
@AutoConfiguration(after = SkillTelemetryAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(endpoint = SkillsEndpoint.class)
@ConditionalOnSingleCandidate(TelemetryCollector.class)
public class SkillsEndpointAutoConfiguration {

  /** Spring makes it. */
  public SkillsEndpointAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean
  static SkillsEndpoint skillsEndpoint(TelemetryCollector collector) {
    return new SkillsEndpoint(collector);
  }
}
