package dev.autoskill.telemetry.writer;

import java.util.concurrent.TimeUnit;

/**
 * Counts what became of the events that left the queue, and lets others wait for it.
 *
 * <p>Safe for use by any number of threads. Nothing that may block is done while its monitor is
 * held.
 */
final class Progress {

  /**
   * The counts at one moment.
   *
   * @param stored events that are in the database
   * @param spooled events that are in the spool, and not known to be in the database
   * @param failed events that were given up
   */
  record Counts(long stored, long spooled, long failed) {

    /** How many events outlive the process, or need not. */
    long safe() {
      return stored + spooled + failed;
    }
  }

  /** A place in the queue, known once the events before it have left that. */
  static final class Mark {

    // Guarded by the progress.
    private long eventsBefore = -1;
  }

  // Guarded by this.
  private long stored;
  private long spooled;
  private long failed;
  private long requested;
  private long served;
  private boolean hasEnded;

  synchronized Counts counts() {
    return new Counts(stored, spooled, failed);
  }

  synchronized void spooled(long events) {
    spooled += events;
    notifyAll();
  }

  /** Events that were in the spool have been stored, or were refused or destroyed. */
  synchronized void leftSpool(long nowStored, long nowFailed) {
    spooled -= nowStored + nowFailed;
    done(nowStored, nowFailed);
  }

  /** Events that were only in memory have been stored, or given up. */
  synchronized void done(long nowStored, long nowFailed) {
    stored += nowStored;
    failed += nowFailed;
    notifyAll();
  }

  synchronized void reached(Mark mark, long eventsBefore) {
    mark.eventsBefore = eventsBefore;
    notifyAll();
  }

  /**
   * Asks for everything that is spooled, by any process, to be stored.
   *
   * @return the number of the request
   */
  synchronized long request() {
    return ++requested;
  }

  /** The number of the latest request. */
  synchronized long requested() {
    return requested;
  }

  synchronized boolean isRequested() {
    return requested > served;
  }

  synchronized void served(long request) {
    served = Math.max(served, request);
    notifyAll();
  }

  /** No more requests are served, so nobody need wait for that. */
  synchronized void end() {
    hasEnded = true;
    notifyAll();
  }

  /** Waits, whatever interrupts come, until the events before a mark are safe. */
  synchronized boolean awaitSafe(Mark mark, long deadlineNanos) {
    boolean interrupted = false;
    long remaining = deadlineNanos - System.nanoTime();
    while (!isSafe(mark) && remaining > 0) {
      interrupted |= isInterruptedWhileWaiting(remaining);
      remaining = deadlineNanos - System.nanoTime();
    }
    keep(interrupted);
    return isSafe(mark);
  }

  /** Waits, whatever interrupts come, until a request is served. */
  synchronized boolean awaitServed(long request, long deadlineNanos) {
    boolean interrupted = false;
    long remaining = deadlineNanos - System.nanoTime();
    while (served < request && !hasEnded && remaining > 0) {
      interrupted |= isInterruptedWhileWaiting(remaining);
      remaining = deadlineNanos - System.nanoTime();
    }
    keep(interrupted);
    return served >= request || (hasEnded && spooled == 0);
  }

  private boolean isSafe(Mark mark) {
    return mark.eventsBefore >= 0 && stored + spooled + failed >= mark.eventsBefore;
  }

  /** Waits until something changes; the caller holds the monitor and looks again. */
  private boolean isInterruptedWhileWaiting(long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, nanos);
      return false;
    } catch (InterruptedException e) {
      return true;
    }
  }

  private static void keep(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
