package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.listener.Recording;
import dev.autoskill.telemetry.listener.TelemetryListener;
import dev.autoskill.telemetry.privacy.OptOut;
import dev.autoskill.telemetry.sync.BackgroundPush;
import dev.autoskill.telemetry.sync.SyncException;
import dev.autoskill.telemetry.sync.SyncSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Pushes a collector's database every 10 seconds, from its first event on, where {@code sync-to}
 * names a server and nobody objects; otherwise does nothing. JVMs that run tests push only if a
 * system property asks for it.
 *
 * <p>A service that each collector has: there is nothing to call. For one collector.
 */
public final class SyncListener implements TelemetryListener {

  private final Duration interval;
  private @Nullable BackgroundPush push;

  /** For the service loader. */
  public SyncListener() {
    this(Duration.ofSeconds(10));
  }

  SyncListener(Duration interval) {
    this.interval = interval;
  }

  @Override
  public boolean opened(Recording recording) {
    boolean isOfTests =
        OptOut.isTestRun(recording.environment())
            && !SyncSettings.isOfProcess(recording.environment());
    PostgresReceiver receiver = recording.maySend() && !isOfTests ? receiver(recording) : null;
    if (receiver == null) {
      return false;
    }
    push = new BackgroundPush(recording, receiver, interval);
    return true;
  }

  /** Null if no server is named, or a wrong one, or another kind, which only the command knows. */
  private static @Nullable PostgresReceiver receiver(Recording recording) {
    try {
      SyncSettings settings = SyncSettings.of(recording.environment(), null);
      return settings == null || settings.to().startsWith("otlp:")
          ? null
          : new PostgresReceiver(
              PostgresTarget.of(settings.to(), settings.password()), settings.label());
    } catch (SyncException e) {
      recording.trouble("nothing is pushed: " + e.sentence(), e);
    } catch (IllegalArgumentException e) {
      recording.trouble("nothing is pushed: sync-to is no address of a PostgreSQL server", e);
    }
    return null;
  }

  @Override
  public void recorded(TelemetryEvent event) {
    push.start();
  }

  @Override
  public void closed() {
    push.stop();
  }
}
