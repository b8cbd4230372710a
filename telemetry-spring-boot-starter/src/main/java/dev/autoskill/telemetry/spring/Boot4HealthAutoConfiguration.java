package dev.autoskill.telemetry.spring;

import dev.autoskill.telemetry.TelemetryCollector;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Adds to health in Spring Boot 4, where its classes have moved. */
@AutoConfiguration(after = SkillTelemetryAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("skilltelemetry")
@ConditionalOnSingleCandidate(TelemetryCollector.class)
public class Boot4HealthAutoConfiguration {

  /** Spring makes it. */
  public Boot4HealthAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(name = "skillTelemetryHealthIndicator")
  static HealthIndicator skillTelemetryHealthIndicator(TelemetryCollector collector) {
    return new Indicator(collector);
  }

  /** Never down, since the application works without telemetry, too. */
  private record Indicator(TelemetryCollector collector) implements HealthIndicator {

    /** Mostly only the status is asked for, often and by machines that wait. */
    @Override
    public Health health(boolean includeDetails) {
      return includeDetails ? health() : status().build();
    }

    @Override
    public Health health() {
      return status().withDetails(HealthDetails.of(collector)).build();
    }

    private Health.Builder status() {
      return collector.isRecording() ? Health.up() : Health.unknown();
    }
  }
}
