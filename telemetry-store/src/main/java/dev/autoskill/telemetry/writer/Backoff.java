package dev.autoskill.telemetry.writer;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long to wait before the next attempt, as long as attempts fail: twice as long each time, and
 * never quite the same, so that processes that failed together do not try together. Used by one
 * thread only.
 */
final class Backoff {

  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** A lock is mostly held for a short time. */
  private static final long LAST_WHILE_LOCKED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Duration patience;
  private final LongSupplier random;
  private final TimeSource time;

  private long nanos = FIRST_NANOS;
  private boolean isFailing;
  private long failingSinceNanos;

  /**
   * Makes a backoff.
   *
   * @param patience how long a lock may be held until that counts as a failure
   */
  Backoff(Duration patience, LongSupplier random, TimeSource time) {
    this.patience = patience;
    this.random = random;
    this.time = time;
  }

  /** Notes an attempt that failed; says whether that is more than the passing lock of another. */
  boolean isFailure(boolean isLock) {
    long now = time.nanoTime();
    if (!isFailing) {
      isFailing = true;
      failingSinceNanos = now;
    }
    return !isLock || now - failingSinceNanos >= TimeUnit.NANOSECONDS.convert(patience);
  }

  /** How long to wait now: between half of the step and all of it. */
  long nextNanos(boolean isShort) {
    nanos = Math.min(nanos, isShort ? LAST_WHILE_LOCKED_NANOS : LAST_NANOS);
    long half = nanos / 2;
    long wait = half + Math.floorMod(random.getAsLong(), half + 1);
    nanos *= 2;
    return wait;
  }
}
