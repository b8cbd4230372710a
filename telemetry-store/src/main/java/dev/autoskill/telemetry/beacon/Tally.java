package dev.autoskill.telemetry.beacon;

import dev.autoskill.telemetry.event.BeaconStats;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many requests are in flight, and what became of the others.
 *
 * <p>A request is counted before it gives its place back, so the counts are exact when nothing is
 * in flight. Safe for use by any number of threads; never blocks but where it says so.
 */
final class Tally {

  /** Counted from the caller's thread on: those that wait for the beacon's thread are included. */
  static final int MOST_IN_FLIGHT = 4;

  private final Semaphore places = new Semaphore(MOST_IN_FLIGHT);
  private final LongAdder sent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder leftOut = new LongAdder();

  /** Takes a place in flight. Whoever gets one gives it back with {@link #leave}. */
  boolean enter() {
    return places.tryAcquire();
  }

  void leave() {
    places.release();
  }

  void countSent() {
    sent.increment();
  }

  void countFailed() {
    failed.increment();
  }

  void countDropped() {
    dropped.increment();
  }

  void countLeftOut(long entries) {
    leftOut.add(entries);
  }

  BeaconStats stats() {
    return new BeaconStats(sent.sum(), failed.sum(), dropped.sum(), leftOut.sum());
  }

  /**
   * Waits until nothing is in flight; meant for tests, since meanwhile others may be dropped.
   *
   * @return whether nothing is
   */
  boolean awaitQuiescence(Duration timeout) throws InterruptedException {
    boolean isQuiet = places.tryAcquire(MOST_IN_FLIGHT, timeout.toNanos(), TimeUnit.NANOSECONDS);
    if (isQuiet) {
      places.release(MOST_IN_FLIGHT);
    }
    return isQuiet;
  }
}
