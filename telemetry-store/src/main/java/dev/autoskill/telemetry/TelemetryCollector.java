package dev.autoskill.telemetry;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.outcome.UseEndings;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.recording.TimeSource;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.ReportQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records events into a database on this machine, and answers queries on them.
 *
 * <p>Recording never blocks and never fails: events are written in the background. Trouble is
 * counted in {@link #stats()}, named in {@link #diagnostics()}, and otherwise silent. If the user
 * or the environment opted out ({@code AUTO_SKILL_NO_TELEMETRY}, {@code DO_NOT_TRACK}, CI), nothing
 * is recorded; queries then still answer what is stored already.
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

  /** The internal side of this collector. */
  final Assembly parts;

  private final @Nullable Supplier<@Nullable TelemetryCollector> router;
  private final boolean isRecording;

  TelemetryCollector(Assembly parts, @Nullable Supplier<@Nullable TelemetryCollector> router) {
    this.parts = parts;
    this.router = router;
    this.isRecording = parts.recorder.isRecording();
  }

  /** The collector that this call is for. */
  private TelemetryCollector target() {
    TelemetryCollector other = router == null ? null : router.get();
    return other == null ? this : other;
  }

  /**
   * {@return a collector on the user's own database: {@code AUTO_SKILL_TELEMETRY_DB}, else {@code
   * .claude/auto-skill/telemetry.db} in the home directory} Nothing is touched before the first
   * event or query. A system property or variable of a wrong value is refused by an {@link
   * IllegalArgumentException}.
   */
  public static TelemetryCollector open() {
    return open(TelemetryConfig.builder().build());
  }

  /**
   * {@return a collector on a database} Nothing is touched before the first event or query.
   *
   * @param database the database's file; it and the directories above it are made if missing
   */
  public static TelemetryCollector open(Path database) {
    return open(TelemetryConfig.builder().database(database).build());
  }

  /**
   * {@return a collector} Nothing is touched before the first event or query.
   *
   * @param config where and how events are stored
   */
  public static TelemetryCollector open(TelemetryConfig config) {
    return open(config, Environment.ofProcess(), TimeSource.system());
  }

  /**
   * {@return a collector of another environment, for tools that are told theirs}
   *
   * @param config where and how events are stored
   * @param environment stands for the variables and properties of the process
   * @param time tells the time of events, and the age of those that retention deletes
   */
  public static TelemetryCollector open(
      TelemetryConfig config, Environment environment, TimeSource time) {
    Objects.requireNonNull(config, "config must not be null");
    String whyOff = "the program's settings say so";
    return new TelemetryCollector(new Assembly(config, environment, time, whyOff), null);
  }

  /**
   * Records a use that ends now. Returns at once; the event is stored in the background. After
   * {@link #close()}, and when too many events wait already, it is dropped and counted.
   *
   * @param use the use
   * @return its event, with its id and the time of this call, whether or not it will be stored; one
   *     without any value of the use if there is no memory for it
   */
  public TelemetryEvent recordEvent(SkillUse use) {
    return target().parts.recorder.record(use);
  }

  /**
   * Records a use that an aspect, an interceptor or a wrapper timed. Unlike {@link #recordEvent} it
   * makes no event on the caller's thread and so costs next to nothing.
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
      SkillContext context = SkillContext.currentOrNull();
      String agent = agentId == null ? null : Skill.capped(agentId);
      target().parts.recorder.record(skill, agent, context, outcome, null, startNanos, endNanos);
    } catch (Throwable fault) {
      countFault(fault);
    }
  }

  /**
   * Runs a block as a use of a skill, where weaving is not possible. Times it, and records its end
   * as the aspect does for a method that is annotated {@code @TrackedSkill} and nothing more.
   *
   * @param <T> the type of the block's result
   * @param name the skill's name, which is also its id; not blank
   * @param block the block; runs on this thread, even if telemetry is off
   * @return the same object as the block, or a publisher that stands in for it
   * @throws Exception the same object as the block throws
   */
  public <T> T use(String name, Callable<T> block) throws Exception {
    return use(Skill.named(name), block);
  }

  /**
   * {@return what a block returns as a use of a skill, as of {@link #use(String, Callable)}}
   *
   * @param <T> the type of the block's result
   * @param skill the skill
   * @param block the block; runs on this thread, even if telemetry is off
   * @throws Exception the same object as the block throws
   */
  public <T> T use(Skill skill, Callable<T> block) throws Exception {
    return TrackedBlocks.run(this, skill, block, block);
  }

  /**
   * {@return what a block returns that throws no checked exception, as of {@link #use(String,
   * Callable)}}
   *
   * @param <T> the type of the block's result
   * @param name the skill's name, which is also its id; not blank
   * @param block the block; runs on this thread, even if telemetry is off
   */
  public <T> T call(String name, Supplier<T> block) {
    return TrackedBlocks.<T, RuntimeException>run(
        this, Skill.named(name), () -> block.get(), block);
  }

  /**
   * Runs a block that returns nothing, as {@link #use(String, Callable)} does.
   *
   * @param name the skill's name, which is also its id; not blank
   * @param block the block; runs on this thread, even if telemetry is off
   */
  public void run(String name, Runnable block) {
    Callable<?> task = () -> Executors.callable(block).call();
    TrackedBlocks.<@Nullable Object, RuntimeException>run(this, Skill.named(name), task, block);
  }

  /**
   * Sends an anonymous beacon: one HTTP GET with aggregate data, if an endpoint is configured and
   * nobody objects. Returns at once; it may not arrive, and nothing tells.
   *
   * @param event the kind of event: up to 64 of {@code A-Z a-z 0-9 . _ -}; else nothing is sent
   * @param data counts, timings, scores: keys of the form {@code [a-z][a-z0-9_]{0,31}}, values
   *     numbers or texts like {@code event}; anything else, and ids and addresses, are left out and
   *     counted
   */
  public void track(String event, Map<String, ?> data) {
    Objects.requireNonNull(event, "event must not be null");
    Objects.requireNonNull(data, "data must not be null");
    parts.send(event, data);
  }

  /**
   * {@return the endings of uses, for instrumentations that, unlike {@link #recordUse}, leave it to
   * the library to find the outcome, or to wait for a result that is yet to come}
   */
  public UseEndings endings() {
    return target().parts.endings;
  }

  /** {@return whether anything is recorded, which is so for all of a collector's life or never} */
  public boolean isRecording() {
    return isRecording;
  }

  /**
   * Counts a fault of an instrumentation that was kept from its caller.
   *
   * @param fault the fault; nothing of it is retained
   */
  public void countFault(Throwable fault) {
    parts.faults.swallowed(fault);
  }

  /**
   * {@return one report per skill, by {@link EffectivenessReport#totalUses()} descending, then by
   * name; empty if nothing is stored or the database cannot be read}
   */
  public List<EffectivenessReport> getEffectivenessReport() {
    return getEffectivenessReport(null);
  }

  /**
   * {@return the report of one skill; none if nothing is stored of it or the database cannot be
   * read}
   *
   * @param skillName the skill's name; null: every skill
   */
  public List<EffectivenessReport> getEffectivenessReport(@Nullable String skillName) {
    return reports()
        .effectiveness(skillName == null ? ReportQuery.ALL : ReportQuery.ALL.skill(skillName));
  }

  /** {@return the 100 newest events, as {@link Reports#events} orders them} */
  public List<TelemetryEvent> getEvents() {
    return getEvents(null, 100);
  }

  /**
   * {@return the newest events, as {@link Reports#events} orders them; empty if nothing is stored
   * or the database cannot be read}
   *
   * @param skillName the skill's name; null: every skill
   * @param limit how many events at most; at least 1
   */
  public List<TelemetryEvent> getEvents(@Nullable String skillName, int limit) {
    ReportQuery query = ReportQuery.ALL.limit(limit);
    return reports().events(skillName == null ? query : query.skill(skillName));
  }

  /** {@return a new object for every other query, which knows whether its answers are complete} */
  public Reports reports() {
    return new Reports(target().parts);
  }

  /** {@return the counts of the events recorded with this collector, at this moment} */
  public TelemetryStats stats() {
    return target().parts.recorder.stats();
  }

  /**
   * Waits until everything recorded before this call is stored and the listeners have been told of
   * it. An interrupt does not end the wait; the thread's interrupt flag is retained.
   *
   * @param timeout how long to wait at most; zero or negative: not at all
   * @return whether all of it is stored; true if telemetry is off
   */
  public boolean flush(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout must not be null");
    return !isRecording || target().parts.flush(timeout);
  }

  /**
   * {@return whether telemetry works and, if not, why not} Never throws. Looks around and so takes
   * its time: for people who wonder, not for programs that decide.
   */
  public TelemetryDiagnostics diagnostics() {
    return target().parts.diagnostics();
  }

  /**
   * Stores the events that still wait, for at most the {@linkplain
   * TelemetryConfig.Builder#closeTimeout close timeout}, and ends the background threads. The rest
   * stays in the spool, for the next process that uses this database. Later events are dropped;
   * queries still answer. Closing again does nothing.
   */
  @Override
  public void close() {
    parts.close();
  }
}
