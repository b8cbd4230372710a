package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.event.DetachedThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread that comes into being when it is first woken. If the system has no thread to
 * give, the next one who wakes it tries again.
 *
 * <p>Safe for use by any number of threads.
 */
final class BackgroundThread {

  private final String name;
  private final Runnable task;
  private final Faults faults;

  private volatile @Nullable Thread thread;
  private volatile boolean isRefused;
  // Guarded by this.
  private boolean mayStart = true;

  BackgroundThread(String name, Runnable task, Faults faults) {
    this.name = name;
    this.task = task;
    this.faults = faults;
  }

  synchronized void start() {
    if (thread != null || !mayStart) {
      return;
    }
    try {
      Thread starting = DetachedThread.of(name, task);
      starting.start();
      thread = starting;
      isRefused = false;
    } catch (Throwable fault) {
      isRefused = true;
      faults.swallowed(fault);
    }
  }

  /** Ends its {@link #pause}, or starts it. */
  void wake() {
    Thread running = thread;
    if (running == null) {
      start();
    } else {
      LockSupport.unpark(running);
    }
  }

  /** Whether the system had no thread to give when it was last asked. */
  boolean isRefused() {
    return isRefused;
  }

  /** From now on it can no longer be started; says whether it runs. */
  synchronized boolean startNoMore() {
    mayStart = false;
    Thread running = thread;
    return running != null && running.isAlive();
  }

  /** Waits for its end, whatever interrupts come, but not longer than until the deadline. */
  void join(long deadlineNanos) {
    Thread running = thread;
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    boolean interrupted = false;
    long remaining = deadlineNanos - System.nanoTime();
    while (running.isAlive() && remaining > 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(running, remaining);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      remaining = deadlineNanos - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** For the thread itself: sleeps so long, or until it is woken. */
  void pause(long nanos) {
    LockSupport.parkNanos(this, nanos);
    // An interrupt would make each further pause end at once.
    Thread.interrupted();
  }
}
