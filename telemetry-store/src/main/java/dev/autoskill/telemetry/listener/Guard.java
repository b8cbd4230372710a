package dev.autoskill.telemetry.listener;

import dev.autoskill.telemetry.recording.Faults;
import dev.autoskill.telemetry.recording.TimeSource;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Calls one listener or observer. Its exceptions are counted, and it is cut off when it throws too
 * often or takes too long. Safe for use by any number of threads.
 */
final class Guard {

  static final int MOST_FAILURES = 100;

  static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String name;
  private final TimeSource time;
  private final Faults faults;
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean isCutOff;

  /**
   * When the call that is being watched began; 0 if none is. Of several calls at once one is
   * watched. One that hangs for ever and is not watched makes another one hang, which is.
   */
  private volatile long watchedNanos;

  Guard(Object guarded, TimeSource time, Faults faults) {
    this.name = guarded.getClass().getName();
    this.time = time;
    this.faults = faults;
  }

  /** Looks whether a call takes too long at this moment. */
  boolean isCutOff() {
    long began = watchedNanos;
    if (!isCutOff && began != 0 && time.nanoTime() - began > MOST_NANOS) {
      cutOff("takes too long", new TimeoutException());
    }
    return isCutOff;
  }

  /** The answer; null if it throws. */
  <T extends @Nullable Object> @Nullable T call(Callable<T> task) {
    // An overflow of the stack must not leave a call watched: so the end calls no method.
    boolean isWatched = watchedNanos == 0;
    try {
      if (isWatched) {
        watchedNanos = time.nanoTime() | 1;
      }
      return task.call();
    } catch (Throwable fault) {
      failed(fault);
      return null;
    } finally {
      if (isWatched) {
        watchedNanos = 0;
      }
    }
  }

  private void failed(Throwable fault) {
    try {
      faults.swallowed(fault);
      // The end of the stack or of the memory says nothing about what was called.
      boolean isOwn = !(fault instanceof VirtualMachineError);
      if (isOwn && failures.incrementAndGet() == MOST_FAILURES) {
        cutOff("throws too often", fault);
      }
    } catch (Throwable again) {
      // There may be no stack left to count with.
    }
  }

  private void cutOff(String why, Throwable fault) {
    isCutOff = true;
    trouble(why + " and is told of nothing more", fault);
  }

  /** Counts a failure once, and lets the diagnostics name it. */
  void trouble(String what, Throwable fault) {
    faults.swallowed(name + " " + what, fault);
  }
}
