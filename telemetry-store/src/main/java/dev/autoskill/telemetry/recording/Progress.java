package dev.autoskill.telemetry.recording;

import java.util.concurrent.TimeUnit;

/**
 * Counts what became of the events that left the queue, and lets others wait for it. Safe for use
 * by any number of threads. Nothing that may block is done while its monitor is held.
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

  // Guarded by this.
  private Counts counts = new Counts(0, 0, 0);
  private long requested;
  private long served;
  private long givenUp;
  private boolean hasEnded;

  synchronized Counts counts() {
    return counts;
  }

  void spooled(long events) {
    add(0, events, 0);
  }

  /** Events that were in the spool have been stored, or were refused or destroyed. */
  void leftSpool(long stored, long failed) {
    add(stored, -stored - failed, failed);
  }

  /** Events that were only in memory have been stored, or given up. */
  void done(long stored, long failed) {
    add(stored, 0, failed);
  }

  private synchronized void add(long stored, long spooled, long failed) {
    counts = new Counts(counts.stored + stored, counts.spooled + spooled, counts.failed + failed);
    notifyAll();
  }

  /** Asks for all spooled events to be stored; returns the number of the request. */
  synchronized long request() {
    return ++requested;
  }

  /** The number of the latest request. */
  synchronized long requested() {
    return requested;
  }

  synchronized boolean isRequested() {
    return requested > Math.max(served, givenUp);
  }

  synchronized void served(long request) {
    served = Math.max(served, request);
    notifyAll();
  }

  /** The requests up to now are not served, so nobody need wait for that. */
  synchronized void giveUpRequests() {
    givenUp = requested;
    notifyAll();
  }

  /** No more requests are served, so nobody need wait for that. */
  synchronized void end() {
    hasEnded = true;
    notifyAll();
  }

  /**
   * Waits, whatever interrupts come, until so many events are safe and a request is answered; says
   * whether they are, and the request is served.
   */
  synchronized boolean await(long events, long request, long deadlineNanos) {
    boolean interrupted = false;
    long remaining = deadlineNanos - System.nanoTime();
    while (remaining > 0 && !(counts.safe() >= events && isAnswered(request))) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, remaining);
      } catch (InterruptedException e) {
        interrupted = true;
      }
      remaining = deadlineNanos - System.nanoTime();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    boolean isServed = served >= request || (hasEnded && counts.spooled == 0);
    return counts.safe() >= events && isServed;
  }

  private boolean isAnswered(long request) {
    return Math.max(served, givenUp) >= request || hasEnded;
  }
}
