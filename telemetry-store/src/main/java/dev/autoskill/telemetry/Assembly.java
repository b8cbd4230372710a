package dev.autoskill.telemetry;

import dev.autoskill.telemetry.beacon.Beacon;
import dev.autoskill.telemetry.event.BeaconStats;
import dev.autoskill.telemetry.event.DetachedThread;
import dev.autoskill.telemetry.outcome.UseEndings;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import dev.autoskill.telemetry.report.RollupCheck;
import dev.autoskill.telemetry.sqlite.Retention;
import dev.autoskill.telemetry.sqlite.SqliteEventReader;
import dev.autoskill.telemetry.sqlite.SqliteEventStore;
import dev.autoskill.telemetry.writer.DebugOutput;
import dev.autoskill.telemetry.writer.EventFactory;
import dev.autoskill.telemetry.writer.EventStore;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.RandomBits;
import dev.autoskill.telemetry.writer.Recorder;
import dev.autoskill.telemetry.writer.SettledUse;
import dev.autoskill.telemetry.writer.TimeSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a collector, put together as its configuration and its environment want them.
 *
 * <p>Safe for use by any number of threads.
 */
final class Assembly {

  private final Recorder recorder;
  private final UseEndings endings;
  private final String why;
  private final Settings settings;
  private final @Nullable Path database;
  private final @Nullable Beacon beacon;
  private final TimeSource time;
  private final Faults faults;

  /** Null unless the end of the process is to save the events of this collector. */
  private volatile @Nullable Thread exitHook;

  /** Null until the first query, so that programs that ask none load nothing of JDBI. */
  private @Nullable SqliteEventReader reader;

  private Assembly(
      Recorder recorder,
      String why,
      Settings settings,
      @Nullable Beacon beacon,
      TimeSource time,
      Faults faults) {
    this.recorder = recorder;
    this.endings =
        new UseEndings(settings.get(Settings.QUEUE_CAPACITY).intValue(), recorder, faults);
    this.why = why;
    this.settings = settings;
    this.database = settings.find(Settings.DATABASE);
    this.beacon = beacon;
    this.time = time;
    this.faults = faults;
  }

  /** Puts the parts together. */
  static TelemetryCollector collector(
      TelemetryConfig config, Environment environment, TimeSource time) {
    Settings settings = new Settings(config, environment);
    OptOut optOut = OptOut.decision(environment);
    boolean isSwitchedOff = settings.get(Settings.DISABLED);
    Path database = settings.find(Settings.DATABASE);
    boolean isRecording = optOut.allowsRecording() && !isSwitchedOff && database != null;
    Consumer<String> debug = isRecording && settings.get(Settings.DEBUG) ? new DebugOutput() : null;
    Faults faults = new Faults(debug);
    // Read even if nothing will be sent, so that a wrong endpoint does not go unnoticed.
    URI endpoint = settings.find(Settings.ENDPOINT);
    Beacon beacon =
        endpoint == null || !isRecording || !optOut.allowsSending()
            ? null
            : Beacon.open(endpoint, version(), debug);
    return new TelemetryCollector(
        new Assembly(
            recorder(settings, environment, isRecording, beacon, time, faults),
            reason(optOut, isSwitchedOff, database),
            settings,
            beacon,
            time,
            faults));
  }

  /** A collector that records nothing, since no other can be put together. */
  static TelemetryCollector brokenCollector(Throwable fault) {
    Faults faults = new Faults(null);
    faults.swallowed(fault);
    Environment nothing = Environment.of(Map.of());
    Settings defaults = new Settings(TelemetryConfig.builder().build(), nothing);
    TimeSource time = TimeSource.system();
    return new TelemetryCollector(
        new Assembly(
            recorder(defaults, nothing, false, null, time, faults),
            "off, since a setting is wrong",
            defaults,
            null,
            time,
            faults));
  }

