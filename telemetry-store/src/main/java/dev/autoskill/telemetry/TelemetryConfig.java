package dev.autoskill.telemetry;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a collector stores events. What is set here wins over system properties, those win
 * over environment variables, and what is set nowhere has a default:
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>set by</th><th>system property</th><th>environment variable</th><th>default</th></tr>
 * <tr><td>{@link Builder#disabled()}</td><td>{@code autoskill.telemetry.disabled}</td>
 *     <td>see {@link Telemetry#isDisabled()}</td><td>not disabled</td></tr>
 * <tr><td>{@link Builder#database}</td><td>{@code autoskill.telemetry.database}</td>
 *     <td>{@code AUTO_SKILL_TELEMETRY_DB}</td>
 *     <td>{@code ~/.claude/auto-skill/telemetry.db}</td></tr>
 * <tr><td>{@link Builder#endpoint}</td><td>{@code autoskill.telemetry.endpoint}</td>
 *     <td>{@code AUTO_SKILL_TELEMETRY_ENDPOINT}</td><td>no beacon</td></tr>
 * <tr><td>{@link Builder#debug}</td><td>{@code autoskill.telemetry.debug}</td>
 *     <td>{@code AUTO_SKILL_TELEMETRY_DEBUG}</td><td>no diagnostics</td></tr>
 * <tr><td>{@link Builder#session}</td><td>{@code autoskill.telemetry.session}</td><td></td>
 *     <td>random, one a process</td></tr>
 * <tr><td>{@link Builder#agent}</td><td>{@code autoskill.telemetry.agent}</td>
 *     <td>{@code AUTO_SKILL_AGENT}, else what agents set themselves</td>
 *     <td>{@code unknown}</td></tr>
 * <tr><td>{@link Builder#queueCapacity}</td><td>{@code autoskill.telemetry.queue-capacity}</td>
 *     <td></td><td>65,536</td></tr>
 * <tr><td>{@link Builder#busyTimeout}</td><td>{@code autoskill.telemetry.busy-timeout}</td>
 *     <td></td><td>5 s</td></tr>
 * <tr><td>{@link Builder#queryTimeout}</td><td>{@code autoskill.telemetry.query-timeout}</td>
 *     <td></td><td>5 s</td></tr>
 * <tr><td>{@link Builder#closeTimeout}</td><td>{@code autoskill.telemetry.close-timeout}</td>
 *     <td></td><td>5 s</td></tr>
 * <tr><td>{@link Builder#exitTimeout}</td><td>{@code autoskill.telemetry.exit-timeout}</td>
 *     <td></td><td>1 s</td></tr>
 * <tr><td>{@link Builder#spoolLimit}</td><td>{@code autoskill.telemetry.spool-limit}</td>
 *     <td></td><td>64 MiB</td></tr>
 * <tr><td>{@link Builder#storeAtExit}</td><td>{@code autoskill.telemetry.store-at-exit}</td>
 *     <td></td><td>true</td></tr>
 * <tr><td>{@link Builder#retention}</td><td>{@code autoskill.telemetry.retention}</td>
 *     <td></td><td>nothing is deleted</td></tr>
 * <tr><td>{@link Builder#maxDatabaseSize}</td>
 *     <td>{@code autoskill.telemetry.max-database-size}</td><td></td><td>nothing is deleted</td></tr>
 * </table>
 *
 * <p>A time in a system property is a number of milliseconds or of the form {@code PT5S}. An empty
 * property or variable is not set.
 *
 * <p>Immutable, so that threads may share it. Nothing here switches telemetry on against the user's
 * wish; {@link Builder#disabled()} switches it off.
 */
public final class TelemetryConfig {

  final @Nullable Boolean disabled;
  final @Nullable Path database;
  final @Nullable URI endpoint;
  final @Nullable Boolean debug;
  final @Nullable String session;
  final @Nullable String agent;
  final @Nullable Integer queueCapacity;
  final @Nullable Duration busyTimeout;
  final @Nullable Duration queryTimeout;
  final @Nullable Duration closeTimeout;
  final @Nullable Duration exitTimeout;
  final @Nullable Long spoolLimit;
  final @Nullable Boolean storeAtExit;

  final @Nullable Duration retention;
  final @Nullable Long maxDatabaseSize;

  private TelemetryConfig(Builder builder) {
    this.disabled = builder.disabled;
    this.database = builder.database;
    this.endpoint = builder.endpoint;
    this.debug = builder.debug;
    this.session = builder.session;
    this.agent = builder.agent;
    this.queueCapacity = builder.queueCapacity;
    this.busyTimeout = builder.busyTimeout;
    this.queryTimeout = builder.queryTimeout;
    this.closeTimeout = builder.closeTimeout;
    this.exitTimeout = builder.exitTimeout;
    this.spoolLimit = builder.spoolLimit;
    this.storeAtExit = builder.storeAtExit;
    this.retention = builder.retention;
    this.maxDatabaseSize = builder.maxDatabaseSize;
  }

  /**
   * Starts a configuration in which nothing is set.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings. Not safe for use by several threads at once. */
  public static final class Builder {

    private @Nullable Boolean disabled;
    private @Nullable Path database;
    private @Nullable URI endpoint;
    private @Nullable Boolean debug;
    private @Nullable String session;
    private @Nullable String agent;
    private @Nullable Integer queueCapacity;
    private @Nullable Duration busyTimeout;
    private @Nullable Duration queryTimeout;
    private @Nullable Duration closeTimeout;
    private @Nullable Duration exitTimeout;
    private @Nullable Long spoolLimit;
    private @Nullable Boolean storeAtExit;
    private @Nullable Duration retention;
    private @Nullable Long maxDatabaseSize;

    private Builder() {}

    /**
     * Switches telemetry off for this collector: nothing is recorded and nothing is sent. There is
     * no way to switch it on: that is the user's to decide.
     *
     * @return this builder
     */
    public Builder disabled() {
      this.disabled = true;
      return this;
    }

    /**
     * Sets the database's file. It and the directories above it are made when the first event is
     * stored.
     *
     * @param file the file, which need not exist
     * @return this builder
     * @throws NullPointerException if {@code file} is null
     * @throws IllegalArgumentException if {@code file} is a directory
     */
    public Builder database(Path file) {
      this.database = SettingRules.file("database", file);
      return this;
    }

    /**
     * Sets where the beacon goes. Without an endpoint there is no beacon.
     *
     * @param url an absolute {@code https} URL without user info; {@code http} only for a loopback
     *     address
     * @return this builder
     * @throws NullPointerException if {@code url} is null
     * @throws IllegalArgumentException if {@code url} is not of that form
     */
    public Builder endpoint(String url) {
      this.endpoint = SettingRules.endpoint("endpoint", url);
      return this;
    }

    /**
     * Sets whether diagnostics, and the requests that the beacon would make, are printed to stderr.
     * While they are, the beacon sends nothing.
     *
     * @param debug whether to print
     * @return this builder
     */
    public Builder debug(boolean debug) {
      this.debug = debug;
      return this;
    }

    /**
     * Sets the session of events that no other session is named for.
     *
     * @param sessionId an opaque, random id; never a user's or a machine's; not blank
     * @return this builder
     * @throws NullPointerException if {@code sessionId} is null
     * @throws IllegalArgumentException if {@code sessionId} is blank
     */
    public Builder session(String sessionId) {
      this.session = SettingRules.text("session", sessionId);
      return this;
    }

    /**
     * Sets the agent of events that no other agent is named for.
     *
     * @param agentId the agent, for example {@code claude-code}; not blank
     * @return this builder
     * @throws NullPointerException if {@code agentId} is null
     * @throws IllegalArgumentException if {@code agentId} is blank
     */
    public Builder agent(String agentId) {
      this.agent = SettingRules.text("agent", agentId);
      return this;
    }

    /**
     * Sets how many events may wait in memory; what comes while so many wait is dropped and
     * counted. They wait for the spool, which takes them within milliseconds, or, if that cannot be
     * written, for the database. A waiting event takes up some 50 to 300 bytes.
     *
     * @param events the number of events; at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code events} is less than 1
     */
    public Builder queueCapacity(int events) {
      this.queueCapacity = SettingRules.atLeastOne("queueCapacity", events);
      return this;
    }

    /**
     * Sets how long a query waits for other programs that hold a lock on the database, and how long
     * such a lock may keep events from being stored until that counts as a fault. Those events wait
     * in the spool meanwhile, however long.
     *
     * @param timeout the time, in whole milliseconds; zero: not at all
     * @return this builder
     * @throws NullPointerException if {@code timeout} is null
     * @throws IllegalArgumentException if {@code timeout} is negative or longer than 24 days
     */
    public Builder busyTimeout(Duration timeout) {
      this.busyTimeout = SettingRules.busyTimeout("busyTimeout", timeout);
      return this;
    }

    /**
     * Sets how long a query may wait for the events recorded before it to be stored; it answers
     * without those that are not.
     *
     * @param timeout the time; zero: not at all
     * @return this builder
     * @throws NullPointerException if {@code timeout} is null
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public Builder queryTimeout(Duration timeout) {
      this.queryTimeout = SettingRules.notNegative("queryTimeout", timeout);
      return this;
    }

    /**
     * Sets how long {@link TelemetryCollector#close()} may take to store what still waits. What is
     * not stored by then stays in the spool and is stored by the next process.
     *
     * @param timeout the time; zero: not at all
     * @return this builder
     * @throws NullPointerException if {@code timeout} is null
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public Builder closeTimeout(Duration timeout) {
      this.closeTimeout = SettingRules.notNegative("closeTimeout", timeout);
      return this;
    }

    /**
     * Sets how long the end of the process may be held up by the process-wide collector, which
     * spools what still waits in memory, and stores what is spooled only if it has the database
     * open already. Mostly this takes less than a millisecond.
     *
     * @param timeout the time; zero: not at all
     * @return this builder
     * @throws NullPointerException if {@code timeout} is null
     * @throws IllegalArgumentException if {@code timeout} is negative
     */
    public Builder exitTimeout(Duration timeout) {
      this.exitTimeout = SettingRules.notNegative("exitTimeout", timeout);
      return this;
    }

    /**
     * Sets how much disk space the spools may take up, those of all processes that use the database
     * together. When it is used up, the oldest spool of a dead process goes first, and if there is
     * none, the newest events are dropped; both are counted.
     *
     * @param bytes the number of bytes; at least 65,536
     * @return this builder
     * @throws IllegalArgumentException if {@code bytes} is less than 65,536
     */
    public Builder spoolLimit(long bytes) {
      this.spoolLimit = SettingRules.spoolLimit("spoolLimit", bytes);
      return this;
    }

    /**
     * Sets whether a process that ends before it has opened the database opens it then, within the
     * {@linkplain #exitTimeout exit timeout}, when more than 1,000 events wait in the spools or
     * some have waited for more than an hour. Otherwise the next process that lives longer, or the
     * next report, stores them.
     *
     * @param store whether to do so
     * @return this builder
     */
    public Builder storeAtExit(boolean store) {
      this.storeAtExit = store;
      return this;
    }

    /**
     * Deletes events that are older, whoever stored them, a few at a time in the background while
     * this collector stores events. Reports and trends still count them, by whole UTC days. Unless
     * this is set, nothing is deleted, since the file is shared with other tools.
     *
     * @param age how old an event may become; events are deleted when their whole UTC day is older
     * @return this builder
     * @throws NullPointerException if {@code age} is null
     * @throws IllegalArgumentException if {@code age} is less than a day or more than 100 years
     */
    public Builder retention(Duration age) {
      this.retention = SettingRules.retention("retention", age);
      return this;
    }

    /**
     * Deletes the oldest events, as {@link #retention} does, while the database is larger. The file
     * itself seldom shrinks: the space is used again for later events.
     *
     * @param bytes how large the database may become, without free space; at least 1 MiB
     * @return this builder
     * @throws IllegalArgumentException if {@code bytes} is less than 1,048,576
     */
    public Builder maxDatabaseSize(long bytes) {
      this.maxDatabaseSize = SettingRules.databaseSize("maxDatabaseSize", bytes);
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
  }
}
