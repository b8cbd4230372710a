package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.event.DetachedThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A daemon thread that is started when it is first woken. If the system has no thread to give,
 * later calls try again, but no more than once a second: an attempt takes long, and the JVM may
 * print a warning of it.
 *
 * <p>Safe for use by any number of threads. Internal: nothing here is promised to stay.
 */
public final class BackgroundThread {

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final String name;
  private final Runnable task;
  private final Faults faults;

  private volatile @Nullable Thread thread;
  private volatile boolean isRefused;
  private volatile long refusedNanos;
  // Guarded by this.
  private boolean mayStart = true;

  /**
   * Makes it; starts no thread yet.
   *
   * @param name the thread's name
   * @param task what it does
   * @param faults counts refused threads
   */
  public BackgroundThread(String name, Runnable task, Faults faults) {
    this.name = name;
    this.task = task;
    this.faults = faults;
  }

  /** Tries even if the system refused a thread just now. */
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
      refusedNanos = System.nanoTime();
      isRefused = true;
      faults.swallowed(fault);
    }
  }

  /** Ends its {@link #pause}, or starts it unless that was refused just now. */
  public void wake() {
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
    } else if (!isRefused || System.nanoTime() - refusedNanos >= RETRY_NANOS) {
      start();
    }
  }

  /** {@return whether the system had no thread to give when it was last asked} */
  public boolean isRefused() {
    return isRefused;
  }

  /**
   * Wakes it for the last time; it will not be started from now on.
   *
   * @param hasWork whether it is to be started now if it was not yet
   * @return whether it runs
   */
  public synchronized boolean finish(boolean hasWork) {
    if (hasWork) {
      start();
    }
    mayStart = false;
    LockSupport.unpark(thread);
    return isAlive();
  }

  /** {@return whether it runs} */
  public boolean isAlive() {
    Thread running = thread;
    return running != null && running.isAlive();
  }

  /** Waits for its end, but not longer than until the deadline. */
  void join(long deadlineNanos) {
    await(() -> !isAlive(), deadlineNanos);
  }

  /**
   * Waits until something is over, whatever interrupts come.
   *
   * @param isOver asked every millisecond
   * @param deadlineNanos when to stop waiting, by {@link System#nanoTime()}
   * @return whether it is over
   */
  public static boolean await(BooleanSupplier isOver, long deadlineNanos) {
    boolean isInterrupted = false;
    while (!isOver.getAsBoolean() && deadlineNanos - System.nanoTime() > 0) {
      LockSupport.parkNanos(SHORT_NANOS);
      isInterrupted |= Thread.interrupted();
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    return isOver.getAsBoolean();
  }

  /**
   * Sleeps until it is woken. For the thread itself.
   *
   * @param nanos how long to sleep at most
   */
  public void pause(long nanos) {
    LockSupport.parkNanos(this, nanos);
    // An interrupt would make each further pause end at once.
    Thread.interrupted();
  }
}
