package dev.autoskill.telemetry;

import dev.autoskill.telemetry.annotations.Outcome;
import dev.autoskill.telemetry.beacon.Beacon;
import dev.autoskill.telemetry.event.BeaconStats;
import dev.autoskill.telemetry.event.Skill;
import dev.autoskill.telemetry.event.SkillContext;
import dev.autoskill.telemetry.event.SkillUse;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.event.TelemetryStats;
import dev.autoskill.telemetry.outcome.UseEndings;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.report.Comparison;
import dev.autoskill.telemetry.report.Completeness;
import dev.autoskill.telemetry.report.DurationHistogram;
import dev.autoskill.telemetry.report.EffectivenessReport;
import dev.autoskill.telemetry.report.Export;
import dev.autoskill.telemetry.report.ExportFormat;
import dev.autoskill.telemetry.report.Regression;
import dev.autoskill.telemetry.report.Regressions;
import dev.autoskill.telemetry.report.ReportQuery;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.report.TrendPeriod;
import dev.autoskill.telemetry.report.TrendPoint;
import dev.autoskill.telemetry.report.UseSummary;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.Recorder;
import dev.autoskill.telemetry.writer.TimeSource;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Records events into a database on this machine, and answers what they say.
 *
 * <p>Recording never blocks and never fails: within milliseconds a background thread writes events
 * to a spool file beside the database, from where they outlive the process, and another stores them
 * when that pays. Trouble is counted in {@link #stats()} and otherwise silent. If the user or the
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
  private static final Duration LONGEST_TREND = Duration.ofDays(36_525);

  private final Recorder recorder;

  /** Here, since each tracked call asks. */
  private final boolean isRecording;

  private final UseEndings endings;
  private final TrackedBlocks blocks;

  /** Null if not even the path of a database is known. */
  private final @Nullable Storage storage;

  /** Null if nothing is to be sent. */
  private final @Nullable Beacon beacon;

  private final Faults faults;
  private final TimeSource time;
  private final Duration queryTimeout;
  private final Duration closeTimeout;
  private final Duration exitTimeout;

  /** Null if there was no asking, since nothing could be set up. */
  private final @Nullable OptOut optOut;

  private final boolean isSwitchedOff;

  /** Null unless the end of the process is to save what this collector recorded. */
  private volatile @Nullable Thread exitHook;

  TelemetryCollector(
      Recorder recorder,
      UseEndings endings,
      @Nullable Storage storage,
      @Nullable Beacon beacon,
      Faults faults,
      TimeSource time,
      Duration queryTimeout,
      Duration closeTimeout,
      Duration exitTimeout,
      @Nullable OptOut optOut,
      boolean isSwitchedOff) {
    this.recorder = recorder;
    this.isRecording = recorder.isRecording();
    this.endings = endings;
    this.blocks = new TrackedBlocks(endings, faults);
    this.storage = storage;
    this.beacon = beacon;
    this.faults = faults;
    this.time = time;
    this.queryTimeout = queryTimeout;
    this.closeTimeout = closeTimeout;
    this.exitTimeout = exitTimeout;
    this.optOut = optOut;
    this.isSwitchedOff = isSwitchedOff;
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
   * as the aspect does for a method that is annotated {@code @TrackedSkill} and nothing more. A
   * publisher counts as returned, not as published, since what this returns is what the block does.
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
    return isRecording ? blocks.run(skill, block) : block.call();
  }

  /**
   * Runs a block that returns nothing as a use of a skill, as {@link #use(String, Callable)} does
   * with a block that returns something.
   *
   * @param name the skill's name, which is also its id; not blank
   * @param block the block; runs on this thread, even if telemetry is off
   * @throws NullPointerException if an argument is null; nothing has run then
   * @throws IllegalArgumentException if {@code name} is blank; nothing has run then
   */
  public void run(String name, Runnable block) {
    Skill skill = Skill.named(name);
    Objects.requireNonNull(block, "block must not be null");
    if (isRecording) {
      blocks.<@Nullable Object, RuntimeException>run(skill, Executors.callable(block));
    } else {
      block.run();
    }
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
      SkillContext context = SkillContext.currentOrNull();
      recorder.record(skill, agentId, context, outcome, startNanos, endNanos);
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  /**
   * How uses end: for instrumentations that, unlike {@link #recordUse}, leave it to the library to
   * find out the outcome, or to wait for a result that is yet to come.
   *
   * @return the endings of this collector
   */
  public UseEndings endings() {
    return endings;
  }

  /** Gets ready to record, so that no use has to. */
  void prepare() {
    try {
      endings.rehearse(recorder.prepare());
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
    return isRecording;
  }

  /**
   * Counts a fault of an instrumentation that was kept from its caller.
   *
   * @param fault what was swallowed; only its occurrence is kept
   */
  public void countFault(Throwable fault) {
    faults.swallowed(fault);
  }

  /** Counts faults that came before this collector. */
  void addFaults(long earlier) {
    faults.add(earlier);
  }

  /**
   * How effective each skill is, including everything recorded before this call.
   *
   * @return a report a skill, by {@link EffectivenessReport#totalUses()} descending, then by name;
   *     empty if nothing is stored or the database cannot be read
   */
  public List<EffectivenessReport> getEffectivenessReport() {
    return getEffectivenessReport(ReportQuery.ALL);
  }

  /**
   * How effective one skill is, including everything recorded before this call.
   *
   * @param skillName the skill's name; null: every skill, as {@link #getEffectivenessReport()}
   * @return one report; none if nothing is stored of that skill or the database cannot be read
   */
  public List<EffectivenessReport> getEffectivenessReport(@Nullable String skillName) {
    return getEffectivenessReport(
        skillName == null ? ReportQuery.ALL : ReportQuery.ALL.skill(skillName));
  }

  /**
   * How effective skills are, as far as a query asks for it, including everything recorded before
   * this call.
   *
   * @param query which uses, and how the reports come
   * @return a report a skill, in the query's order; empty if nothing is stored or the database
   *     cannot be read
   * @throws NullPointerException if {@code query} is null
   */
  public List<EffectivenessReport> getEffectivenessReport(ReportQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    bringIn();
    return storage == null ? List.of() : storage.reader().reports(query, new Completeness());
  }

  /**
   * How uses go from day to day or from week to week, including everything recorded before this
   * call. Days of UTC come from what is added up already; those of other zones take a look at each
   * event.
   *
   * @param query which uses; needs a {@link ReportQuery#since()}; without an {@link
   *     ReportQuery#until()} the trend ends now. Its minimum, order and limit mean nothing here
   * @param period how long the periods are
   * @param zone where days begin at midnight
   * @return every period of the window in order, also those without uses; the first and the last
   *     may be cut short by the window; without a database, all are without uses; none if the
   *     window ends before it begins
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code query} has no {@link ReportQuery#since()}, or the
   *     window is longer than 100 years
   */
  public List<TrendPoint> getTrend(ReportQuery query, TrendPeriod period, ZoneId zone) {
    Objects.requireNonNull(query, "query must not be null");
    Objects.requireNonNull(period, "period must not be null");
    Objects.requireNonNull(zone, "zone must not be null");
    Instant since = query.since();
    if (since == null) {
      throw new IllegalArgumentException("query must have a since");
    }
    Instant until = query.until() == null ? now() : query.until();
    if (Duration.between(since, until).compareTo(LONGEST_TREND) > 0) {
      throw new IllegalArgumentException(
          "query must not reach over more than 100 years: %s to %s".formatted(since, until));
    }
    if (!since.isBefore(until)) {
      return List.of();
    }
    bringIn();
    return storage == null
        ? List.of()
        : storage.reader().trend(query, since, until, period, zone, new Completeness());
  }

  /**
   * Compares the uses of two agents, two windows, or two skills, including everything recorded
   * before this call.
   *
   * @param baseline selects the uses that are compared with; its minimum, order and limit mean
   *     nothing here
   * @param candidate selects the uses that are better or worse than those, likewise
   * @return the comparison; if nothing is stored or the database cannot be read, of no uses
   * @throws NullPointerException if an argument is null
   */
  public Comparison compare(ReportQuery baseline, ReportQuery candidate) {
    Objects.requireNonNull(baseline, "baseline must not be null");
    Objects.requireNonNull(candidate, "candidate must not be null");
    bringIn();
    if (storage == null) {
      UseSummary nothing = new UseSummary(0, 0, DurationHistogram.builder().build());
      return new Comparison(nothing, nothing);
    }
    List<UseSummary> both =
        storage.reader().summaries(List.of(baseline, candidate), new Completeness());
    return new Comparison(both.get(0), both.get(1));
  }

  /**
   * Which skills became worse, so that a build can fail on it, including everything recorded before
   * this call.
   *
   * @param gate since when, and what counts as worse
   * @return the regressions as {@link Regressions#among} orders them; empty if there is none,
   *     nothing is stored, or the database cannot be read
   * @throws NullPointerException if {@code gate} is null
   */
  public List<Regression> getRegressions(Regressions gate) {
    Objects.requireNonNull(gate, "gate must not be null");
    bringIn();
    return storage == null
        ? List.of()
        : gate.among(
            storage.reader().windows(gate.baselineStart(), gate.since(), new Completeness()));
  }

  /**
   * Writes all events, oldest first, including those recorded before this call. They are written as
   * they are read, so that any number takes up the same memory.
   *
   * @param skillName the skill's name; null: every skill
   * @param format how they are written
   * @param out where they go; is neither flushed nor closed
   * @return how many were written; those that could be read, if the database cannot be read to its
   *     end
   * @throws NullPointerException if {@code format} or {@code out} is null
   * @throws IOException if {@code out} throws it; what else it throws comes through, too
   */
  public long exportEvents(@Nullable String skillName, ExportFormat format, Writer out)
      throws IOException {
    Objects.requireNonNull(out, "out must not be null");
    Export<TelemetryEvent> export = Export.events(format, out);
    recorder.flush(queryTimeout);
    if (storage != null) {
      storage.reader().export(skillName, export, new Completeness());
    }
    return export.end();
  }

  /**
   * Writes reports, including everything recorded before this call. What is a component of the
   * report is a column of that name; the interval of the success rate is two more.
   *
   * @param query which uses, and how the reports come
   * @param format how they are written
   * @param out where they go; is neither flushed nor closed
   * @return how many were written
   * @throws NullPointerException if an argument is null
   * @throws IOException if {@code out} throws it
   */
  public long exportReports(ReportQuery query, ExportFormat format, Writer out) throws IOException {
    Objects.requireNonNull(out, "out must not be null");
    Export<EffectivenessReport> export = Export.reports(format, out);
    for (EffectivenessReport report : getEffectivenessReport(query)) {
      export.write(report);
    }
    return export.end();
  }

  /**
   * Compares what is added up beside the events with the events themselves. Takes a look at each
   * event, so this takes seconds for millions.
   *
   * @return what was found
   */
  public RollupCheck checkRollups() {
    recorder.flush(queryTimeout);
    return storage == null ? RollupCheck.UNREADABLE : storage.reader().checkRollups();
  }

  /**
   * Adds up all events anew, in short steps between which others may write. What is known of events
   * that retention deleted stays as it is.
   *
   * @return whether all is added up now; false too if telemetry is off, since nothing is written
   *     then
   */
  public boolean repairRollups() {
    recorder.flush(queryTimeout);
    return storage != null && storage.reader().repairRollups();
  }

  private Instant now() {
    return Instant.ofEpochMilli(time.currentTimeMillis());
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
    bringIn();
    return storage == null
        ? List.of()
        : storage.reader().newestEvents(skillName, limit, new Completeness());
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
    Objects.requireNonNull(timeout, "timeout must not be null");
    if (!recorder.isRecording()) {
      return true;
    }
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
    boolean isSettled = endings.settle(timeout);
    Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    return recorder.flush(rest) && isSettled;
  }

  /**
   * What keeps events from the spool or from the database at this moment, and which mappers cannot
   * be used, in plain words without anything personal. While other programs hold a lock for less
   * than the {@linkplain TelemetryConfig.Builder#busyTimeout busy timeout}, that is no trouble.
   *
   * @return a sentence a trouble, of the spool first; empty if there is none
   */
  public List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    recorder.troubles().forEach(trouble -> troubles.add(trouble.sentence()));
    troubles.addAll(faults.troubles());
    return troubles;
  }

  /**
   * Whether telemetry works and, if not, why not. Looks around and so takes its time: for people
   * who wonder, not for programs that decide.
   *
   * @return what there is to say
   */
  public TelemetryDiagnostics diagnostics() {
    return new TelemetryDiagnostics(
        isRecording(),
        RecordingReason.of(optOut, isSwitchedOff),
        storage == null ? null : storage.file(),
        WeavingDiagnostics.ofProcess(faults),
        troubles(),
        storage == null ? RollupCheck.Status.UNREADABLE : storage.reader().rollupStatus(),
        stats());
  }

  /**
   * The process ends. What is recorded is made safe; storing it can be left to the next process.
   */
  void exit() {
    recorder.exit(afterEndings(exitTimeout));
  }

  /** Closing makes the hook superfluous, and it would keep this collector for ever. */
  void whenClosed(Thread hook) {
    exitHook = hook;
  }

  private void removeExitHook() {
    Thread hook = exitHook;
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending, and so the hook has run or will.
      }
      exitHook = null;
    }
  }

  /**
   * What is recorded here, and what other processes recorded and left, is stored before a query.
   */
  private void bringIn() {
    if (isRecording()) {
      flush(queryTimeout);
    } else {
      recorder.flush(queryTimeout);
    }
  }

  /** Lets mappers answer for at most half of the time; answers how much is left. */
  private Duration afterEndings(Duration timeout) {
    long startNanos = System.nanoTime();
    // Duration's own division would load what it takes for numbers of any size.
    endings.close(Duration.ofNanos(TimeUnit.NANOSECONDS.convert(timeout) / 2));
    return timeout.minusNanos(System.nanoTime() - startNanos);
  }

  /**
   * Stores what still waits, for at most the {@linkplain TelemetryConfig.Builder#closeTimeout close
   * timeout}, and ends the background threads. What is not stored by then stays in the spool, for
   * the next process that uses this database. Later events are dropped; queries still answer.
   * Closing again does nothing.
   */
  @Override
  public void close() {
    recorder.close(afterEndings(closeTimeout));
    removeExitHook();
    if (beacon != null) {
      beacon.close();
    }
  }
}
