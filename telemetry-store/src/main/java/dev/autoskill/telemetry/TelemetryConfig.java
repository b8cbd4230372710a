package dev.autoskill.telemetry;

import dev.autoskill.telemetry.privacy.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a collector stores events. What is not set comes from the environment, and what is
 * not set there has a default.
 *
 * <p>Immutable, so that threads may share it. Nothing here switches telemetry on: whether anything
 * is recorded, the user decides.
 */
public final class TelemetryConfig {

  /** The variable that names the database's file. */
  static final String DATABASE_VARIABLE = "AUTO_SKILL_TELEMETRY_DB";

  private final @Nullable Path database;
  private final int queueCapacity;
  private final Duration busyTimeout;
  private final Duration queryTimeout;
  private final Duration closeTimeout;

  private TelemetryConfig(Builder builder) {
    this.database = builder.database;
    this.queueCapacity = builder.queueCapacity;
    this.busyTimeout = builder.busyTimeout;
    this.queryTimeout = builder.queryTimeout;
    this.closeTimeout = builder.closeTimeout;
  }

  /**
   * Starts a configuration in which nothing is set.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** The database's file: as set, else as the environment says, else auto-skill's own. */
  Path database(Environment environment) {
    if (database != null) {
      return database;
    }
    String fromEnvironment = environment.get(DATABASE_VARIABLE);
    return fromEnvironment == null || fromEnvironment.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".claude", "auto-skill", "telemetry.db")
        : requireFile(Path.of(fromEnvironment), DATABASE_VARIABLE);
  }

  int queueCapacity() {
    return queueCapacity;
  }

  Duration busyTimeout() {
    return busyTimeout;
  }

  Duration queryTimeout() {
    return queryTimeout;
  }

  Duration closeTimeout() {
    return closeTimeout;
  }

  private static Path requireFile(Path path, String argument) {
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException(argument + " must not be a directory: " + path);
    }
    return path;
  }

  /** Collects settings. Not safe for use by several threads at once. */
  public static final class Builder {

    private static final Duration LONGEST_BUSY_TIMEOUT = Duration.ofMillis(Integer.MAX_VALUE);

    private @Nullable Path database;
    private int queueCapacity = 65_536;
    private Duration busyTimeout = Duration.ofSeconds(5);
    private Duration queryTimeout = Duration.ofSeconds(5);
    private Duration closeTimeout = Duration.ofSeconds(5);

    private Builder() {}

    /**
     * Sets the database's file. It and the directories above it are made when the first event is
     * stored. Default: {@code AUTO_SKILL_TELEMETRY_DB}, else {@code
     * ~/.claude/auto-skill/telemetry.db}.
     *
     * @param file the file, which need not exist
     * @return this builder
     * @throws NullPointerException if {@code file} is null
     * @throws IllegalArgumentException if {@code file} is a directory
     */
    public Builder database(Path file) {
      this.database =
          requireFile(Objects.requireNonNull(file, "database must not be null"), "database");
      return this;
    }

    /**
     * Sets how many events may wait to be stored; what comes while so many wait is dropped and
     * counted. A waiting event takes up some 50 to 300 bytes. Default: 65,536.
     *
     * @param events the number of events; at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code events} is less than 1
     */
    public Builder queueCapacity(int events) {
      if (events < 1) {
        throw new IllegalArgumentException("queueCapacity must be at least 1: " + events);
      }
      this.queueCapacity = events;
      return this;
    }

    /**
     * Sets how long a statement waits for other programs that hold a lock on the database. Default:
     * 5 seconds.
     *
     * @param timeout the time, in whole milliseconds; zero: not at all
     * @return this builder
     * @throws NullPointerException if {@code timeout} is null
     * @throws IllegalArgumentException if {@code timeout} is negative or longer than 24 days
     */
    public Builder busyTimeout(Duration timeout) {
      requireNotNegative(timeout, "busyTimeout");
      if (timeout.compareTo(LONGEST_BUSY_TIMEOUT) > 0) {
        throw new IllegalArgumentException(
            "busyTimeout must not be longer than " + LONGEST_BUSY_TIMEOUT + ": " + timeout);
      }
      this.busyTimeout = timeout;
      return this;
    }

    /**
     * Sets how long a query may wait for the events recorded before it to be stored; it answers
     * without those that are not. Default: 5 seconds.
     *
     * @param timeout the time; zero: not at all
     * @return this builder
     * @throws NullPointerException if {@code timeout} is null
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public Builder queryTimeout(Duration timeout) {
      this.queryTimeout = requireNotNegative(timeout, "queryTimeout");
      return this;
    }

    /**
     * Sets how long {@link TelemetryCollector#close()}, and for the process-wide collector the end
     * of the process, may take to store what still waits. Default: 5 seconds.
     *
     * @param timeout the time; zero: not at all
     * @return this builder
     * @throws NullPointerException if {@code timeout} is null
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public Builder closeTimeout(Duration timeout) {
      this.closeTimeout = requireNotNegative(timeout, "closeTimeout");
      return this;
    }

    /**
     * Makes the configuration.
     *
     * @return the configuration
     */
    public TelemetryConfig build() {
      return new TelemetryConfig(this);
    }

    private static Duration requireNotNegative(Duration duration, String argument) {
      Objects.requireNonNull(duration, () -> argument + " must not be null");
      if (duration.isNegative()) {
        throw new IllegalArgumentException(argument + " must not be negative: " + duration);
      }
      return duration;
    }
  }
}
