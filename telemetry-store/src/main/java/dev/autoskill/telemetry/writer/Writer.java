package dev.autoskill.telemetry.writer;

import dev.autoskill.telemetry.event.TelemetryEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that stores events.
 *
 * <p>It stores whatever has come in as one batch, so batches grow with the load. When nothing
 * comes, it looks again every few milliseconds for a while, since waking a sleeping thread is what
 * costs a caller most, and only then goes to sleep until it is woken. When the store fails, it
 * keeps the batch and tries again, ever more seldom.
 */
final class Writer {

  static final String THREAD_NAME = "autoskill-telemetry-writer";

  /** Large enough to pay for its transaction, small enough not to keep other programs waiting. */
  private static final int BATCH_SIZE = 4096;

  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int LINGER_ROUNDS = 40;

  /** If whoever should wake the thread fails to (its stack may overflow), this is what is lost. */
  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How many events are done with: stored, or given up. */
  record Progress(long stored, long failed) {

    long completed() {
      return stored + failed;
    }
  }

  private final Intake intake;
  private final Supplier<? extends EventStore> opener;
  private final Faults faults;

  private volatile @Nullable Thread thread;
  private volatile boolean asleep = true;
  private volatile boolean closing;
  private volatile long closingDeadline;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progressed = lock.newCondition();
  // Guarded by lock.
  private Progress progress = new Progress(0, 0);

  // The writer thread's own.
  private @Nullable EventStore store;
  private int idleRounds;
  private long retryNanos = FIRST_RETRY_NANOS;

  Writer(Intake intake, Supplier<? extends EventStore> opener, Faults faults) {
    this.intake = intake;
    this.opener = opener;
    this.faults = faults;
  }

  /** Called after something came in. Next to free unless the thread sleeps. */
  void wakeIfAsleep() {
    if (asleep) {
      wake();
    }
  }

  /**
   * Starts the thread, unless it runs already or has been told to end. If the system has no thread
   * to give, the next one who wakes it tries again.
   */
  synchronized void start() {
    if (thread != null || closing) {
      return;
    }
    try {
      Thread starting = new Thread(null, this::run, THREAD_NAME, 0, false);
      starting.setDaemon(true);
      // The caller's class loader, if it is kept here, could never be unloaded.
      starting.setContextClassLoader(Writer.class.getClassLoader());
      starting.start();
      thread = starting;
    } catch (Throwable fault) {
      faults.swallowed(fault);
    }
  }

  Progress progress() {
    lock.lock();
    try {
      return progress;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, whatever interrupts come, until so many events are done with.
   *
   * @return whether they are, and none was given up meanwhile
   */
  boolean awaitCompletion(long target, Duration timeout) {
    long deadline = System.nanoTime() + saturatedNanos(timeout);
    boolean interrupted = false;
    lock.lock();
    try {
      long failedBefore = progress.failed();
      long remaining = deadline - System.nanoTime();
      if (progress.completed() < target) {
        wake();
      }
      while (progress.completed() < target && remaining > 0) {
        try {
          remaining = progressed.awaitNanos(remaining);
        } catch (InterruptedException e) {
          interrupted = true;
          remaining = deadline - System.nanoTime();
        }
      }
      return progress.completed() >= target && progress.failed() == failedBefore;
    } finally {
      lock.unlock();
      restoreInterrupt(interrupted);
    }
  }

  /**
   * Lets the thread store what it can until the deadline, and waits for it, whatever interrupts.
   */
  void close(Duration timeout) {
    long deadline = System.nanoTime() + saturatedNanos(timeout);
    Thread running;
    synchronized (this) {
      closingDeadline = deadline;
      closing = true;
      running = thread;
    }
    if (running == null || running == Thread.currentThread()) {
      return;
    }
    LockSupport.unpark(running);
    boolean interrupted = false;
    long remaining = deadline - System.nanoTime();
    while (running.isAlive() && remaining > 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(running, remaining);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      remaining = deadline - System.nanoTime();
    }
    restoreInterrupt(interrupted);
  }

  private static void restoreInterrupt(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static long saturatedNanos(Duration duration) {
    return TimeUnit.NANOSECONDS.convert(duration);
  }

  private void wake() {
    Thread sleeping = thread;
    if (sleeping == null) {
      start();
    } else {
      LockSupport.unpark(sleeping);
    }
  }

  private void run() {
    while (!(closing && intake.isEmpty())) {
      try {
        storeOrIdle(intake.take(BATCH_SIZE));
      } catch (Throwable fault) {
        faults.swallowed(fault);
        pause(FIRST_RETRY_NANOS);
      }
    }
    if (store != null) {
      store.close();
    }
  }

  private void storeOrIdle(List<TelemetryEvent> batch) {
    if (batch.isEmpty()) {
      idle();
    } else {
      idleRounds = 0;
      storeOrGiveUp(batch);
    }
  }

  private void idle() {
    if (idleRounds < LINGER_ROUNDS) {
      idleRounds++;
      pause(LINGER_NANOS);
      return;
    }
    asleep = true;
    if (intake.isEmpty() && !closing) {
      pause(LONGEST_SLEEP_NANOS);
    }
    asleep = false;
  }

  private void pause(long nanos) {
    LockSupport.parkNanos(this, nanos);
    // An interrupt would make each further pause end at once.
    Thread.interrupted();
  }

  private void storeOrGiveUp(List<TelemetryEvent> batch) {
    while (!isStored(batch)) {
      if (closing && System.nanoTime() - closingDeadline >= 0) {
        advance(0, batch.size());
        return;
      }
      pause(closing ? FIRST_RETRY_NANOS : retryNanos);
      retryNanos = Math.min(2 * retryNanos, LAST_RETRY_NANOS);
    }
    retryNanos = FIRST_RETRY_NANOS;
    advance(batch.size(), 0);
  }

  private boolean isStored(List<TelemetryEvent> batch) {
    try {
      if (store == null) {
        store = opener.get();
      }
      store.store(batch);
      return true;
    } catch (Throwable fault) {
      faults.swallowed(fault);
      return false;
    }
  }

  private void advance(int stored, int failed) {
    lock.lock();
    try {
      progress = new Progress(progress.stored() + stored, progress.failed() + failed);
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