  private static Recorder recorder(
      Settings settings,
      Environment environment,
      boolean isRecording,
      @Nullable Beacon beacon,
      TimeSource time,
      Faults faults) {
    LongSupplier random = new RandomBits();
    EventFactory events =
        new EventFactory(
            time,
            random,
            settings.find(Settings.SESSION),
            settings.get(Settings.AGENT),
            PrivacyGuard.ofProcess(environment));
    Path database = settings.find(Settings.DATABASE);
    if (database == null) {
      return Recorder.disabled(events, faults);
    }
    Duration busyTimeout = settings.get(Settings.BUSY_TIMEOUT);
    Path spools = database.resolveSibling(database.getFileName() + "-spool");
    Recorder.Options options =
        new Recorder.Options(
            settings.get(Settings.QUEUE_CAPACITY).intValue(),
            spools,
            settings.get(Settings.SPOOL_LIMIT),
            busyTimeout);
    Retention retention = retention(settings, time);
    Supplier<EventStore> store =
        () -> new SqliteEventStore(database, busyTimeout, faults, retention);
    Consumer<SettledUse> listener = beacon == null ? null : use -> send(use, beacon);
    Supplier<Recorder> storing =
        () -> Recorder.queueing(options, events, listener, store, random, time, faults);
    return isRecording ? storing.get() : Recorder.disabled(events, faults, spools, storing);
  }

  private static @Nullable Retention retention(Settings settings, TimeSource time) {
    Duration age = settings.find(Settings.RETENTION);
    Long maxBytes = settings.find(Settings.MAX_DATABASE_SIZE);
    return age == null && maxBytes == null ? null : new Retention(age, maxBytes, time);
  }

  private static String reason(OptOut optOut, boolean isSwitchedOff, @Nullable Path database) {
    if (!optOut.allowsRecording()) {
      return "off, since the environment variable " + optOut.variable() + " is set";
    }
    if (isSwitchedOff) {
      return "off, since the program's settings say so";
    }
    if (database == null) {
      return "off, since there is no home directory to put the database into";
    }
    return optOut.allowsSending()
        ? "on"
        : "on, but nothing is sent, since " + optOut.variable() + " is set to record locally";
  }

  /** Sends nothing that says which skill it was, or whose. */
  private static void send(SettledUse use, Beacon beacon) {
    Map<String, Object> data = new TreeMap<>();
    data.put("agent", use.agentId());
    data.put("outcome", use.outcome().text());
    if (use.durationMs() != null) {
      data.put("duration_ms", use.durationMs());
    }
    beacon.send("skill_use", data);
  }

  /** As the jar's manifest says; classes that are not in a jar have none. */
  private static String version() {
    String version = Assembly.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  Recorder recorder() {
    return recorder;
  }

  UseEndings endings() {
    return endings;
  }

  Faults faults() {
    return faults;
  }

  Instant now() {
    return Instant.ofEpochMilli(time.currentTimeMillis());
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

  boolean flush(Duration timeout) {
    long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
    boolean isSettled = endings.settle(timeout);
    Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    return recorder.flush(rest) && isSettled;
  }

  /** Stores for a query the events recorded here, and those that other processes left. */
  boolean storeAll() {
    Duration timeout = settings.get(Settings.QUERY_TIMEOUT);
    return recorder.isRecording() ? flush(timeout) : recorder.flush(timeout);
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
        beacon == null ? BeaconStats.NONE : beacon.stats());
  }

  private RollupCheck.@Nullable Status rollupStatus() {
    try {
      SqliteEventReader known = reader();
      return database == null || known == null || Files.notExists(database)
          ? null
          : known.rollupStatus();
    } catch (RuntimeException | LinkageError e) {
      faults.swallowed(e);
      return RollupCheck.Status.UNREADABLE;
    }
  }

  /** Gets ready to record, so that no use has to. */
  void prepare() {
    try {
      endings.rehearse(recorder.prepare());
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  /** Lets the end of the process save the events. */
  void saveAtExit() {
    try {
      Thread hook = DetachedThread.of("autoskill-telemetry-exit", this::exit);
      Runtime.getRuntime().addShutdownHook(hook);
      exitHook = hook;
    } catch (IllegalStateException e) {
      // The process is ending already: events from here on may be lost.
      faults.swallowed(e);
    }
  }

  void exit() {
    recorder.exit(afterEndings(settings.get(Settings.EXIT_TIMEOUT)));
  }

  void close() {
    recorder.close(afterEndings(settings.get(Settings.CLOSE_TIMEOUT)));
    Thread hook = exitHook;
    if (hook != null) {
      try {
        // It would keep this collector for ever.
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process is ending, and so the hook has run or will.
      }
      exitHook = null;
    }
    if (beacon != null) {
      beacon.close();
    }
  }

  /** Lets mappers answer for at most half of the time; answers how much is left. */
  private Duration afterEndings(Duration timeout) {
    long startNanos = System.nanoTime();
    endings.close(timeout.dividedBy(2));
    return timeout.minusNanos(System.nanoTime() - startNanos);
  }
}
