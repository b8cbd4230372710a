package dev.autoskill.telemetry.writer;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The thread that makes events safe: it appends what has come in to the spool, and never waits for
 * the database.
 *
 * <p>Batches grow with the load. When nothing comes, it looks again every few milliseconds for a
 * while, since waking a sleeping thread is what costs a caller most, and only then goes to sleep
 * until it is woken. What it cannot spool it offers to the ingester, and keeps until one of the two
 * succeeds.
 */
final class Writer implements Runnable {

  static final String THREAD_NAME = "autoskill-telemetry-writer";

  /** Large enough to pay for its write, small enough not to keep what follows it waiting. */
  static final int BATCH_SIZE = 1024;

  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int LINGER_ROUNDS = 40;

  /** A caller's stack may overflow before it wakes the thread; its use waits at most this long. */
  private static final long LONGEST_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Intake intake;
  private final OwnSpool spool;
  private final SpoolDirectory directory;
  private final HandOver handOver;
  private final Ingester ingester;
  private final Ledger ledger;
  private final Faults faults;
  private final BackgroundThread thread;

  private volatile boolean asleep = true;
  private volatile boolean closing;
  private volatile long closingDeadline;
  private volatile boolean hasEnded;
  private volatile @Nullable Trouble trouble;

  // The thread's own.
  private List<SettledUse> pending = List.of();
  private int idleRounds;
  private long retryNanos = FIRST_RETRY_NANOS;
  private long spoolFailedNanos;

  Writer(
      Intake intake,
      OwnSpool spool,
      SpoolDirectory directory,
      HandOver handOver,
      Ingester ingester,
      Ledger ledger,
      Faults faults) {
    this.intake = intake;
    this.spool = spool;
    this.directory = directory;
    this.handOver = handOver;
    this.ingester = ingester;
    this.ledger = ledger;
    this.faults = faults;
    this.thread = new BackgroundThread(THREAD_NAME, this, faults);
  }

  void start() {
    thread.start();
  }

  /** Called after something came in. One read of a field unless the thread sleeps. */
  void wakeIfAsleep() {
    if (asleep) {
      thread.wake();
    }
  }

  /** Called by those who wait for what has come in. */
  void hurry() {
    thread.wake();
  }

  /** What keeps events from the spool; null if nothing does. */
  @Nullable Trouble trouble() {
    return thread.isRefused() ? Trouble.NO_THREAD : trouble;
  }

  /** Lets the thread spool what has come in and then end, but give up at the deadline. */
  void close(long deadlineNanos) {
    if (!intake.isEmpty()) {
      thread.start();
    }
    closingDeadline = deadlineNanos;
    closing = true;
    if (thread.startNoMore()) {
      thread.wake();
    } else {
      // Nothing came in, or the system has no thread to give.
      end(deadlineNanos);
    }
  }

  /**
   * Called after something came in while the recorder was being closed: either the thread still
   * finds it, or nobody would.
   */
  void late() {
    if (hasEnded) {
      giveUpTheRest();
    }
  }

  void join(long deadlineNanos) {
    thread.join(deadlineNanos);
  }

  @Override
  public void run() {
    asleep = false;
    prepare();
    boolean hasFailed = false;
    while (!(closing && pending.isEmpty() && intake.isEmpty())) {
      try {
        if (hasFailed) {
          hasFailed = false;
          thread.pause(FIRST_RETRY_NANOS);
        }
        round();
      } catch (Throwable fault) {
        // All else is left to the next round: what fails here ends the thread.
        hasFailed = true;
        faults.swallowed(fault);
      }
    }
    end(closingDeadline);
  }

  /**
   * While the first use is still running, if there is one: so no file is made yet. What fails here
   * is tried again, and counted then.
   */
  private void prepare() {
    try {
      intake.prepare();
      SpoolFile.prepare();
    } catch (Throwable fault) {
      // See above.
    }
  }

  private void end(long deadlineNanos) {
    hasEnded = true;
    giveUpTheRest();
    ingester.finish(deadlineNanos);
  }

  private void giveUpTheRest() {
    giveUp(intake.take(Integer.MAX_VALUE));
  }

  private void round() {
    if (pending.isEmpty()) {
      pending = intake.take(BATCH_SIZE);
    }
    if (pending.isEmpty()) {
      idle();
      return;
    }
    idleRounds = 0;
    if (isSpoolDue() && isSpooled()) {
      ingester.workIfDue();
      return;
    }
    if (isHandedOver()) {
      pending = List.of();
    } else if (closing && System.nanoTime() - closingDeadline >= 0) {
      giveUp(pending);
      pending = List.of();
    }
  }

  private void idle() {
    ingester.workIfDue();
    if (idleRounds < LINGER_ROUNDS) {
      idleRounds++;
      thread.pause(LINGER_NANOS);
      return;
    }
    // A caller adds its use and then reads this; here it is written before the queue is read. So
    // either the use is found here, or the caller finds the thread asleep and wakes it.
    asleep = true;
    if (intake.isEmpty() && !closing) {
      thread.pause(LONGEST_SLEEP_NANOS);
    }
    asleep = false;
  }

  private boolean isSpoolDue() {
    return trouble == null || closing || System.nanoTime() - spoolFailedNanos >= retryNanos;
  }

  private boolean isSpooled() {
    try {
      int spooled = spool.append(pending);
      pending = List.copyOf(pending.subList(spooled, pending.size()));
    } catch (Throwable fault) {
      faults.swallowed(fault);
      spoolFailed(Trouble.ofSpool(directory.file()));
      return false;
    }
    if (!pending.isEmpty()) {
      spoolFailed(Trouble.SPOOL_AT_LIMIT);
      return false;
    }
    trouble = null;
    retryNanos = FIRST_RETRY_NANOS;
    return true;
  }

  private void spoolFailed(Trouble kind) {
    retryNanos = trouble == null ? FIRST_RETRY_NANOS : Math.min(2 * retryNanos, LAST_RETRY_NANOS);
    trouble = kind;
    spoolFailedNanos = System.nanoTime();
  }

  /** The ingester may have the batch in its hands for long; nothing can be done meanwhile. */
  private boolean isHandedOver() {
    handOver.offer(pending);
    try {
      ingester.workIfDue();
    } catch (Throwable fault) {
      // It is on offer: if this went no further, it would be stored and spooled as well.
      faults.swallowed(fault);
    }
    do {
      if (handOver.awaitStored(FIRST_RETRY_NANOS)) {
        return true;
      }
    } while (!handOver.retract());
    return false;
  }

  private void giveUp(List<SettledUse> uses) {
    ledger.failed(uses.size());
  }
}
