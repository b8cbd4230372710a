package dev.autoskill.telemetry;

import dev.autoskill.telemetry.event.ProcessSession;
import dev.autoskill.telemetry.privacy.Environment;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a collector works with: its configuration, and what that leaves open from elsewhere. */
final class Settings {

  private static final String PREFIX = "autoskill.telemetry.";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
  private static final int DEFAULT_QUEUE_CAPACITY = 65_536;

  private final TelemetryConfig config;
  private final Environment environment;

  Settings(TelemetryConfig config, Environment environment) {
    this.config = config;
    this.environment = environment;
  }

  boolean isDisabled() {
    return config.disabled != null || isTrue("disabled");
  }

  Path database() {
    Path set = set(config.database, "database", "AUTO_SKILL_TELEMETRY_DB", SettingRules::file);
    return set == null ? defaultDatabase() : set;
  }

  private Path defaultDatabase() {
    String home = environment.property("user.home");
    if (home == null || home.isEmpty()) {
      throw new IllegalArgumentException(
          "database must be set, since there is no home directory to put it into");
    }
    return SettingRules.file("database", Path.of(home, ".claude", "auto-skill", "telemetry.db"));
  }

  @Nullable URI endpoint() {
    String variable = "AUTO_SKILL_TELEMETRY_ENDPOINT";
    return set(config.endpoint, "endpoint", variable, SettingRules::endpoint);
  }

  /** The variable, unlike the property, counts whatever its value, as the opt-out variables do. */
  boolean isDebugging() {
    if (config.debug != null) {
      return config.debug;
    }
    return environment.property(PREFIX + "debug") == null
        ? environment.has("AUTO_SKILL_TELEMETRY_DEBUG")
        : isTrue("debug");
  }

  /** Checked now, but made only when it is needed: that takes a source of randomness. */
  Supplier<String> session() {
    String set = set(config.session, "session", null, SettingRules::text);
    return set == null ? ProcessSession::id : () -> set;
  }

  String agent() {
    String set = set(config.agent, "agent", null, SettingRules::text);
    return set == null ? AgentDetection.detect(environment) : set;
  }

  int queueCapacity() {
    Integer set = set(config.queueCapacity, "queue-capacity", null, SettingRules::atLeastOne);
    return set == null ? DEFAULT_QUEUE_CAPACITY : set;
  }

  Duration busyTimeout() {
    return timeout(config.busyTimeout, "busy-timeout", SettingRules::busyTimeout);
  }

  Duration queryTimeout() {
    return timeout(config.queryTimeout, "query-timeout", SettingRules::notNegative);
  }

  Duration closeTimeout() {
    return timeout(config.closeTimeout, "close-timeout", SettingRules::notNegative);
  }

  private Duration timeout(
      @Nullable Duration configured, String name, BiFunction<String, String, Duration> rule) {
    Duration set = set(configured, name, null, rule);
    return set == null ? DEFAULT_TIMEOUT : set;
  }

  private boolean isTrue(String name) {
    return Boolean.TRUE.equals(set(null, name, null, SettingRules::flag));
  }

  /** The value configured, else of the property, else of the variable; null if set nowhere. */
  private <T> @Nullable T set(
      @Nullable T configured,
      String name,
      @Nullable String variable,
      BiFunction<String, String, T> rule) {
    if (configured != null) {
      return configured;
    }
    String property = environment.property(PREFIX + name);
    if (property != null && !property.isEmpty()) {
      return rule.apply(PREFIX + name, property);
    }
    String value = variable == null ? null : environment.get(variable);
    return value == null || value.isEmpty() ? null : rule.apply(variable, value);
  }
}
