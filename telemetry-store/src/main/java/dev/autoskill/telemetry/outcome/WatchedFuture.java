package dev.autoskill.telemetry.outcome;

import java.lang.ref.WeakReference;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A plain future, which tells nobody when it is done.
 *
 * <p>Held weakly as long as it is not done, so one that is never done leaks nothing.
 */
final class WatchedFuture extends Watched {

  private final WeakReference<Future<?>> future;
  private final EndingUse use;
  private final long returnedNanos;
  private final boolean wasDone;

  /** Holds what may be done, so that its result cannot be lost before somebody has looked. */
  private @Nullable Future<?> held;

  WatchedFuture(Future<?> future, EndingUse use) {
    super(use.startNanos());
    this.future = new WeakReference<>(future);
    this.use = use;
    boolean mayBeAsked = isOfTheJdk(future);
    wasDone = mayBeAsked && future.isDone();
    returnedNanos = System.nanoTime();
    held = mayBeAsked && !wasDone ? null : future;
  }

  /** Whether its methods may be called on a caller's thread: they do not block. */
  static boolean isOfTheJdk(Future<?> future) {
    return future.getClass().getClassLoader() == null;
  }

  @Override
  boolean isOver() throws Exception {
    Future<?> asked = held == null ? future.get() : held;
    if (asked == null) {
      // Nobody wants it any more, and whether it was done before cannot be known.
      use.drop();
      return true;
    }
    long nanos = System.nanoTime();
    if (wasDone || asked.isDone()) {
      end(asked, wasDone ? returnedNanos : nanos);
      return true;
    }
    held = null;
    return false;
  }

  private void end(Future<?> done, long endNanos) {
    Object value = null;
    Throwable thrown = null;
    try {
      value = done.get(0, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      thrown = e.getCause() == null ? e : e.getCause();
    } catch (TimeoutException | RuntimeException | InterruptedException e) {
      thrown = e;
    }
    use.end(value, thrown, endNanos);
  }

  /** How it came cannot be learned, so the use counts as returned. */
  @Override
  void giveUp(Throwable fault) {
    use.swallowed(fault);
    use.end(null, null, returnedNanos);
  }

  @Override
  void abandon() {
    use.drop();
  }
}
