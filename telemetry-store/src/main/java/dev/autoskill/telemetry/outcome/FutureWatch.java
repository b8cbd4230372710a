package dev.autoskill.telemetry.outcome;

import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The futures and stages that are watched, in their turn.
 *
 * <p>Any number of threads may add some. One thread looks; it may be given up while it does and
 * replaced by another.
 */
final class FutureWatch {

  /** Who looks, and is not to be kept waiting. */
  interface Looker {

    /**
     * Called before a result is asked.
     *
     * @return whether to ask it; if not, this looker is to stop
     */
    boolean begins(Watched one);

    /** Called when the result has answered. */
    void ended();
  }

  private final int capacity;
  private final ConcurrentLinkedQueue<Watched> watched = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private volatile boolean hasNewcomers;

  FutureWatch(int capacity) {
    this.capacity = capacity;
  }

  /** Whether there was room for it. */
  boolean add(Watched one) {
    one.countIn(size);
    boolean isAdded = false;
    try {
      isAdded = size.get() <= capacity && watched.add(one);
    } finally {
      if (!isAdded) {
        one.leave();
      }
    }
    hasNewcomers = true;
    return isAdded;
  }

  boolean isEmpty() {
    return watched.isEmpty();
  }

  /** Whether some were added since somebody began to look. */
  boolean hasNewcomers() {
    return hasNewcomers;
  }

  /**
   * Looks at those whose time has come.
   *
   * @param all whether to look at the others as well
   * @param looker who looks
   * @return how long until it is time to look again, in nanoseconds
   */
  long look(boolean all, Looker looker) {
    hasNewcomers = false;
    long untilNext = Watched.LONGEST_NANOS;
    for (Iterator<Watched> each = watched.iterator(); each.hasNext(); ) {
      Watched one = each.next();
      boolean isOver = one.hasLeft();
      if (!isOver && (all || one.dueNanos - System.nanoTime() <= 0)) {
        if (!looker.begins(one)) {
          return untilNext;
        }
        try {
          isOver = isOver(one);
        } finally {
          looker.ended();
          one.looksAgain();
        }
      }
      if (isOver) {
        each.remove();
        one.leave();
      } else {
        untilNext = Math.min(untilNext, one.dueNanos - System.nanoTime());
      }
    }
    return Math.max(untilNext, Watched.SHORTEST_NANOS);
  }

  /** One that fails when it is asked must not keep the others from being looked at. */
  private static boolean isOver(Watched one) {
    try {
      return one.isOver();
    } catch (Throwable fault) {
      one.giveUp(fault);
      return true;
    }
  }

  /** Does not look at one any more that does not answer. */
  void giveUp(Watched silent, Throwable fault) {
    watched.remove(silent);
    silent.leave();
    silent.giveUp(fault);
  }

  /** Looks at none any more. */
  void abandonAll() {
    for (Watched one = watched.poll(); one != null; one = watched.poll()) {
      one.leave();
      one.abandon();
    }
  }
}
