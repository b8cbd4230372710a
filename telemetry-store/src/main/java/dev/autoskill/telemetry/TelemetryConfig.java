package dev.autoskill.telemetry;

import dev.autoskill.telemetry.Settings.Setting;
import dev.autoskill.telemetry.error.ErrorDetail;
import dev.autoskill.telemetry.listener.TelemetryListener;
import dev.autoskill.telemetry.listener.UseObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where and how a collector stores events. Each setting is a method of the {@link Builder} and a
 * system property of the same name: {@code spoolLimit} is {@code autoskill.telemetry.spool-limit},
 * and some are environment variables, too. The method wins over the property, and that over the
 * variable; {@code docs/settings.md} lists all of them and their defaults.
 *
 * <p>Immutable, so that threads may share it. Nothing here switches telemetry on against the user's
 * wish, but for {@code database} in tests; {@link Builder#disabled()} switches it off.
 */
public final class TelemetryConfig {

  private final Map<String, Object> values;

  /** The listeners and observers that were set in code. */
  final List<Object> extensions;

  private TelemetryConfig(Builder builder) {
    this.values = Map.copyOf(builder.values);
    this.extensions = List.copyOf(builder.extensions);
  }

  /** The value that was set in code; null: none. */
  @Nullable Object get(Setting<?> setting) {
    return values.get(setting.name());
  }

  /** {@return a builder in which nothing is set} */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Collects settings. Each method refuses a value that its parameter does not allow, and names the
   * parameter. Not safe for use by several threads at once.
   */
  public static final class Builder {

    private final Map<String, Object> values = new HashMap<>();
    private final List<Object> extensions = new ArrayList<>();

    private Builder() {}

    private Builder set(Setting<?> setting, Object value) {
      String name = setting.camelCase();
      Objects.requireNonNull(value, name + " must not be null");
      values.put(setting.name(), setting.type().read(name, value.toString()));
      return this;
    }

    /**
     * {@return this builder after switching telemetry off: nothing is recorded and nothing is sent}
     * There is no way to switch it on: that is the user's to decide.
     */
    public Builder disabled() {
      return set(Settings.DISABLED, true);
    }

    /**
     * {@return this builder after setting the database's file} It and the directories above it are
     * made when the first event is stored.
     *
     * @param file the file, which need not exist
     */
    public Builder database(Path file) {
      return set(Settings.DATABASE, file);
    }

    /**
     * {@return this builder after setting where the beacon goes} Without an endpoint there is no
     * beacon.
     *
     * @param url an absolute {@code https} URL without user info; {@code http} only for a loopback
     *     address
     */
    public Builder endpoint(String url) {
      return set(Settings.ENDPOINT, url);
    }

    /**
     * {@return this builder after setting whether diagnostics, and the requests that the beacon
     * would make, are printed to stderr} While they are, the beacon sends nothing.
     *
     * @param debug whether to print
     */
    public Builder debug(boolean debug) {
      return set(Settings.DEBUG, debug);
    }

    /**
     * {@return this builder after setting the session of events that name none}
     *
     * @param sessionId an opaque, random id; never a user's or a machine's; not blank
     */
    public Builder session(String sessionId) {
      return set(Settings.SESSION, sessionId);
    }

    /**
     * {@return this builder after setting the agent of events that name none}
     *
     * @param agentId the agent, for example {@code claude-code}; not blank
     */
    public Builder agent(String agentId) {
      return set(Settings.AGENT, agentId);
    }

    /**
     * {@return this builder after setting how many events may wait in memory for the spool, which
     * takes them within milliseconds} Events beyond that are dropped and counted. A waiting event
     * takes up 50 to 300 bytes.
     *
     * @param events the number of events; at least 1
     */
    public Builder queueCapacity(int events) {
      return set(Settings.QUEUE_CAPACITY, events);
    }

    /**
     * {@return this builder after setting how long a query waits for other programs that hold a
     * lock on the database, and how long such a lock may keep events from being stored until that
     * counts as a fault} Those events wait in the spool meanwhile, however long.
     *
     * @param timeout the time, in whole milliseconds; zero: not at all
     */
    public Builder busyTimeout(Duration timeout) {
      return set(Settings.BUSY_TIMEOUT, timeout);
    }

    /**
     * {@return this builder after setting how long a query may wait for the events recorded before
     * it to be stored; it answers without those that are not}
     *
     * @param timeout the time; zero: not at all
     */
    public Builder queryTimeout(Duration timeout) {
      return set(Settings.QUERY_TIMEOUT, timeout);
    }

    /**
     * {@return this builder after setting how long {@link TelemetryCollector#close()} may take to
     * store what still waits} What is not stored by then stays in the spool and is stored by the
     * next process.
     *
     * @param timeout the time; zero: not at all
     */
    public Builder closeTimeout(Duration timeout) {
      return set(Settings.CLOSE_TIMEOUT, timeout);
    }

    /**
     * {@return this builder after setting how long the end of the process may be held up by the
     * process-wide collector, which spools what still waits in memory, and stores what is spooled
     * only if it has the database open already} Mostly this takes less than a millisecond.
     *
     * @param timeout the time; zero: not at all
     */
    public Builder exitTimeout(Duration timeout) {
      return set(Settings.EXIT_TIMEOUT, timeout);
    }

    /**
     * {@return this builder after limiting the disk space of the spools of all processes that use
     * the database} When it is used up, the oldest spool of a dead process is deleted, or, if there
     * is none, the newest events are dropped; both are counted.
     *
     * @param bytes the number of bytes; at least 65,536
     */
    public Builder spoolLimit(long bytes) {
      return set(Settings.SPOOL_LIMIT, bytes);
    }

    /**
     * {@return this builder after setting whether a process that ends before it has opened the
     * database opens it then, within the exit timeout, if more than 1,000 events wait in the spools
     * or some have waited for more than an hour} Otherwise the next process that lives longer, or
     * the next report, stores them.
     *
     * @param store whether to do so
     */
    public Builder storeAtExit(boolean store) {
      return set(Settings.STORE_AT_EXIT, store);
    }

    /**
     * {@return this builder after having older events, also those of other tools, deleted in the
     * background while this collector stores events} Reports and trends still count them, by whole
     * UTC days. Unless this is set, nothing is deleted, since the file is shared with other tools.
     *
     * @param age how old an event may become; events are deleted when their whole UTC day is older
     */
    public Builder retention(Duration age) {
      return set(Settings.RETENTION, age);
    }

    /**
     * {@return this builder after having the oldest events deleted, as {@link #retention} does,
     * while the database is larger} The file itself seldom shrinks: the space is used again for
     * later events.
     *
     * @param bytes how large the database may become, without free space; at least 1 MiB
     */
    public Builder maxDatabaseSize(long bytes) {
      return set(Settings.MAX_DATABASE_SIZE, bytes);
    }

    /**
     * {@return this builder after adding a listener, which is told of each recorded event}
     *
     * @param listener the listener; nobody is told of anything where telemetry is off
     */
    public Builder listener(TelemetryListener listener) {
      extensions.add(Objects.requireNonNull(listener, "listener must not be null"));
      return this;
    }

    /**
     * {@return this builder after adding an observer, which is told of uses on their own threads}
     *
     * @param observer the observer; nobody is told of anything where telemetry is off
     */
    public Builder observer(UseObserver observer) {
      extensions.add(Objects.requireNonNull(observer, "observer must not be null"));
      return this;
    }

    /**
     * {@return this builder after setting the part that is kept of the exceptions by which uses
     * fail; unless this is set, nothing}
     *
     * @param detail nothing, or the name of the class; never a message
     */
    public Builder errors(ErrorDetail detail) {
      return set(Settings.ERRORS, detail);
    }

    /** {@return the configuration} */
    public TelemetryConfig build() {
      return new TelemetryConfig(this);
    }
  }
}
