package dev.autoskill.telemetry.recording;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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

  /** A place in the queue, known once the events before it have left that. */
  static final class Mark {

    // Guarded by the progress.
    private long eventsBefore = Long.MAX_VALUE;
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

  synchronized void reached(Mark mark, long eventsBefore) {
    mark.eventsBefore = eventsBefore;
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

  /** Waits, whatever interrupts come, until the events before a mark are safe. */
  boolean awaitSafe(Mark mark, long deadlineNanos) {
    return await(mark, 0, deadlineNanos);
  }

  /** Waits, whatever interrupts come, until a request is served. */
  boolean awaitServed(long request, long deadlineNanos) {
    return await(null, request, deadlineNanos);
  }

  /** Without lambdas, since a short process waits here at its end. */
  private synchronized boolean await(@Nullable Mark mark, long request, long deadlineNanos) {
    boolean interrupted = false;
    long remaining = deadlineNanos - System.nanoTime();
    while (remaining > 0 && (mark == null ? !isAnswered(request) : !isSafe(mark))) {
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
    return mark == null ? served >= request || (hasEnded && counts.spooled == 0) : isSafe(mark);
  }

  private boolean isAnswered(long request) {
    return Math.max(served, givenUp) >= request || hasEnded;
  }

  private boolean isSafe(Mark mark) {
    return counts.safe() >= mark.eventsBefore;
  }
}
