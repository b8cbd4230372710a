package dev.autoskill.telemetry.otel;

import dev.autoskill.telemetry.listener.LiveSpans;
import dev.autoskill.telemetry.listener.Recording;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Notes beside a database since when its uses have spans. That is when its collector was opened, or
 * when there was no OpenTelemetry for the last time: every use with a span has begun after that.
 * Threads may share it.
 */
final class LiveNote {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Recording recording;
  private Instant since = now();

  /** The first event may be told of before there is a directory. All events together wait once. */
  private int looks = 200;

  LiveNote(Recording recording) {
    this.recording = recording;
  }

  /** In milliseconds, as the times of events are. */
  private static Instant now() {
    return Instant.ofEpochMilli(System.currentTimeMillis());
  }

  /** Uses have had no spans so far. */
  synchronized void reset() {
    since = now();
  }

  synchronized void write() {
    try {
      while (!LiveSpans.note(recording.database(), since) && looks > 0) {
        looks--;
        LockSupport.parkNanos(this, LOOK_NANOS);
      }
    } catch (IOException e) {
      recording.trouble("no note can be made that spans are sent live", e);
    }
  }
}
