package dev.autoskill.telemetry;

import dev.autoskill.telemetry.beacon.Beacon;
import dev.autoskill.telemetry.event.BeaconStats;
import dev.autoskill.telemetry.event.DetachedThread;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.listener.Extensions;
import dev.autoskill.telemetry.listener.TelemetryListener;
import dev.autoskill.telemetry.outcome.UseEndings;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import dev.autoskill.telemetry.recording.DebugOutput;
import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.PrivateFiles;
import dev.autoskill.telemetry.recording.Recorder;
import dev.autoskill.telemetry.recording.TimeSource;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.sqlite.Retention;
import dev.autoskill.telemetry.sqlite.SqliteEventReader;
import dev.autoskill.telemetry.sqlite.SqliteEventStore;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a collector, put together as its configuration and its environment want them.
 *
 * <p>Safe for use by any number of threads.
 */
final class Assembly {

  private static final Duration BEACON_LIMIT = Duration.ofSeconds(2);
  private static final Duration BEACON_IDLE = Duration.ofSeconds(10);

  private final String why;
  private final @Nullable Path database;
  private final Settings settings;
  private final @Nullable Beacon beacon;
  private final Extensions extensions;

  final TimeSource time;
  final Faults faults;
  final Recorder recorder;
  final UseEndings endings;

  /** Null unless the end of the process is to save the events of this collector. */
  private volatile @Nullable Thread exitHook;

  /** Null until the first query, so that programs that ask none load nothing of JDBI. */
  private @Nullable SqliteEventReader reader;

  /** Throws an {@link IllegalArgumentException} that names a setting which is wrong. */
  Assembly(
      TelemetryConfig config, Environment environment, TimeSource time, String whySwitchedOff) {
    this.settings = new Settings(config, environment);
    boolean isTestRun = OptOut.isTestRun(environment);
    OptOut optOut = OptOut.decision(environment, isTestRun && settings.isDatabaseOfProgram);
    String whyOff = settings.get(Settings.DISABLED) ? whySwitchedOff : null;
    if (settings.file.isOff()) {
      whyOff = "the user's settings file says so";
    } else if (isTestRun && settings.isDatabaseOfUser && optOut.allowsSending()) {
      whyOff = "tests run, for which no database was named";
    }
    this.database = settings.find(Settings.DATABASE);
    this.why = reason(optOut, whyOff, database);
    this.time = time;
    boolean isRecording = optOut.allowsRecording() && whyOff == null && database != null;
    Consumer<String> debug = isRecording && settings.get(Settings.DEBUG) ? new DebugOutput() : null;
    this.faults = new Faults(debug);
    if (settings.file.trouble() != null) {
      faults.swallowed(settings.file.trouble(), new IllegalArgumentException());
    }
    URI endpoint = settings.find(Settings.ENDPOINT);
    this.beacon =
        endpoint != null && isRecording && optOut.allowsSending()
            ? new Beacon(
                endpoint, version(), AgentDetection.ids(), debug, BEACON_LIMIT, BEACON_IDLE)
            : null;
    TelemetryListener own = beacon == null ? null : this::send;
    Path recorded = isRecording ? database : null;
    String agent = settings.get(Settings.AGENT);
    this.extensions =
        Extensions.of(
            config.extensions, own, recorded, debug != null, agent, environment, time, faults);
    int queueCapacity = settings.get(Settings.QUEUE_CAPACITY).intValue();
    this.recorder = recorder(environment, isRecording, queueCapacity);
    this.endings = new UseEndings(queueCapacity, recorder, extensions.observers(), faults);
  }

  /** A collector that records nothing, since the settings of the process are wrong. */
  static TelemetryCollector brokenCollector(Throwable fault) {
    TelemetryConfig off = TelemetryConfig.builder().disabled().build();
    String why = "a setting of the process is wrong";
    Assembly parts = new Assembly(off, Environment.of(Map.of()), TimeSource.system(), why);
    parts.faults.swallowed(fault);
    return new TelemetryCollector(parts, null);
  }

  private Recorder recorder(Environment environment, boolean isRecording, int queueCapacity) {
    Duration age = settings.find(Settings.RETENTION);
    Long maxBytes = settings.find(Settings.MAX_DATABASE_SIZE);
    Retention retention =
        age == null && maxBytes == null
            ? null
            : new Retention(age, maxBytes, time, extensions::lastDeletable);
    Duration busyTimeout = settings.get(Settings.BUSY_TIMEOUT);
    // Beside the file itself, where the path is a symbolic link.
    Path target = database == null ? null : PrivateFiles.target(database);
    Recorder.Options options =
        new Recorder.Options(
            settings.find(Settings.SESSION),
            settings.get(Settings.AGENT),
            PrivacyGuard.ofProcess(environment),
            queueCapacity,
            settings.get(Settings.ERRORS),
            target,
            target == null ? null : PrivateFiles.spools(target),
            settings.get(Settings.SPOOL_LIMIT),
            busyTimeout,
            settings.get(Settings.STORE_AT_EXIT),
            extensions.listeners(),
            () -> new SqliteEventStore(database, busyTimeout, faults, retention),
            time,
            faults);
    return new Recorder(options, isRecording);
  }

