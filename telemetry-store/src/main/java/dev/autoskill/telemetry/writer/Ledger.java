package dev.autoskill.telemetry.writer;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

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

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private Counts counts = new Counts(0, 0, 0, 0, 0, 0);
  private long wanted;
  private long asked;
  private long served;
  private boolean hasEnded;

  Counts counts() {
    lock.lock();
    try {
      return counts;
    } finally {
      lock.unlock();
    }
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

  private void add(
      long inHand, long stored, long spooled, long failed, long adopted, long evicted) {
    lock.lock();
    try {
      counts =
          new Counts(
              counts.inHand + inHand,
              counts.stored + stored,
              counts.spooled + spooled,
              counts.failed + failed,
              counts.adopted + adopted,
              counts.evicted + evicted);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Somebody wants so many uses stored, and the dead processes' spools looked at.
   *
   * @return the number of the request
   */
  long ask(long uses) {
    lock.lock();
    try {
      wanted = Math.max(wanted, uses);
      return ++asked;
    } finally {
      lock.unlock();
    }
  }

  /** The number of the latest request. */
  long asked() {
    lock.lock();
    try {
      return asked;
    } finally {
      lock.unlock();
    }
  }

  /** Dead processes' spools were looked at after this request was made. */
  void served(long request) {
    lock.lock();
    try {
      served = Math.max(served, request);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody waits for dead processes' spools. */
  boolean isAsking() {
    lock.lock();
    try {
      return asked > served;
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody waits for uses that are not stored yet. */
  boolean isWanting() {
    lock.lock();
    try {
      return wanted > counts.completed();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more will be stored, so nobody need wait for it. */
  void end() {
    lock.lock();
    try {
      hasEnded = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits, whatever interrupts come, until so many uses are stored and a request is served.
   *
   * @return whether that is so, and nothing was given up meanwhile
   */
  boolean awaitStored(long uses, long request, long deadlineNanos) {
    lock.lock();
    try {
      long failedBefore = counts.failed;
      await(false, uses, request, deadlineNanos);
      return isStored(uses, request) && counts.failed == failedBefore;
    } finally {
      lock.unlock();
    }
  }

  /** Waits, whatever interrupts come, until so many uses are safe. */
  void awaitSafe(long uses, long deadlineNanos) {
    lock.lock();
    try {
      await(true, uses, 0, deadlineNanos);
    } finally {
      lock.unlock();
    }
  }

  /** Without lambdas, since a short process waits here at its end. */
  private void await(boolean onlySafe, long uses, long request, long deadlineNanos) {
    boolean interrupted = false;
    long remaining = deadlineNanos - System.nanoTime();
    while (remaining > 0 && !(onlySafe ? counts.safe() >= uses : isDoneWith(uses, request))) {
      try {
        changed.awaitNanos(remaining);
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
