package dev.autoskill.telemetry.writer;

import java.util.concurrent.TimeUnit;

/**
 * What became of the uses that left the queue, and who waits for it.
 *
 * <p>Safe for use by any number of threads.
 */
final class Ledger {

  /**
   * The counts at one moment.
   *
   * @param inHand this collector's uses that the writer has taken, and that are nowhere else yet
   * @param stored this collector's uses that are in the database
   * @param spooled those that are in the spool, and not known to be in the database
   * @param failed those given up
   * @param adopted uses of other, dead processes that were stored here
   * @param evicted uses of other, dead processes that were given up here
   */
  record Counts(long inHand, long stored, long spooled, long failed, long adopted, long evicted) {

    /** How many of this collector's uses need nothing more. */
    long completed() {
      return stored + failed;
    }

    /** How many of this collector's uses outlive the process, or need not. */
    long safe() {
      return completed() + spooled;
    }
  }

  // Guarded by this.
  private Counts counts = new Counts(0, 0, 0, 0, 0, 0);
  private long wanted;
  private long asked;
  private long served;
  private boolean hasEnded;

  synchronized Counts counts() {
    return counts;
  }

  void taken(long uses) {
    add(uses, 0, 0, 0, 0, 0);
  }

  void spooled(long uses) {
    add(-uses, 0, uses, 0, 0, 0);
  }

  void storedFromSpool(long uses) {
    add(0, uses, -uses, 0, 0, 0);
  }

  void storedDirectly(long uses) {
    add(-uses, uses, 0, 0, 0, 0);
  }

  /** Uses that were in the spool are no longer there. */
  void lostFromSpool(long uses) {
    add(0, 0, -uses, uses, 0, 0);
  }

  /** No event could be made of a use, so that it was never taken. */
  void failedUntaken() {
    add(0, 0, 0, 1, 0, 0);
  }

  void failed(long uses) {
    add(-uses, 0, 0, uses, 0, 0);
  }

  void adopted(long uses) {
    add(0, 0, 0, 0, uses, 0);
  }

  void evicted(long uses) {
    add(0, 0, 0, 0, 0, uses);
  }

  private synchronized void add(
      long inHand, long stored, long spooled, long failed, long adopted, long evicted) {
    counts =
        new Counts(
            counts.inHand + inHand,
            counts.stored + stored,
            counts.spooled + spooled,
            counts.failed + failed,
            counts.adopted + adopted,
            counts.evicted + evicted);
    notifyAll();
  }

  /**
   * Somebody wants so many uses stored, and the dead processes' spools looked at.
   *
   * @return the number of the request
   */
  synchronized long ask(long uses) {
    wanted = Math.max(wanted, uses);
    return ++asked;
  }

  /** The number of the latest request. */
  synchronized long asked() {
    return asked;
  }

  /** Dead processes' spools were looked at after this request was made. */
  synchronized void served(long request) {
    served = Math.max(served, request);
    notifyAll();
  }

  /** Whether somebody waits for dead processes' spools. */
  synchronized boolean isAsking() {
    return asked > served;
  }

  /** Whether somebody waits for uses that are not stored yet. */
  synchronized boolean isWanting() {
    return wanted > counts.completed();
  }

  /** Nothing more will be stored, so nobody need wait for it. */
  synchronized void end() {
    hasEnded = true;
    notifyAll();
  }

  /**
   * Waits, whatever interrupts come, until so many uses are stored and a request is served.
   *
   * @return whether that is so, and nothing was given up meanwhile
   */
  synchronized boolean awaitStored(long uses, long request, long deadlineNanos) {
    long failedBefore = counts.failed;
    await(false, uses, request, deadlineNanos);
    return isStored(uses, request) && counts.failed == failedBefore;
  }

  /** Waits, whatever interrupts come, until so many uses are safe. */
  synchronized void awaitSafe(long uses, long deadlineNanos) {
    await(true, uses, 0, deadlineNanos);
  }

  /** Without lambdas, since a short process waits here at its end. */
  private void await(boolean onlySafe, long uses, long request, long deadlineNanos) {
    boolean interrupted = false;
    long remaining = deadlineNanos - System.nanoTime();
    while (remaining > 0 && !(onlySafe ? counts.safe() >= uses : isDoneWith(uses, request))) {
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
  }

  private boolean isDoneWith(long uses, long request) {
    return hasEnded || isStored(uses, request);
  }

  private boolean isStored(long uses, long request) {
    return counts.completed() >= uses && (served >= request || hasEnded);
  }
}
