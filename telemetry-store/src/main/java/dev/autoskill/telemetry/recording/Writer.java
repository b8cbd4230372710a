package dev.autoskill.telemetry.recording;

import dev.autoskill.telemetry.error.RecordedEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread that makes events safe: it appends the queued events to the spool, and never waits for
 * the database.
 *
 * <p>Batches grow with the load. When nothing comes, the thread looks again every few milliseconds
 * for a while, since waking a sleeping thread is what costs a caller most, and only then sleeps
 * until it is woken. While the spool cannot be written, the thread retries, and takes no more from
 * the queue.
 */
final class Writer implements Runnable {

  static final String THREAD_NAME = "autoskill-telemetry-writer";

  /** Large enough to pay for its write, small enough not to keep the next events waiting. */
  private static final int BATCH_SIZE = 1024;

  /** Also while the ingester stores what cannot be written. */
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final int LINGER_ROUNDS = 40;

  /** By then a short process has ended, which would have to share the processor. */
  private static final int ROUNDS_UNTIL_PREPARED = 4;

  /** A caller's stack may overflow before it wakes the thread; its use waits at most this long. */
  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** After a fault. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final UseQueue queue;
  private final Spool spool;
  private final Ingester ingester;
  private final Recorder.Options options;
  final BackgroundThread thread;

  private volatile boolean asleep = true;
  private volatile boolean closing;
  private volatile long closingDeadline;
  private volatile boolean hasEnded;
  private volatile @Nullable Trouble trouble;

  // The thread's own.
  private int idleRounds;
  private long failedNanos;

  Writer(UseQueue queue, Spool spool, Ingester ingester, Recorder.Options options) {
    this.queue = queue;
    this.spool = spool;
    this.ingester = ingester;
    this.options = options;
    this.thread = new BackgroundThread(THREAD_NAME, this, options.faults());
  }

  /** Starts the thread and lets it write, even if either failed just now. */
  void start() {
    trouble = null;
    thread.start();
  }

  /** Called after something came in. One read of a field unless the thread sleeps. */
  void wakeIfAsleep() {
    if (asleep) {
      thread.wake();
    }
  }

  /** The trouble that keeps events from the spool; null if there is none. */
  @Nullable Trouble trouble() {
    return thread.isRefused() ? Trouble.NO_THREAD : trouble;
  }

  /** Lets the thread spool the queued events and then end, but give up at the deadline. */
  void close(long deadlineNanos) {
    closingDeadline = deadlineNanos;
    closing = true;
    if (thread.finish(queue.accepted() > 0)) {
      thread.join(deadlineNanos);
    } else {
      // Nothing came in, or the system has no thread to give.
      end(deadlineNanos);
    }
  }

  /**
   * Called after something came in while the recorder was being closed: unless the thread still
   * finds it, nobody else would.
   */
  void late() {
    if (hasEnded) {
      queue.giveUp();
    }
  }

  @Override
  public void run() {
    asleep = false;
    boolean hasFailed = false;
    while (!(closing && !spool.hasUnwritten() && queue.isEmpty())) {
      try {
        if (hasFailed) {
          hasFailed = false;
          thread.pause(PAUSE_NANOS);
        }
        round();
      } catch (Throwable fault) {
        // All else is left to the next round: a fault in here ends the thread.
        hasFailed = true;
        options.faults().swallowed(fault);
      }
    }
    end(closingDeadline);
  }

  private void end(long deadlineNanos) {
    hasEnded = true;
    late();
    ingester.finish(deadlineNanos);
  }

  private void round() {
    if (!spool.hasUnwritten()) {
      List<RecordedEvent> batch = queue.take(BATCH_SIZE);
      spool.add(batch);
      batch.forEach(each -> options.listener().accept(each.event()));
    }
    idleRounds = spool.hasUnwritten() ? 0 : idleRounds + 1;
    boolean isSpooled = idleRounds > 0 || isSpooled();
    ingester.wakeIfNeeded();
    if (idleRounds > 0) {
      idle();
    } else if (!isSpooled) {
      thread.pause(LINGER_NANOS);
      if (closing && System.nanoTime() - closingDeadline >= 0) {
        spool.giveUpUnwritten();
      }
    }
  }

  private void idle() {
    if (idleRounds <= LINGER_ROUNDS) {
      if (idleRounds == ROUNDS_UNTIL_PREPARED && spool.waiting() > 0) {
        options.guard().prepare();
      }
      thread.pause(LINGER_NANOS);
      return;
    }
    // A caller adds its use and then reads this; here it is written before the queue is read. So
    // either the use is found here, or the caller finds the thread asleep and wakes it.
    asleep = true;
    if (queue.isEmpty() && !closing) {
      thread.pause(LONGEST_SLEEP_NANOS);
    }
    asleep = false;
  }

  /** Writes to the spool unless an attempt has failed just now; says whether all is written. */
  private boolean isSpooled() {
    if (!spool.mayBeMade()) {
      return false;
    }
    Trouble last = trouble;
    boolean mayFailAgain = last != null && last != Trouble.SPOOL_AT_LIMIT && !closing;
    if (mayFailAgain && System.nanoTime() - failedNanos < RETRY_NANOS) {
      return false;
    }
    try {
      trouble = spool.write() ? null : Trouble.SPOOL_AT_LIMIT;
    } catch (Throwable fault) {
      options.faults().swallowed(fault);
      trouble = Trouble.ofSpool(spool.directory.file());
    }
    failedNanos = System.nanoTime();
    return trouble == null;
  }
}
