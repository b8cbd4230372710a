package dev.autoskill.telemetry.outcome;

import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Plain futures, which tell nobody when they are done: so they are asked, ever more seldom the
 * longer they take.
 *
 * <p>A future that nobody else holds any more is forgotten, so one that is never done leaks
 * nothing. All but {@link #add} is for one thread.
 */
final class FutureWatch {

  /** So a duration is at most this part of itself too long. */
  private static final int PART = 16;

  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int capacity;
  private final ConcurrentLinkedQueue<Watched> watched = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();

  FutureWatch(int capacity) {
    this.capacity = capacity;
  }

  /** Whether there was room for it. */
  boolean add(Future<?> future, EndingUse use) {
    if (size.incrementAndGet() > capacity) {
      size.decrementAndGet();
      return false;
    }
    boolean isAdded = false;
    try {
      boolean isDone = future.isDone();
      long nanos = System.nanoTime();
      isAdded =
          watched.add(
              new Watched(
                  isDone ? null : new WeakReference<>(future), isDone ? future : null, use, nanos));
    } finally {
      if (!isAdded) {
        size.decrementAndGet();
      }
    }
    return true;
  }

  boolean isEmpty() {
    return watched.isEmpty();
  }

  /**
   * Looks at those whose time has come.
   *
   * @param all whether to look at the others as well
   * @return how long until it is time to look again, in nanoseconds
   */
  long look(boolean all) {
    long untilNext = LONGEST_NANOS;
    for (Iterator<Watched> each = watched.iterator(); each.hasNext(); ) {
      Watched one = each.next();
      long untilDue = one.dueNanos - System.nanoTime();
      if (all || untilDue <= 0) {
        if (isOver(one)) {
          each.remove();
          size.decrementAndGet();
          continue;
        }
        untilDue = one.dueNanos - System.nanoTime();
      }
      untilNext = Math.min(untilNext, untilDue);
    }
    return Math.max(untilNext, SHORTEST_NANOS);
  }

  /** A future that fails when it is asked must not keep the others from being looked at. */
  private static boolean isOver(Watched one) {
    try {
      return one.isOver();
    } catch (Throwable fault) {
      one.use.endUnobserved(fault);
      return true;
    }
  }

  /** A future and the use that it will end. */
  private static final class Watched {

    private final @Nullable WeakReference<? extends Future<?>> pending;

    /** Held, so that its result cannot be lost; null while it is not known to be done. */
    private final @Nullable Future<?> done;

    private final EndingUse use;
    private final long seenNanos;
    private long dueNanos;

    Watched(
        @Nullable WeakReference<? extends Future<?>> pending,
        @Nullable Future<?> done,
        EndingUse use,
        long seenNanos) {
      this.pending = pending;
      this.done = done;
      this.use = use;
      this.seenNanos = seenNanos;
      this.dueNanos = seenNanos;
    }

    boolean isOver() {
      if (done != null) {
        end(done, seenNanos);
        return true;
      }
      Future<?> future = pending == null ? null : pending.get();
      if (future == null) {
        return true;
      }
      long nanos = System.nanoTime();
      if (future.isDone()) {
        end(future, nanos);
        return true;
      }
      long pause = (nanos - use.startNanos()) / PART;
      dueNanos = nanos + Math.max(SHORTEST_NANOS, Math.min(pause, LONGEST_NANOS));
      return false;
    }

    private void end(Future<?> future, long endNanos) {
      Object value = null;
      Throwable thrown = null;
      try {
        value = future.get(0, TimeUnit.NANOSECONDS);
      } catch (ExecutionException | TimeoutException | RuntimeException | InterruptedException e) {
        thrown = e;
      }
      use.end(value, thrown, endNanos);
    }
  }
}
