package dev.autoskill.telemetry;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.beacon.Beacon;
import dev.autoskill.telemetry.event.BeaconStats;
import dev.autoskill.telemetry.event.OutcomeRules;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.sqlite.SqliteEventReader;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.Recorder;
import dev.autoskill.telemetry.writer.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
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

  /** Null if nothing is to be sent. */
  private final @Nullable Beacon beacon;

  private final Faults faults;
  private final Duration queryTimeout;
  private final Duration closeTimeout;

  TelemetryCollector(
      Recorder recorder,
      @Nullable SqliteEventReader reader,
      @Nullable Beacon beacon,
      Faults faults,
      Duration queryTimeout,
      Duration closeTimeout) {
    this.recorder = recorder;
    this.reader = reader;
    this.beacon = beacon;
    this.faults = faults;
    this.queryTimeout = queryTimeout;
    this.closeTimeout = closeTimeout;
  }

  /**
   * Opens a collector on the user's own database: {@code AUTO_SKILL_TELEMETRY_DB}, else {@code
   * ~/.claude/auto-skill/telemetry.db}. Nothing is touched before the first event or query.
   *
   * @return the collector
   * @throws IllegalArgumentException if a setting comes from a system property or an environment
   *     variable and is wrong; the message names it
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
   * @throws IllegalArgumentException if a setting comes from a system property or an environment
   *     variable and is wrong; the message names it
   */
  public static TelemetryCollector open(TelemetryConfig config) {
    return Assembly.collector(
        Objects.requireNonNull(config, "config must not be null"),
        Environment.ofProcess(),
        TimeSource.system());
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
   * Runs a block as a use of a skill, where weaving is not possible. Times it, and records its end
   * as the aspect does: returning is a success, throwing a failure.
   *
   * @param <T> what the block returns
   * @param name the skill's name, which is also its id; not blank
   * @param block the block; runs on this thread, even if telemetry is off
   * @return the same object as the block
   * @throws NullPointerException if an argument is null; nothing has run then
   * @throws IllegalArgumentException if {@code name} is blank; nothing has run then
   * @throws Exception the same object as the block throws
   */
  public <T> T use(String name, Callable<T> block) throws Exception {
    return use(Skill.named(name), block);
  }

  /**
   * Runs a block as a use of a skill, as {@link #use(String, Callable)} does.
   *
   * @param <T> what the block returns
   * @param skill the skill
   * @param block the block; runs on this thread, even if telemetry is off
   * @return the same object as the block
   * @throws NullPointerException if an argument is null; nothing has run then
   * @throws Exception the same object as the block throws
   */
  public <T> T use(Skill skill, Callable<T> block) throws Exception {
    Objects.requireNonNull(skill, "skill must not be null");
    Objects.requireNonNull(block, "block must not be null");
    long startNanos = System.nanoTime();
    T result;
    try {
      result = block.call();
    } catch (Throwable thrown) {
      recordUse(skill, null, OutcomeRules.whenThrown(), startNanos, System.nanoTime());
      throw thrown;
    }
    recordUse(skill, null, OutcomeRules.whenReturned(), startNanos, System.nanoTime());
    return result;
  }

  /**
   * Runs a block that returns nothing as a use of a skill, as {@link #use(String, Callable)} does.
   *
   * @param name the skill's name, which is also its id; not blank
   * @param block the block; runs on this thread, even if telemetry is off
   * @throws NullPointerException if an argument is null; nothing has run then
   * @throws IllegalArgumentException if {@code name} is blank; nothing has run then
   */
  public void use(String name, Runnable block) {
    Skill skill = Skill.named(name);
    Objects.requireNonNull(block, "block must not be null");
    long startNanos = System.nanoTime();
    try {
      block.run();
    } catch (Throwable thrown) {
      recordUse(skill, null, OutcomeRules.whenThrown(), startNanos, System.nanoTime());
      throw thrown;
    }
    recordUse(skill, null, OutcomeRules.whenReturned(), startNanos, System.nanoTime());
  }

  /**
   * Sends an anonymous beacon: one HTTP GET with aggregate data, if an endpoint is configured and
   * nobody objects. Returns at once; it may not arrive, and nothing tells.
   *
   * @param event what happened: up to 64 of {@code A-Z a-z 0-9 . _ -}; otherwise nothing is sent
   * @param data counts, timings, scores: keys of the form {@code [a-z][a-z0-9_]{0,31}}, values
   *     numbers or texts like {@code event}; what is not of that form is left out and counted, as
   *     are ids and addresses
   * @throws NullPointerException if an argument is null
   */
  public void track(String event, Map<String, ?> data) {
    Objects.requireNonNull(event, "event must not be null");
    Objects.requireNonNull(data, "data must not be null");
    if (beacon != null) {
      beacon.send(event, data);
    }
  }

  /**
   * What became of the beacons.
   *
   * @return the counts at this moment; all zero if there is no beacon
   */
  public BeaconStats beaconStats() {
    return beacon == null ? BeaconStats.NONE : beacon.stats();
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
    try {
      recorder.record(skill, agentId, outcome, startNanos, endNanos);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  /** Gets ready to record, so that no use has to. */
  void prepare() {
    try {
      recorder.prepare();
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
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
    if (beacon != null) {
      beacon.close();
    }
  }
}