  private static String reason(
      OptOut optOut, @Nullable String whySwitchedOff, @Nullable Path database) {
    if (optOut.variable() != null && !optOut.allowsRecording()) {
      return "off, since the environment variable " + optOut.variable() + " is set";
    }
    if (whySwitchedOff != null) {
      return "off, since " + whySwitchedOff;
    }
    if (database == null) {
      return "off, since there is no home directory to put the database into";
    }
    String wish = OptOut.TELEMETRY.equals(optOut.variable()) ? " to record locally" : "";
    return optOut.allowsSending()
        ? "on"
        : "on, but nothing is sent, since " + optOut.variable() + " is set" + wish;
  }

  /** As the jar's manifest says; classes that are not in a jar have none. */
  private static String version() {
    String version = Assembly.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  /** Sends nothing that says which skill it was, or whose. */
  private void send(TelemetryEvent use) {
    Map<String, Object> data = new HashMap<>();
    data.put("agent", use.agentId());
    data.put("outcome", use.outcome().text());
    if (use.durationMs() != null) {
      data.put("duration_ms", use.durationMs());
    }
    send("skill_use", data);
  }

  void send(String event, Map<String, ?> data) {
    if (beacon != null) {
      beacon.send(event, data);
    }
  }

  /** The reader of the database; null if there is none. */
  synchronized @Nullable SqliteEventReader reader() {
    if (reader == null && database != null) {
      reader =
          new SqliteEventReader(
              database,
              settings.get(Settings.BUSY_TIMEOUT),
              settings.get(Settings.QUERY_TIMEOUT),
              faults,
              recorder.isRecording());
    }
    return reader;
  }

  /** Stores what was recorded, and lets the listeners hear of it. */
  boolean flush(Duration timeout) {
    long deadline = deadlineAfter(timeout);
    boolean isStored = store(deadline);
    extensions.listeners().settle(deadline);
    return isStored;
  }

  private boolean store(long deadlineNanos) {
    boolean isSettled = endings.settle(deadlineNanos);
    return recorder.flush(deadlineNanos) && isSettled;
  }

  /** Stores for a query the events recorded here, and those that other processes left. */
  boolean storeAll() {
    return store(deadlineAfter(settings.get(Settings.QUERY_TIMEOUT)));
  }

  TelemetryDiagnostics diagnostics() {
    List<String> troubles = new ArrayList<>();
    recorder.troubles().forEach(trouble -> troubles.add(trouble.sentence()));
    troubles.addAll(faults.troubles());
    return new TelemetryDiagnostics(
        recorder.isRecording(),
        why,
        database,
        WeavingDiagnostics.ofProcess(faults),
        troubles,
        rollupStatus(),
        recorder.stats(),
        beacon == null ? new BeaconStats(0, 0, 0, 0) : beacon.stats());
  }

  private RollupCheck.@Nullable Status rollupStatus() {
    try {
      return database != null && Files.exists(database) ? reader().rollupStatus() : null;
    } catch (RuntimeException | LinkageError e) {
      faults.swallowed(e);
      return RollupCheck.Status.UNREADABLE;
    }
  }

  /** Gets ready to record, so that no use has to, and lets the end of the process save events. */
  void prepare() {
    try {
      // First, since the rest may fail where the stack or the memory ends.
      Thread hook = DetachedThread.of("autoskill-telemetry-exit", this::exit);
      Runtime.getRuntime().addShutdownHook(hook);
      exitHook = hook;
      endings.rehearse(recorder.prepare());
    } catch (Throwable fault) {
      // If the process is ending already, events from here on may be lost.
      faults.swallowed(fault);
    }
  }

  void exit() {
    long deadline = deadlineAfter(settings.get(Settings.EXIT_TIMEOUT));
    closeEndings(deadline);
    recorder.exit(deadline);
    extensions.listeners().settle(deadline);
  }

  void close() {
    long deadline = deadlineAfter(settings.get(Settings.CLOSE_TIMEOUT));
    closeEndings(deadline);
    recorder.close(deadline);
    extensions.listeners().close(deadline);
    Thread hook = exitHook;
    if (hook != null) {
      try {
        // It would keep this collector for ever.
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending, and so the hook has run or will.
      }
    }
    if (beacon != null) {
      beacon.close();
    }
  }

  /** Lets mappers answer for at most half of the time. */
  private void closeEndings(long deadlineNanos) {
    long now = System.nanoTime();
    endings.close(now + (deadlineNanos - now) / 2);
  }

  private static long deadlineAfter(Duration timeout) {
    return System.nanoTime() + Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
  }
}
