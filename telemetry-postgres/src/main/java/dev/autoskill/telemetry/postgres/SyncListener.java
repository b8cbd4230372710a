package dev.autoskill.telemetry.postgres;

import dev.autoskill.telemetry.event.TelemetryEvent;
import dev.autoskill.telemetry.listener.Recording;
import dev.autoskill.telemetry.listener.TelemetryListener;
import dev.autoskill.telemetry.privacy.OptOut;
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
    SyncSettings settings = recording.maySend() && !isOfTests ? settings(recording) : null;
    if (settings == null) {
      return false;
    }
    push = new BackgroundPush(recording, settings, interval);
    return true;
  }

  /** Null if no server is named, or a wrong one. */
  private static @Nullable SyncSettings settings(Recording recording) {
    try {
      return SyncSettings.of(recording.environment(), null);
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
