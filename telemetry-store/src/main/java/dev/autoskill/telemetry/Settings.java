package dev.autoskill.telemetry;

import dev.autoskill.telemetry.privacy.Environment;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a collector works with: its configuration, and what that leaves open from elsewhere. */
final class Settings {

  private static final String PREFIX = "autoskill.telemetry.";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration DEFAULT_EXIT_TIMEOUT = Duration.ofSeconds(1);
  private static final long DEFAULT_SPOOL_LIMIT = 64L * 1024 * 1024;
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
    if (config.database != null) {
      return config.database;
    }
    Setting set = setting("database", "AUTO_SKILL_TELEMETRY_DB");
    return set == null ? defaultDatabase() : SettingRules.file(set.source(), set.text());
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
    if (config.endpoint != null) {
      return config.endpoint;
    }
    Setting set = setting("endpoint", "AUTO_SKILL_TELEMETRY_ENDPOINT");
    return set == null ? null : SettingRules.endpoint(set.source(), set.text());
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

  /** Null if none is set: the process has one of its own. */
  @Nullable String session() {
    return text(config.session, "session");
  }

  String agent() {
    String set = text(config.agent, "agent");
    return set == null ? AgentDetection.detect(environment) : set;
  }

  int queueCapacity() {
    if (config.queueCapacity != null) {
      return config.queueCapacity;
    }
    Setting set = setting("queue-capacity", null);
    return set == null ? DEFAULT_QUEUE_CAPACITY : SettingRules.atLeastOne(set.source(), set.text());
  }

  long spoolLimit() {
    if (config.spoolLimit != null) {
      return config.spoolLimit;
    }
    Setting set = setting("spool-limit", null);
    return set == null ? DEFAULT_SPOOL_LIMIT : SettingRules.spoolLimit(set.source(), set.text());
  }

  Duration busyTimeout() {
    if (config.busyTimeout != null) {
      return config.busyTimeout;
    }
    Setting set = setting("busy-timeout", null);
    return set == null ? DEFAULT_TIMEOUT : SettingRules.busyTimeout(set.source(), set.text());
  }

  Duration queryTimeout() {
    return timeout(config.queryTimeout, "query-timeout", DEFAULT_TIMEOUT);
  }

  Duration closeTimeout() {
    return timeout(config.closeTimeout, "close-timeout", DEFAULT_TIMEOUT);
  }

  Duration exitTimeout() {
    return timeout(config.exitTimeout, "exit-timeout", DEFAULT_EXIT_TIMEOUT);
  }

  /** Whether a short process stores events when it ends, if too many wait. */
  boolean storesAtExit() {
    if (config.storeAtExit != null) {
      return config.storeAtExit;
    }
    Setting set = setting("store-at-exit", null);
    return set == null || SettingRules.flag(set.source(), set.text());
  }

  /** Null: nothing is deleted because of its age. */
  @Nullable Duration retention() {
    if (config.retention != null) {
      return config.retention;
    }
    Setting set = setting("retention", null);
    return set == null ? null : SettingRules.retention(set.source(), set.text());
  }

  /** In bytes; null: nothing is deleted because of its size. */
  @Nullable Long maxDatabaseSize() {
    if (config.maxDatabaseSize != null) {
      return config.maxDatabaseSize;
    }
    Setting set = setting("max-database-size", null);
    return set == null ? null : SettingRules.databaseSize(set.source(), set.text());
  }

  private Duration timeout(@Nullable Duration configured, String name, Duration otherwise) {
    if (configured != null) {
      return configured;
    }
    Setting set = setting(name, null);
    return set == null ? otherwise : SettingRules.notNegative(set.source(), set.text());
  }

  private @Nullable String text(@Nullable String configured, String name) {
    if (configured != null) {
      return configured;
    }
    Setting set = setting(name, null);
    return set == null ? null : SettingRules.text(set.source(), set.text());
  }

  private boolean isTrue(String name) {
    Setting set = setting(name, null);
    return set != null && SettingRules.flag(set.source(), set.text());
  }

  /** What the property says, else the variable; null if both say nothing. */
  private @Nullable Setting setting(String name, @Nullable String variable) {
    String property = environment.property(PREFIX + name);
    if (property != null && !property.isEmpty()) {
      return new Setting(PREFIX + name, property);
    }
    String value = variable == null ? null : environment.get(variable);
    return value == null || value.isEmpty() ? null : new Setting(variable, value);
  }

  /**
   * What was set outside the program.
   *
   * @param source the property or variable
   * @param text its value, not empty
   */
  private record Setting(String source, String text) {}
}
