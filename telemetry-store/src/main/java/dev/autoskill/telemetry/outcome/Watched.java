package dev.autoskill.telemetry.outcome;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A result that is asked whether it has come, ever more seldom, and the use that it ends. */
abstract class Watched {

  /** How long nobody looks again at least; so a duration may be so much too long. */
  static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** How long nobody looks again at most. */
  static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Or a duration may be this part of itself too long. */
  private static final int PART = 16;

  private final long startNanos;

  /** Where this one is counted; null before, and once it is so no more. */
  private final AtomicReference<@Nullable AtomicInteger> counted = new AtomicReference<>();

  /** When to look next. For whoever looks. */
  long dueNanos = System.nanoTime();

  /**
   * Makes one, at which it is time to look.
   *
   * @param startNanos when the use began, by {@link System#nanoTime()}
   */
  Watched(long startNanos) {
    this.startNanos = startNanos;
  }

  /**
   * Looks, and ends the use if the result has come.
   *
   * @return whether there is no need to look again
   */
  abstract boolean isOver() throws Exception;

  /** The result fails, or does not answer, when it is asked. */
  abstract void giveUp(Throwable fault);

  /** Nobody will look any more. */
  abstract void abandon();

  void countIn(AtomicInteger all) {
    all.incrementAndGet();
    counted.set(all);
  }

  /** Makes room for another, once; be it that there is nothing to look at any more. */
  void leave() {
    AtomicInteger all = counted.getAndSet(null);
    if (all != null) {
      all.decrementAndGet();
    }
  }

  boolean hasLeft() {
    return counted.get() == null;
  }

  void looksAgain() {
    long nanos = System.nanoTime();
    long pause = (nanos - startNanos) / PART;
    dueNanos = nanos + Math.max(SHORTEST_NANOS, Math.min(pause, LONGEST_NANOS));
  }
}
