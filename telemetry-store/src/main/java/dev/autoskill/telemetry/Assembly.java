package dev.autoskill.telemetry;

import dev.autoskill.telemetry.beacon.Beacon;
import dev.autoskill.telemetry.outcome.UseEndings;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import dev.autoskill.telemetry.sqlite.Retention;
import dev.autoskill.telemetry.writer.DebugOutput;
import dev.autoskill.telemetry.writer.EventFactory;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.RandomBits;
import dev.autoskill.telemetry.writer.Recorder;
import dev.autoskill.telemetry.writer.SettledUse;
import dev.autoskill.telemetry.writer.TimeSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts a collector together. Every woven program passes here, so there are no lambdas but for what
 * few need: the first lambda of a JVM takes longer than all else here.
 */
final class Assembly {

  private Assembly() {}

  /**
   * A collector as the configuration and the environment want it.
   *
   * @throws IllegalArgumentException if a setting is wrong; the message names it
   */
  static TelemetryCollector collector(
      TelemetryConfig config, Environment environment, TimeSource time) {
    Settings settings = new Settings(config, environment);
    OptOut optOut = OptOut.decision(environment);
    boolean isRecording = optOut.allowsRecording() && !settings.isDisabled();
    Consumer<String> debug = isRecording && settings.isDebugging() ? new DebugOutput() : null;
    Faults faults = new Faults(debug);
    Path database = settings.database();
    Duration busyTimeout = settings.busyTimeout();
    LongSupplier random = new RandomBits();
    EventFactory events = eventFactory(settings, environment, time, random);
    // Read even if nothing will be sent, so that a wrong endpoint does not go unnoticed.
    URI endpoint = settings.endpoint();
    Beacon beacon =
        endpoint == null || !isRecording || !optOut.allowsSending()
            ? null
            : Beacon.open(endpoint, version(), debug);
    Retention retention = retention(settings, time);
    int queueCapacity = settings.queueCapacity();
    Recorder.Options options =
        new Recorder.Options(queueCapacity, spools(database), settings.spoolLimit(), busyTimeout);
    // Whoever opted out gets answers too, but nothing is written for them.
    Duration queryTimeout = settings.queryTimeout();
    Storage storage =
        new Storage(database, busyTimeout, faults, retention, queryTimeout, isRecording);
    Recorder recorder =
        isRecording
            ? Recorder.queueing(options, events, listener(beacon), storage, random, time, faults)
            : disabled(options, events, storage, random, time, faults);
    return new TelemetryCollector(
        recorder,
        new UseEndings(queueCapacity, recorder, faults),
        storage,
        beacon,
        faults,
        time,
        settings.queryTimeout(),
        settings.closeTimeout(),
        settings.exitTimeout(),
        optOut,
        settings.isDisabled());
  }

  private static Recorder disabled(
      Recorder.Options options,
      EventFactory events,
      Storage storage,
      LongSupplier random,
      TimeSource time,
      Faults faults) {
    Supplier<Recorder> storing =
        new Supplier<>() {
          @Override
          public Recorder get() {
            return Recorder.queueing(options, events, null, storage, random, time, faults);
          }
        };
    return Recorder.disabled(events, faults, options.spoolDirectory(), storing);
  }

  private static @Nullable Retention retention(Settings settings, TimeSource time) {
    Duration age = settings.retention();
    Long maxBytes = settings.maxDatabaseSize();
    return age == null && maxBytes == null ? null : new Retention(age, maxBytes, time);
  }

  /** A collector for a process in which none can be put together: records and knows nothing. */
  static TelemetryCollector brokenCollector(Throwable fault) {
    Faults faults = new Faults(null);
    faults.swallowed(fault);
    Environment nothing = Environment.of(Map.of());
    Settings defaults = new Settings(TelemetryConfig.builder().build(), nothing);
    EventFactory events = eventFactory(defaults, nothing, TimeSource.system(), new RandomBits());
    Recorder recorder = Recorder.disabled(events, faults);
    UseEndings endings = new UseEndings(1, recorder, faults);
    return new TelemetryCollector(
        recorder,
        endings,
        null,
        null,
        faults,
        TimeSource.system(),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        null,
        false);
  }

  private static EventFactory eventFactory(
      Settings settings, Environment environment, TimeSource time, LongSupplier random) {
    return new EventFactory(
        time, random, settings.session(), settings.agent(), PrivacyGuard.ofProcess(environment));
  }

  /** Beside the database, so that whoever finds the one finds the other. */
  private static Path spools(Path database) {
    return database.resolveSibling(database.getFileName() + "-spool");
  }

  private static @Nullable Consumer<SettledUse> listener(@Nullable Beacon beacon) {
    return beacon == null ? null : use -> beacon.send("skill_use", aggregateOf(use));
  }

  /** What of a use may be told: nothing that says which skill it was, or whose. */
  private static Map<String, Object> aggregateOf(SettledUse use) {
    Map<String, Object> data = new TreeMap<>();
    data.put("agent", use.agentId());
    data.put("outcome", use.outcome().text());
    if (use.durationMs() != null) {
      data.put("duration_ms", use.durationMs());
    }
    return data;
  }

  /** As the jar's manifest says; classes that are not in a jar have none. */
  private static String version() {
    String version = Assembly.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
