package dev.autoskill.telemetry.writer;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Where the writer offers to the ingester what it cannot spool. A batch is in the hands of one of
 * them at any time, so it is neither stored nor counted twice.
 *
 * <p>Safe for use by those two threads.
 */
final class HandOver {

  private List<SettledUse> offered = List.of();
  private boolean isTaken;

  /** The writer offers a batch and waits a while for it to be stored. */
  synchronized void offer(List<SettledUse> batch) {
    offered = batch;
  }

  /** Waits until the batch is stored; says whether it is. An interrupt only shortens the wait. */
  synchronized boolean awaitStored(long nanos) {
    if (!offered.isEmpty()) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
      } catch (InterruptedException e) {
        // Nobody is entitled to interrupt this thread, and nothing may come of it.
      }
    }
    return offered.isEmpty();
  }

  /**
   * The writer wants the batch back.
   *
   * @return false if the ingester has it, or has stored it
   */
  synchronized boolean retract() {
    if (isTaken || offered.isEmpty()) {
      return false;
    }
    offered = List.of();
    return true;
  }

  synchronized boolean isOffered() {
    return !offered.isEmpty() && !isTaken;
  }

  /** The ingester takes the batch; empty if there is none. */
  synchronized List<SettledUse> take() {
    isTaken = !offered.isEmpty();
    return offered;
  }

  /** The ingester has stored the batch. */
  synchronized void stored() {
    isTaken = false;
    offered = List.of();
    notifyAll();
  }

  /** The ingester could not store the batch, for now. */
  synchronized void giveBack() {
    isTaken = false;
    notifyAll();
  }
}
