package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.recording.TimeSource;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes on as usual, and further when it is told to. */
final class SetClock implements TimeSource {

  private final AtomicLong ahead = new AtomicLong();

  void advance(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  @Override
  public long nanoTime() {
    return System.nanoTime() + ahead.get();
  }

  @Override
  public long currentTimeMillis() {
    return System.currentTimeMillis();
  }
}
