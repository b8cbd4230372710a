package dev.autoskill.telemetry;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.sqlite.SqliteEventReader;
import dev.autoskill.telemetry.sqlite.SqliteEventStore;
import dev.autoskill.telemetry.writer.EventFactory;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.Recorder;
import dev.autoskill.telemetry.writer.TimeSource;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records events into a database on this machine, and answers what they say.
 *
 * <p>Recording never blocks and never fails: events are stored by a background thread, and trouble
 * with the database is counted in {@link #stats()} and otherwise silent. If the user or the
 * environment opted out ({@code AUTO_SKILL_NO_TELEMETRY}, {@code DO_NOT_TRACK}, CI), nothing is
 * recorded; queries then still answer what is stored already.
 *
 * <p>Safe for use by any number of threads. Several collectors, also of several processes, may
 * share one database.
 *
 * <pre>{@code
 * try (TelemetryCollector telemetry = TelemetryCollector.open()) {
 *   telemetry.recordEvent(SkillUse.of("code-review").duration(Duration.ofMillis(12)));
 *   telemetry.getEffectivenessReport().forEach(System.out::println);
 * }
 * }</pre>
 */
public final class TelemetryCollector implements AutoCloseable {

  private static final int DEFAULT_LIMIT = 100;

  private final Recorder recorder;

  /** Null if not even the path of a database is known. */
  private final @Nullable SqliteEventReader reader;

  private final Faults faults;
  private final Duration queryTimeout;
  private final Duration closeTimeout;

  private TelemetryCollector(
      Recorder recorder,
      @Nullable SqliteEventReader reader,
      Faults faults,
      Duration queryTimeout,
      Duration closeTimeout) {
    this.recorder = recorder;
    this.reader = reader;
    this.faults = faults;
    this.queryTimeout = queryTimeout;
    this.closeTimeout = closeTimeout;
  }

  /**
   * Opens a collector on the user's own database: {@code AUTO_SKILL_TELEMETRY_DB}, else {@code
   * ~/.claude/auto-skill/telemetry.db}. Nothing is touched before the first event or query.
   *
   * @return the collector
   * @throws IllegalArgumentException if {@code AUTO_SKILL_TELEMETRY_DB} names a directory or cannot
   *     be a path
   */
  public static TelemetryCollector open() {
    return open(TelemetryConfig.builder().build());
  }

  /**
   * Opens a collector on a database. Nothing is touched before the first event or query.
   *
   * @param database the database's file; it and the directories above it are made if missing
   * @return the collector
   * @throws NullPointerException if {@code database} is null
   * @throws IllegalArgumentException if {@code database} is a directory
   */
  public static TelemetryCollector open(Path database) {
    return open(TelemetryConfig.builder().database(database).build());
  }

  /**
   * Opens a collector. Nothing is touched before the first event or query.
   *
   * @param config where and how events are stored
   * @return the collector
   * @throws NullPointerException if {@code config} is null
   * @throws IllegalArgumentException if the database is left to the environment and that names a
   *     directory or cannot be a path
   */
  public static TelemetryCollector open(TelemetryConfig config) {
    return open(config, Environment.ofProcess(), TimeSource.system());
  }

  static TelemetryCollector open(TelemetryConfig config, Environment environment, TimeSource time) {
    Objects.requireNonNull(config, "config must not be null");
    Path database = config.database(environment);
    Faults faults = new Faults();
    EventFactory events = eventFactory(environment, time);
    Recorder recorder =
        OptOut.decide(environment).allowsRecording()
            ? Recorder.queueing(
                config.queueCapacity(),
                events,
                () -> new SqliteEventStore(database, config.busyTimeout(), faults),
                faults)
            : Recorder.disabled(events, faults);
    return new TelemetryCollector(
        recorder,
        new SqliteEventReader(database, config.busyTimeout(), faults),
        faults,
        config.queryTimeout(),
        config.closeTimeout());
  }

  /**
   * A collector for a process in which none can be opened: it records nothing and knows nothing.
   */
  static TelemetryCollector broken(Throwable fault) {
    Faults faults = new Faults();
    faults.swallowed(fault);
    EventFactory events = eventFactory(Environment.ofProcess(), TimeSource.system());
    return new TelemetryCollector(
        Recorder.disabled(events, faults), null, faults, Duration.ZERO, Duration.ZERO);
  }

  private static EventFactory eventFactory(Environment environment, TimeSource time) {
    return new EventFactory(time, new SecureRandom()::nextLong, () -> defaultContext(environment));
  }

  private static SkillContext defaultContext(Environment environment) {
    String agent = environment.get("AUTO_SKILL_AGENT");
    return new SkillContext(
        UUID.randomUUID().toString(),
        agent == null || agent.isBlank() ? SkillContext.UNKNOWN_AGENT : agent);
  }

  /**
   * Records a use that ends now. Returns at once; the event is stored in the background. After
   * {@link #close()}, and when too many events wait already, it is dropped and counted.
   *
   * @param use the use
   * @return its event, with its id and the time of this call, whether or not it will be stored
   * @throws NullPointerException if {@code use} is null
   */
  public TelemetryEvent recordEvent(SkillUse use) {
    return recorder.record(Objects.requireNonNull(use, "use must not be null"));
  }

  /**
   * Records a use that was timed by whoever calls this: an aspect, an interceptor, a wrapper.
   * Unlike {@link #recordEvent} it makes no event on the caller's thread and so costs next to
   * nothing.
   *
   * @param skill the skill
   * @param agentId the agent; null: the default one
   * @param outcome how the use ended
   * @param startNanos when the use started, by {@link System#nanoTime()}
   * @param endNanos when it ended, by the same clock; not before the start
   */
  public void recordUse(
      Skill skill, @Nullable String agentId, Outcome outcome, long startNanos, long endNanos) {
    recorder.record(skill, agentId, outcome, startNanos, endNanos);
  }

  /** Gets ready to record, so that no use has to. */
  void prepare() {
    recorder.prepare();
  }

  /**
   * Whether anything is recorded. This does not change during the life of a collector.
   *
   * @return false if the user or the environment opted out
   */
  public boolean isRecording() {
    return recorder.isRecording();
  }

  /**
   * Counts a fault of an instrumentation that was kept from its caller.
   *
   * @param fault what was swallowed; only its occurrence is kept
   */
  public void countFault(Throwable fault) {
    faults.swallowed(fault);
  }

  /**
   * How effective each skill is, including everything recorded before this call.
   *
   * @return a report a skill, by {@link EffectivenessReport#totalUses()} descending, then by name;
   *     empty if nothing is stored or the database cannot be read
   */
  public List<EffectivenessReport> getEffectivenessReport() {
    return reports(null);
  }

  /**
   * How effective one skill is, including everything recorded before this call.
   *
   * @param skillName the skill's name; null: every skill, as {@link #getEffectivenessReport()}
   * @return one report; none if nothing is stored of that skill or the database cannot be read
   */
  public List<EffectivenessReport> getEffectivenessReport(@Nullable String skillName) {
    return reports(skillName);
  }

  /**
   * The 100 newest events, including those recorded before this call.
   *
   * @return the events, newest first; empty if nothing is stored or the database cannot be read
   */
  public List<TelemetryEvent> getEvents() {
    return getEvents(null, DEFAULT_LIMIT);
  }

  /**
   * The newest events, including those recorded before this call.
   *
   * @param skillName the skill's name; null: every skill
   * @param limit how many events at most; at least 1
   * @return the events, newest first, and those of the same millisecond in the reverse order of
   *     their storage; empty if nothing is stored or the database cannot be read
   * @throws IllegalArgumentException if {@code limit} is less than 1
   */
  public List<TelemetryEvent> getEvents(@Nullable String skillName, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1: " + limit);
    }
    recorder.flush(queryTimeout);
    return reader == null ? List.of() : reader.newestEvents(skillName, limit);
  }

  private List<EffectivenessReport> reports(@Nullable String skillName) {
    recorder.flush(queryTimeout);
    return reader == null ? List.of() : reader.reports(skillName);
  }

  /**
   * What became of the events recorded with this collector.
   *
   * @return the counts at this moment
   */
  public TelemetryStats stats() {
    return recorder.stats();
  }

  /**
   * Waits until everything recorded before this call is stored. An interrupt does not end the wait;
   * the thread's interrupt flag is kept.
   *
   * @param timeout how long to wait at most; zero or negative: not at all
   * @return whether all of it is stored; true if telemetry is off
   * @throws NullPointerException if {@code timeout} is null
   */
  public boolean flush(Duration timeout) {
    return recorder.flush(Objects.requireNonNull(timeout, "timeout must not be null"));
  }

  /**
   * Stores what still waits, for at most the {@linkplain TelemetryConfig.Builder#closeTimeout close
   * timeout}, and ends the background thread. Later events are dropped; queries still answer.
   * Closing again does nothing.
   */
  @Override
  public void close() {
    recorder.close(closeTimeout);
  }
}
