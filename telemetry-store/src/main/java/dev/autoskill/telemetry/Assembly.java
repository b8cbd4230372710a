package dev.autoskill.telemetry;

import dev.autoskill.telemetry.beacon.Beacon;
import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.privacy.Environment;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.privacy.PrivacyGuard;
import dev.autoskill.telemetry.sqlite.SqliteEventReader;
import dev.autoskill.telemetry.sqlite.SqliteEventStore;
import dev.autoskill.telemetry.writer.EventFactory;
import dev.autoskill.telemetry.writer.Faults;
import dev.autoskill.telemetry.writer.Recorder;
import dev.autoskill.telemetry.writer.TimeSource;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts a collector together. */
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
    EventFactory events = eventFactory(settings, environment, time);
    // Read even if nothing will be sent, so that a wrong endpoint does not go unnoticed.
    URI endpoint = settings.endpoint();
    Beacon beacon =
        endpoint == null || !isRecording || !optOut.allowsSending()
            ? null
            : Beacon.open(endpoint, version(), debug);
    int queueCapacity = settings.queueCapacity();
    Recorder recorder =
        isRecording
            ? Recorder.queueing(
                queueCapacity,
                events,
                listener(beacon),
                () -> new SqliteEventStore(database, busyTimeout, faults),
                faults)
            : Recorder.disabled(events, faults);
    return new TelemetryCollector(
        recorder,
        new SqliteEventReader(database, busyTimeout, faults),
        beacon,
        faults,
        settings.queryTimeout(),
        settings.closeTimeout());
  }

  /** A collector for a process in which none can be put together: records and knows nothing. */
  static TelemetryCollector brokenCollector(Throwable fault) {
    Faults faults = new Faults(null);
    faults.swallowed(fault);
    Environment nothing = Environment.of(Map.of());
    Settings defaults = new Settings(TelemetryConfig.builder().build(), nothing);
    EventFactory events = eventFactory(defaults, nothing, TimeSource.system());
    return new TelemetryCollector(
        Recorder.disabled(events, faults), null, null, faults, Duration.ZERO, Duration.ZERO);
  }

  private static EventFactory eventFactory(
      Settings settings, Environment environment, TimeSource time) {
    return new EventFactory(
        time,
        () -> Randomness.SOURCE.nextLong(),
        settings.session(),
        settings.agent(),
        PrivacyGuard.ofProcess(environment));
  }

  /** Made when the first event is, by whoever makes that: it takes its time. */
  private static final class Randomness {

    static final SecureRandom SOURCE = new SecureRandom();
  }

  private static Consumer<TelemetryEvent> listener(@Nullable Beacon beacon) {
    return beacon == null ? event -> {} : event -> beacon.send("skill_use", aggregateOf(event));
  }

  /** What of an event may be told: nothing that says which skill it was, or whose. */
  private static Map<String, Object> aggregateOf(TelemetryEvent event) {
    Map<String, Object> data = new TreeMap<>();
    data.put("agent", event.agentId());
    data.put("outcome", event.outcome().text());
    if (event.durationMs() != null) {
      data.put("duration_ms", event.durationMs());
    }
    return data;
  }

  /** As the jar's manifest says; classes that are not in a jar have none. */
  private static String version() {
    String version = Assembly.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
